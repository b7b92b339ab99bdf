package io.lodge.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.netty.util.AsciiString;

/**
 * ClickHouse's answers over HTTP: an empty body and a summary, or an exception with its code.
 *
 * <p>One word more: {@code X-Lodge-Rejected} has the number of rows that went to the dead letters
 * while others were stored. ClickHouse itself would store none of them.
 */
final class ClickHouseWords implements HttpWords {
  static final ClickHouseWords WORDS = new ClickHouseWords();

  private static final AsciiString SUMMARY = HttpHeaderNames.of("X-ClickHouse-Summary");
  private static final AsciiString CODE = HttpHeaderNames.of("X-ClickHouse-Exception-Code");
  private static final AsciiString REJECTED = HttpHeaderNames.of("X-Lodge-Rejected");

  private ClickHouseWords() {}

  /** The answer to {@code /ping}. */
  static HttpResponse ok() {
    return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "Ok.\n");
  }

  @Override
  public HttpResponse say(Reply reply) {
    return switch (reply) {
      case Reply.Stored it ->
          HttpResponse.of(
              ResponseHeaders.builder(200)
                  .contentType(MediaType.PLAIN_TEXT_UTF_8)
                  .set(SUMMARY, summary(it))
                  .set(REJECTED, Long.toString(it.rejected()))
                  .build());
      case Reply.Refused it -> refuse(it);
    };
  }

  /** Numbers are strings, as ClickHouse writes them. */
  private static String summary(Reply.Stored it) {
    return "{\"read_rows\":\"%d\",\"written_rows\":\"%d\",\"result_rows\":\"%d\"}"
        .formatted(it.records() + it.rejected(), it.records(), it.records());
  }

  private static HttpResponse refuse(Reply.Refused refused) {
    Code code = code(refused.reason());
    return HttpResponse.of(
        RefusalHeaders.builder(refused, MediaType.PLAIN_TEXT_UTF_8)
            .setInt(CODE, code.number)
            .build(),
        HttpData.ofUtf8(
            "Code: %d. DB::Exception: %s. (%s)\n", code.number, refused.message(), code.name()));
  }

  /** ClickHouse's error codes. */
  private enum Code {
    CANNOT_PARSE_INPUT_ASSERTION_FAILED(27),
    UNKNOWN_COMPRESSION_METHOD(89),
    LIMIT_EXCEEDED(290),
    TIMEOUT_EXCEEDED(159),
    NOT_IMPLEMENTED(48),
    TOO_MANY_SIMULTANEOUS_QUERIES(202),
    AUTHENTICATION_FAILED(516);

    final int number;

    Code(int number) {
      this.number = number;
    }
  }

  private static Code code(Reason reason) {
    return switch (reason) {
      case MALFORMED, BAD_FLAGS, NOT_ONE_MESSAGE -> Code.CANNOT_PARSE_INPUT_ASSERTION_FAILED;
      case UNSUPPORTED -> Code.UNKNOWN_COMPRESSION_METHOD;
      case TOO_LARGE -> Code.LIMIT_EXCEEDED;
      case NO_SUCH_ENDPOINT, NOT_A_POST -> Code.NOT_IMPLEMENTED;
      case MAYBE_KEPT -> Code.TIMEOUT_EXCEEDED;
      case RETRY_LATER -> Code.TOO_MANY_SIMULTANEOUS_QUERIES;
      case UNAUTHENTICATED -> Code.AUTHENTICATION_FAILED;
    };
  }
}
