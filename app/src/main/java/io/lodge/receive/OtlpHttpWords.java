package io.lodge.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

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
    Reason reason = refused.reason();
    ResponseHeadersBuilder headers = headers(reason.httpStatus);
    switch (reason) {
      case RETRY_LATER -> headers.set(HttpHeaderNames.RETRY_AFTER, seconds(refused.retryAfter()));
      case UNAUTHENTICATED -> headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
      case UNSUPPORTED -> headers.set(HttpHeaderNames.ACCEPT_ENCODING, Encodings.ACCEPTED);
      case NOT_A_POST -> headers.set(HttpHeaderNames.ALLOW, "POST");
      // The rest of a body this large is not worth reading to keep the connection.
      case TOO_LARGE -> headers.set(HttpHeaderNames.CONNECTION, "close");
      case MALFORMED, NO_SUCH_ENDPOINT, BAD_FLAGS, NOT_ONE_MESSAGE -> {}
    }
    byte[] status =
        json() ? OtlpMessages.statusJson(refused) : OtlpMessages.statusProtobuf(refused);
    return HttpResponse.of(headers.build(), HttpData.wrap(status));
  }

  private ResponseHeadersBuilder headers(int status) {
    return ResponseHeaders.builder(status).contentType(mediaType);
  }

  /** Whole seconds, rounded up and at least 1: 0 would mean at once. */
  private static String seconds(Duration after) {
    long whole = after.toSeconds() + (after.toNanosPart() > 0 ? 1 : 0);
    return Long.toString(Math.max(1, whole));
  }
}
