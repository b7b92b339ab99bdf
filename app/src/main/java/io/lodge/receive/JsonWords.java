package io.lodge.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.util.function.Function;

/** Answers of the protocols that speak plain JSON: what was stored, or {@code {"error":"…"}}. */
final class JsonWords implements HttpWords {
  /** {@code {"accepted":2,"rejected":1,"errors":[{"line":3,"reason":"…","detail":"…"}]}}. */
  static final JsonWords EVENTS = new JsonWords(JsonWords::events);

  /** What SDKs for product analytics wait for. */
  static final JsonWords CAPTURE =
      new JsonWords(it -> "{\"status\":1,\"rejected\":%d}".formatted(it.rejected()));

  private final Function<Reply.Stored, String> stored;

  private JsonWords(Function<Reply.Stored, String> stored) {
    this.stored = stored;
  }

  @Override
  public HttpResponse say(Reply reply) {
    return switch (reply) {
      case Reply.Stored it ->
          HttpResponse.of(
              ResponseHeaders.builder(200).contentType(MediaType.JSON).build(),
              HttpData.ofUtf8(stored.apply(it)));
      case Reply.Refused it ->
          HttpResponse.of(
              RefusalHeaders.of(it, MediaType.JSON),
              HttpData.ofUtf8("{\"error\":%s}", JsonText.quoted(it.message())));
    };
  }

  private static String events(Reply.Stored it) {
    return "{\"accepted\":%d,\"rejected\":%d,\"errors\":[%s]}"
        .formatted(it.records(), it.rejected(), it.items());
  }
}
