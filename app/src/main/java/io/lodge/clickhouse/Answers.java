package io.lodge.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what ClickHouse says about a query outside of its result: codes, messages, counts. */
final class Answers {
  private static final int MESSAGE_BYTES_MAX = 64 * 1024;
  private static final Pattern CODE = Pattern.compile("^Code: (\\d+)\\. ");
  private static final Pattern WRITTEN_ROWS = Pattern.compile("\"written_rows\":\"(\\d+)\"");

  private Answers() {}

  /** True if the answer is a failure; its body is then the message. */
  static boolean failed(HttpResponse<?> response) {
    return response.statusCode() != 200
        || response.headers().firstValue("X-ClickHouse-Exception-Code").isPresent();
  }

  /**
   * Whether ClickHouse itself answered, and not something before it that says 200 to everything.
   */
  static boolean isClickHouse(HttpHeaders headers) {
    return headers.firstValue("X-ClickHouse-Summary").isPresent()
        || headers.firstValue("X-ClickHouse-Server-Display-Name").isPresent();
  }

  /** Reads the failure and closes the body. */
  static ClickHouseException exception(HttpResponse<InputStream> response) throws IOException {
    String message;
    try (InputStream body = response.body()) {
      message = new String(body.readNBytes(MESSAGE_BYTES_MAX), UTF_8).strip();
    }
    int code =
        response
            .headers()
            .firstValue("X-ClickHouse-Exception-Code")
            .map(Integer::parseInt)
            .orElse(0);
    return exception(code, message.isEmpty() ? "HTTP status " + response.statusCode() : message);
  }

  /** With the code of the message, which starts {@code Code: 60. …}, where no header has it. */
  static ClickHouseException exception(int code, String message) {
    Matcher matcher = CODE.matcher(message);
    int found = code == 0 && matcher.find() ? Integer.parseInt(matcher.group(1)) : code;
    return new ClickHouseException(found, message);
  }

  /** Rows written according to the summary header, -1 without one. */
  static long writtenRows(HttpHeaders headers) {
    Matcher matcher = WRITTEN_ROWS.matcher(headers.firstValue("X-ClickHouse-Summary").orElse(""));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }
}
