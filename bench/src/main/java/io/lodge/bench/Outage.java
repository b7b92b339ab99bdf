package io.lodge.bench;

import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * ClickHouse hangs while load comes in, and is there again: how late fresh records are while the
 * backlog drains, and how fast it drains. And twice as much as ClickHouse takes.
 *
 * <p>Arguments: the product's launcher, a folder for data, seconds of the outage.
 */
public final class Outage {
  private static final int CONNECTIONS = 8;
  private static final int RECORDS = 1000;

  /** Of what ClickHouse takes at most: so that twice as much can drain beside. */
  private static final double LIVE_SHARE = 0.25;

  private static final double BEFORE_SECONDS = 5;

  private final Gateway gateway;
  private final double seconds;
  private final List<Body> bodies;

  private Outage(Gateway gateway, double seconds) throws IOException {
    this.gateway = gateway;
    this.seconds = seconds;
    bodies = EndToEnd.bodies(RECORDS);
  }

  public static void main(String[] args) throws Exception {
    Path data = Files.createDirectories(Path.of(args[1]));
    try (Gateway gateway =
        new Gateway(Path.of(args[0]).toAbsolutePath(), data, "clickhouse.insert_timeout=15s")) {
      Outage bench = new Outage(gateway, Double.parseDouble(args[2]));
      new Load(CONNECTIONS, 10, 0).run(gateway.otlpHttpPort, bench.bodies);
      gateway.awaitStored();
      gateway.reset();
      double peak = bench.capacity();
      bench.outage(LIVE_SHARE * peak);
      bench.overload(peak);
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** Records a second that ClickHouse takes at most, from the first request to the last row. */
  private double capacity() throws Exception {
    double rate = stored("full speed", new Load(CONNECTIONS, seconds, 0));
    gateway.reset();
    return rate;
  }

  private double stored(String name, Load load) throws Exception {
    long startNanos = System.nanoTime();
    Load.Result result = load.run(gateway.otlpHttpPort, bodies);
    gateway.awaitStored();
    double rate = result.records() / ((System.nanoTime() - startNanos) / 1e9);
    say(
        "%-11s acknowledged %,.0f/s  stored %,.0f/s  refused %d  ack p99 %.0f ms  resident %d MB",
        name,
        result.recordsPerSecond(),
        rate,
        result.refused(),
        result.latencyMillis(0.99),
        gateway.use().residentBytes() >> 20);
    if (gateway.rows() != result.records()) {
      say("WRONG: acknowledged %d, stored %d", result.records(), gateway.rows());
    }
    return rate;
  }

  private void outage(double live) throws Exception {
    Load load = new Load(CONNECTIONS, BEFORE_SECONDS + 3 * seconds, live);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<Load.Result> running = threads.submit(() -> load.run(gateway.otlpHttpPort, bodies));
      Thread.sleep((long) (BEFORE_SECONDS * 1000));
      say("before      fresh after %.1f s  resident %d MB", fresh(), resident());
      gateway.signalEngine("STOP");
      Thread.sleep((long) (seconds * 1000));
      say("outage      %.0f s at %,.0f records/s  resident %d MB", seconds, live, resident());
      gateway.signalEngine("CONT");
      drain(live);
      Load.Result result = running.get();
      gateway.awaitStored();
      say(
          "after       acknowledged %,d  stored %,d  refused %d  resident %d MB",
          result.records(), gateway.rows() - marks, result.refused(), resident());
    }
    gateway.reset();
  }

  private long marks;

  private void drain(double live) throws Exception {
    long beganNanos = System.nanoTime();
    long rowsBefore = gateway.rows();
    double bytesBefore = gateway.metric("lodge_backlog_bytes");
    List<Double> delays = new ArrayList<>();
    double estimate = Double.NaN;
    double estimatedAt = 0;
    do {
      delays.add(fresh());
      if (Double.isNaN(estimate)) {
        estimate = gateway.metric("lodge_backlog_drain_seconds_left");
        estimatedAt = (System.nanoTime() - beganNanos) / 1e9;
      }
    } while (gateway.metric("lodge_backlog_segments") > 0);
    double took = (System.nanoTime() - beganNanos) / 1e9;
    double rate = (gateway.rows() - rowsBefore) / took - live;
    Collections.sort(delays);
    say(
        "drain       %.0f MiB in %.1f s: %,.0f records/s beside the live ones, %.1f times these",
        bytesBefore / (1 << 20), took, rate, rate / live);
    say("            estimated after %.1f s: %.1f s more", estimatedAt, estimate);
    say(
        "            fresh after %.1f s (median of %d), %.1f s (worst)",
        delays.get(delays.size() / 2), delays.size(), delays.getLast());
  }

  /** Seconds from a record's acknowledgement until a query finds it. */
  private double fresh() throws Exception {
    String mark = "mark-" + System.nanoTime();
    long startNanos = System.nanoTime();
    try (HttpConnection connection =
        new HttpConnection(
            "127.0.0.1", gateway.otlpHttpPort, "/v1/logs", "application/x-protobuf")) {
      connection.post(EndToEnd.oneRecord(mark));
    }
    marks++;
    Query query =
        Query.of(
                "SELECT count() FROM otel.generic_logs WHERE Timestamp > now() - 60"
                    + " AND Body = {mark:String}")
            .with("mark", mark);
    while (gateway.writer.scalar(query) == 0) {
      Thread.sleep(20);
    }
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private long resident() throws IOException {
    return gateway.use().residentBytes() >> 20;
  }

  private void overload(double peak) throws Exception {
    double rate = stored("twice", new Load(2 * CONNECTIONS, seconds, 2 * peak));
    say("            %.2f of what full speed stores", rate / peak);
  }
}
