package io.lodge.clickhouse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a result in the format asked for, and nothing else: when ClickHouse breaks a query
 * off half way, reading throws the reason as a {@link ClickHouseException} instead of ending early.
 *
 * <p>Such a query has status 200 already, so ClickHouse writes, after the last row and under a
 * random tag announced in the header {@code X-ClickHouse-Exception-Tag}:
 *
 * <pre>{@code
 * \r\n__exception__\r\nTAG\r\nmessage\nLENGTH TAG\r\n__exception__\r\n
 * }</pre>
 *
 * and drops the connection (26.x). Servers that send no tag only drop the connection: reading then
 * throws a plain {@link IOException}. Closing before the end kills the query. One thread reads.
 */
public final class ResultStream extends InputStream {
  /** ClickHouse cuts messages at 16 KiB. */
  private static final int MESSAGE_BYTES_MAX = 32 * 1024;

  private final InputStream body;
  private final String queryId;
  private final String contentType;
  private final String summary;
  private final String format;
  private final byte[] marker;
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;

  /** How far past {@code from} the bytes are known not to begin a marker. */
  private int safe;

  private boolean ended;
  private @Nullable ClickHouseException broken;

  ResultStream(InputStream body, String queryId, HttpHeaders headers) {
    this.body = body;
    this.queryId = queryId;
    contentType = headers.firstValue("Content-Type").orElse("");
    format = headers.firstValue("X-ClickHouse-Format").orElse("");
    summary = headers.firstValue("X-ClickHouse-Summary").orElse("");
    String tag = headers.firstValue("X-ClickHouse-Exception-Tag").orElse("");
    this.marker =
        tag.isEmpty() ? new byte[0] : ("\r\n__exception__\r\n" + tag + "\r\n").getBytes(US_ASCII);
  }

  /** The id under which {@code system.query_log} knows the query. */
  public String queryId() {
    return queryId;
  }

  /** Of the result's format; empty if the server gave none. */
  public String contentType() {
    return contentType;
  }

  /** ClickHouse's name of the result's format; empty if there is no result. */
  public String format() {
    return format;
  }

  /**
   * {@code X-ClickHouse-Summary} as it was when the first byte was sent; empty if there was none.
   */
  public String summary() {
    return summary;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (from == safe) {
      if (broken != null) {
        throw broken;
      }
      if (ended) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, safe - from);
    System.arraycopy(buffer, from, target, offset, count);
    from += count;
    return count;
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    safe = 0;
    int count;
    try {
      count = body.read(buffer, to, buffer.length - to);
    } catch (IOException e) {
      throw new IOException("cannot read the whole result of query " + queryId, e);
    }
    if (count < 0) {
      ended = true;
      safe = to;
      return;
    }
    to += count;
    safe = markerOrPrefix();
    if (marker.length > 0 && to - safe >= marker.length) {
      broken = readException(safe + marker.length);
      ended = true;
    }
  }

  /** Where a whole marker starts, or what may be the start of one at the end, or {@code to}. */
  private int markerOrPrefix() {
    for (int at = 0; at < to && marker.length > 0; at++) {
      int length = Math.min(marker.length, to - at);
      if (buffer[at] == '\r' && Arrays.equals(buffer, at, at + length, marker, 0, length)) {
        return at;
      }
    }
    return to;
  }

  private ClickHouseException readException(int start) {
    byte[] message = new byte[MESSAGE_BYTES_MAX + buffer.length];
    int length = to - start;
    System.arraycopy(buffer, start, message, 0, length);
    try {
      int count;
      while ((count = body.read(message, length, message.length - length)) > 0) {
        length += count;
      }
    } catch (IOException expected) {
      // ClickHouse drops the connection after the message; what arrived is all there is to say.
    }
    String text = new String(message, 0, length, UTF_8);
    int frameEnd = text.lastIndexOf("\r\n__exception__");
    int messageEnd = text.lastIndexOf('\n', Math.max(0, frameEnd - 1));
    return Answers.exception(0, messageEnd > 0 ? text.substring(0, messageEnd) : text);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
