package io.lodge.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.nio.charset.StandardCharsets;

/** OTLP/HTTP's answers in one of its two content types. Source: OTLP 1.x, "OTLP/HTTP Response". */
final class OtlpHttpWords implements HttpWords {
  /** The same for all signals. */
  static final OtlpHttpWords PROTOBUF =
      new OtlpHttpWords(MediaType.parse("application/x-protobuf"), "");

  private final MediaType mediaType;
  private final String rejected;
  private final ResponseHeaders plainYes;
  private final HttpData plainYesBody;

  private OtlpHttpWords(MediaType mediaType, String rejected) {
    this.mediaType = mediaType;
    this.rejected = rejected;
    // Almost every answer: made once.
    byte[] body = json() ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];
    this.plainYesBody = HttpData.wrap(body);
    this.plainYes = headers(200).contentLength(body.length).build();
  }

  static OtlpHttpWords json(OtlpSignal signal) {
    return new OtlpHttpWords(MediaType.JSON, signal.rejected);
  }

  private boolean json() {
    return mediaType.equals(MediaType.JSON);
  }

  @Override
  public HttpResponse say(Reply reply) {
    return switch (reply) {
      case Reply.Stored stored when stored.rejected() == 0 ->
          HttpResponse.of(plainYes, plainYesBody);
      case Reply.Stored stored ->
          HttpResponse.of(
              headers(200).build(),
              HttpData.wrap(
                  json()
                      ? OtlpMessages.responseJson(stored, rejected)
                      : OtlpMessages.responseProtobuf(stored)));
      case Reply.Refused refused -> refuse(refused);
    };
  }

  private HttpResponse refuse(Reply.Refused refused) {
    byte[] status =
        json() ? OtlpMessages.statusJson(refused) : OtlpMessages.statusProtobuf(refused);
    return HttpResponse.of(RefusalHeaders.of(refused, mediaType), HttpData.wrap(status));
  }

  private ResponseHeadersBuilder headers(int status) {
    return ResponseHeaders.builder(status).contentType(mediaType);
  }
}
