package io.lodge.receive;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * OTLP's answers as bytes: {@code Export…ServiceResponse} and {@code google.rpc.Status} with {@code
 * RetryInfo}, in protobuf and in protobuf's JSON.
 */
final class OtlpMessages {
  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  private OtlpMessages() {}

  /**
   * The same bytes for every signal. Empty when nothing was rejected: OTLP wants {@code
   * partial_success} unset then.
   */
  static byte[] responseProtobuf(Reply.Stored stored) {
    if (stored.rejected() == 0) {
      return new byte[0];
    }
    byte[] partial =
        new ProtobufBytes().number(1, stored.rejected()).text(2, stored.reason()).toBytes();
    return new ProtobufBytes().bytes(1, partial).toBytes();
  }

  /**
   * As {@link #responseProtobuf}; 64-bit numbers are strings, as protobuf's JSON has them.
   *
   * @param rejected what the signal calls the number of rejected records
   */
  static byte[] responseJson(Reply.Stored stored, String rejected) {
    String json =
        stored.rejected() == 0
            ? "{}"
            : "{\"partialSuccess\":{\"%s\":\"%d\",\"errorMessage\":%s}}"
                .formatted(rejected, stored.rejected(), quoted(stored.reason()));
    return json.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] statusProtobuf(Reply.Refused refused) {
    ProtobufBytes status =
        new ProtobufBytes().number(1, refused.reason().grpcCode.number).text(2, refused.message());
    if (refused.reason() == Reason.RETRY_LATER) {
      status.bytes(3, retryInfo(refused.retryAfter()));
    }
    return status.toBytes();
  }

  static byte[] statusJson(Reply.Refused refused) {
    String details =
        refused.reason() == Reason.RETRY_LATER
            ? ",\"details\":[{\"@type\":\"%s\",\"retryDelay\":\"%s\"}]"
                .formatted(RETRY_INFO, secondsOf(refused.retryAfter()))
            : "";
    return "{\"code\":%d,\"message\":%s%s}"
        .formatted(refused.reason().grpcCode.number, quoted(refused.message()), details)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A {@code google.protobuf.Any} that holds a {@code google.rpc.RetryInfo}. */
  private static byte[] retryInfo(Duration after) {
    byte[] delay =
        new ProtobufBytes().number(1, after.toSeconds()).number(2, after.toNanosPart()).toBytes();
    byte[] info = new ProtobufBytes().bytes(1, delay).toBytes();
    return new ProtobufBytes().text(1, RETRY_INFO).bytes(2, info).toBytes();
  }

  /** A {@code google.protobuf.Duration} in JSON: seconds, with 0, 3, 6 or 9 decimals. */
  private static String secondsOf(Duration after) {
    int nanos = after.toNanosPart();
    if (nanos == 0) {
      return after.toSeconds() + "s";
    }
    return nanos % 1_000_000 == 0
        ? "%d.%03ds".formatted(after.toSeconds(), nanos / 1_000_000)
        : "%d.%09ds".formatted(after.toSeconds(), nanos);
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }
}
