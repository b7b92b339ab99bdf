package io.lodge.api.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that reads slowly slows its query down, and fills no memory of the gateway. */
class SlowReaderTest {
  private static final int ROWS = 8_000;
  private static final int BODY_BYTES = 20_000;

  /** The answer has ten times as much. */
  private static final long HELD_BYTES_MAX = (long) ROWS * BODY_BYTES / 10;

  private static AskedApi api;

  @BeforeAll
  static void fill() throws IOException {
    api = AskedApi.empty();
    land(ROWS, "long");
  }

  private static void land(int rows, String service) throws IOException {
    api.run(
        """
        INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, ServiceName, Body)
        SELECT toDateTime64('2026-11-21 11:59:59', 9, 'UTC') - toIntervalNanosecond(number) AS Timestamp,
          toDateTime64('2026-11-21 12:00:00', 9, 'UTC') + toIntervalNanosecond(number), '%s', concat('%d ', repeat('x', %d))
        FROM numbers(%d)
        """
            .formatted(service, rows, BODY_BYTES, rows));
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  @Timeout(120)
  void aSearchIsWaitedFor() throws Exception {
    long before = heapBytes();
    try (Reader slow = new Reader("/api/search", "q", "service:long", "limit", "10000")) {
      assertThat(slow.line()).startsWith("{\"plan\":");
      await("ClickHouse waits for the gateway", () -> running() == 1 && heldAtRest() < 1);
      assertThat(heapBytes() - before).isLessThan(HELD_BYTES_MAX);
      int rows = 0;
      JsonRow line;
      do {
        line = AskedApi.json(slow.line());
        rows += line.objects("rows").size();
      } while (!line.values().containsKey("end"));
      assertThat(rows).as("nothing is lost by waiting").isEqualTo(ROWS);
    }
  }

  @Test
  @Timeout(120)
  void aTailIsWaitedForAndCountsWhatItLeftOut() throws Exception {
    long before = heapBytes();
    try (Reader slow = new Reader("/api/tail", "q", "service:tailed")) {
      assertThat(slow.line()).startsWith("{\"progress\":");
      int landed = 0;
      for (int i = 0; i < 5; i++) {
        land(400 + i, "tailed");
        landed += 400 + i;
        Thread.sleep(1_100); // a look each second, were it not for the reader
      }
      assertThat(heapBytes() - before).isLessThan(HELD_BYTES_MAX);
      int accounted = 0;
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (accounted < landed && System.nanoTime() < end) {
        JsonRow line = AskedApi.json(slow.line());
        accounted += line.objects("rows").size();
        accounted += (int) line.object("gap").count("rows");
      }
      assertThat(accounted).isEqualTo(landed);
    }
  }

  /** A client that reads when it is told to, and not ahead. */
  private static final class Reader implements AutoCloseable {
    private final HttpURLConnection connection;
    private final BufferedReader lines;

    Reader(String path, String... parameters) throws IOException {
      URI uri = api.request(path, parameters).uri();
      connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setReadTimeout(30_000);
      lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8), 1024);
    }

    String line() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        throw new EOFException("the answer ended too early");
      }
      return line;
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }

  private static long running() throws IOException {
    return api.number(
        "SELECT count() FROM system.processes WHERE query LIKE '%generic_logs%' AND query NOT LIKE '%system.processes%'");
  }

  /** Bytes that ClickHouse sent within a moment. */
  private static long heldAtRest() throws Exception {
    long sent = sent();
    Thread.sleep(500);
    return sent() - sent;
  }

  private static long sent() throws IOException {
    return api.number(
        "SELECT sum(ProfileEvents['NetworkSendBytes']) FROM system.processes WHERE query LIKE '%generic_logs%' AND query NOT LIKE '%system.processes%'");
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.sleep(20);
    }
  }
}
