package io.lodge.api.ask;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.ExecutionException;

/**
 * An answer line by line, each a JSON object ({@code application/x-ndjson}). The next line is
 * written when the last one went to the socket, so a slow client slows the query and fills no
 * memory. For one thread.
 */
final class Lines {
  /** Rows of one line; a browser parses that in a few milliseconds. */
  private static final int ROWS_BYTES_MAX = 64 * 1024;

  private static final byte[] ROWS_HEAD = "{\"rows\":[".getBytes(US_ASCII);
  private static final byte[] ROWS_TAIL = "]}\n".getBytes(US_ASCII);

  private static final ResponseHeaders HEADERS =
      ResponseHeaders.builder(HttpStatus.OK)
          .set(HttpHeaderNames.CONTENT_TYPE, "application/x-ndjson")
          // Rows are whoever's text: no browser is to guess that they are a page.
          .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
          .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
          .build();

  private final HttpResponseWriter answer;
  private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
  private byte[] first = new byte[0];
  private boolean begun;

  Lines(HttpResponseWriter answer) {
    this.answer = answer;
  }

  /** Whether the client has something: from then on a fault can only be a line. */
  boolean begun() {
    return begun;
  }

  /** The line that goes out with the next one: until then a fault is an error answer. */
  void first(Question.Data line) {
    first = Json.line(line);
  }

  /** Adds a row to those that go out with {@link #flush}, at the latest. */
  void row(byte[] json) throws InterruptedException {
    if (rows.size() == 0) {
      rows.writeBytes(ROWS_HEAD);
    } else {
      rows.write(',');
    }
    rows.writeBytes(json);
    if (rows.size() >= ROWS_BYTES_MAX) {
      flush();
    }
  }

  /** Sends the rows that wait. */
  void flush() throws InterruptedException {
    if (rows.size() > 0) {
      rows.writeBytes(ROWS_TAIL);
      byte[] line = rows.toByteArray();
      rows.reset();
      send(line);
    }
  }

  /** Sends the rows that wait, and this line. */
  void line(Question.Data line) throws InterruptedException {
    flush();
    send(Json.line(line));
  }

  /** Sends a line that is written already. */
  void raw(byte[] line) throws InterruptedException {
    flush();
    send(line);
  }

  private void send(byte[] line) throws InterruptedException {
    if (!begun) {
      begun = true;
      if (!answer.tryWrite(HEADERS)) {
        throw new InterruptedException("the client left");
      }
      if (first.length > 0) {
        write(first);
      }
    }
    write(line);
  }

  private void write(byte[] line) throws InterruptedException {
    if (!answer.tryWrite(HttpData.wrap(line))) {
      throw new InterruptedException("the client left");
    }
    try {
      answer.whenConsumed().get();
    } catch (ExecutionException e) {
      InterruptedException left = new InterruptedException("the client left");
      left.initCause(e);
      throw left;
    }
  }
}
