package io.lodge.query.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lodge.clickhouse.ResultStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The rows of a statement as ClickHouse writes them, each a JSON object. Closing it early kills the
 * statement. For one thread.
 */
public final class Rows implements AutoCloseable {
  /** Lines {@code {"row":{…}}} and {@code {"progress":{…}}}, and one {@code {"meta":[…]}}. */
  static final String FORMAT = "JSONEachRowWithProgress";

  private static final byte[] ROW = "{\"row\":".getBytes(US_ASCII);
  private static final byte[] PROGRESS = "{\"progress\":".getBytes(US_ASCII);
  private static final byte[] META = "{\"meta\":".getBytes(US_ASCII);
  private static final long WATCH_NANOS = 200_000_000;

  private final ResultStream stream;
  private final Execution execution;
  private final Execution.Watcher watcher;
  private byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;
  private int lineFrom;
  private int lineTo;
  private byte[] meta = "[]".getBytes(US_ASCII);
  private long rowsRead;
  private long bytesRead;
  private long watchedNanos = System.nanoTime();

  Rows(ResultStream stream, Execution execution, Execution.Watcher watcher) {
    this.stream = stream;
    this.execution = execution;
    this.watcher = watcher;
  }

  /** Goes to the next row; false when there is none. */
  public boolean next() throws QueryFault, InterruptedException {
    try {
      while (readLine()) {
        if (starts(ROW)) {
          return true;
        }
        if (starts(PROGRESS)) {
          progress();
        } else if (starts(META)) {
          meta = Arrays.copyOfRange(buffer, lineFrom + META.length, lineTo - 1);
        }
      }
      return false;
    } catch (IOException e) {
      throw Execution.faultOf(e);
    }
  }

  /** The row: one JSON object in UTF-8. */
  public byte[] json() {
    return Arrays.copyOfRange(buffer, lineFrom + ROW.length, lineTo - 1);
  }

  /** The columns, {@code [{"name":"…","type":"…"},…]}: there once {@link #next} has been called. */
  public byte[] meta() {
    return meta;
  }

  private boolean starts(byte[] prefix) {
    return lineTo - lineFrom > prefix.length
        && Arrays.equals(buffer, lineFrom, lineFrom + prefix.length, prefix, 0, prefix.length);
  }

  private void progress() throws InterruptedException {
    JsonRow numbers =
        JsonRow.parse(Arrays.copyOfRange(buffer, lineFrom + PROGRESS.length, lineTo - 1));
    rowsRead = numbers.count("read_rows");
    bytesRead = numbers.count("read_bytes");
    long now = System.nanoTime();
    if (now - watchedNanos >= WATCH_NANOS) {
      watchedNanos = now;
      watcher.progress(
          execution.cost().plus(rowsRead, bytesRead, numbers.count("total_rows_to_read")));
    }
  }

  private boolean readLine() throws IOException {
    lineFrom = from;
    int looked = from;
    while (true) {
      for (int at = looked; at < to; at++) {
        if (buffer[at] == '\n') {
          lineTo = at;
          from = at + 1;
          return true;
        }
      }
      looked = to;
      int moved = lineFrom;
      makeRoom();
      looked -= moved - lineFrom;
      int count = stream.read(buffer, to, buffer.length - to);
      if (count < 0) {
        return false;
      }
      to += count;
    }
  }

  /** The line so far to the front, and a larger buffer for a line that fills it. */
  private void makeRoom() {
    if (lineFrom > 0) {
      System.arraycopy(buffer, lineFrom, buffer, 0, to - lineFrom);
      to -= lineFrom;
      from = 0;
      lineFrom = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
  }

  @Override
  public void close() {
    execution.add(rowsRead, bytesRead);
    rowsRead = 0;
    bytesRead = 0;
    try {
      stream.close();
    } catch (IOException gone) {
      // It was to end anyway.
    }
  }
}
