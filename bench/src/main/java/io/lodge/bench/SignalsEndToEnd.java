package io.lodge.bench;

import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The path of spans and of data points under load, as {@link EndToEnd} has it for logs: 1,000 per
 * request, at full speed and at 70 % of what was stored then.
 *
 * <p>Arguments: the product's launcher, a folder for data, seconds for each phase.
 */
public final class SignalsEndToEnd {
  private static final int RECORDS = 1000;
  private static final int CONNECTIONS = 8;
  private static final int BODIES = 64;

  /** Requests before anything is measured: the JIT compiler is done by then. */
  private static final int WARM_UP = 2_000;

  private final Gateway gateway;
  private final double seconds;

  private SignalsEndToEnd(Gateway gateway, double seconds) {
    this.gateway = gateway;
    this.seconds = seconds;
  }

  /** Tables to count and to empty, and the bodies to send. */
  private record Signal(String name, List<String> tables, List<Body> bodies) {}

  public static void main(String[] args) throws Exception {
    Path data = Files.createDirectories(Path.of(args[1]));
    try (Gateway gateway = new Gateway(Path.of(args[0]).toAbsolutePath(), data)) {
      SignalsEndToEnd bench = new SignalsEndToEnd(gateway, Double.parseDouble(args[2]));
      bench.measure(
          new Signal("spans", List.of("otel_traces_0", "otel_traces_trace_id_ts_0"), traces()));
      bench.measure(
          new Signal(
              "data points",
              List.of("otel_metrics_sum_0", "otel_metrics_gauge_0", "otel_metrics_histogram_0"),
              metrics()));
    }
  }

  private static List<Body> traces() {
    TraceRequests requests = new TraceRequests(1);
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      byte[] bytes = requests.next(RECORDS, Load.unixNanos()).toByteArray();
      bodies.add(Body.fixed("/v1/traces", bytes, RECORDS));
    }
    return bodies;
  }

  private static List<Body> metrics() {
    MetricRequests requests = new MetricRequests(1);
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      byte[] bytes = requests.next(RECORDS, Load.unixNanos()).toByteArray();
      bodies.add(Body.fixed("/v1/metrics", bytes, RECORDS));
    }
    return bodies;
  }

  private void measure(Signal signal) throws Exception {
    long bytes = signal.bodies.stream().mapToLong(body -> body.bytes.length).sum();
    say(
        "%n## %s, %,d per request, %d bytes each%n",
        signal.name, RECORDS, bytes / RECORDS / BODIES);
    for (int sent = 0; sent < WARM_UP; ) {
      sent +=
          new Load(CONNECTIONS, 2, 0)
              .run(gateway.otlpHttpPort, signal.bodies)
              .latenciesNanos()
              .length;
      gateway.awaitStored();
      reset(signal);
    }
    double peak = run("full speed", new Load(CONNECTIONS, seconds, 0), signal);
    reset(signal);
    run("at 70 %", new Load(CONNECTIONS, seconds, 0.7 * peak), signal);
    reset(signal);
  }

  /** Returns records stored per second. */
  private double run(String name, Load load, Signal signal) throws Exception {
    ProcessUse before = gateway.use();
    ProcessUse engineBefore = gateway.engineUse();
    long startNanos = System.nanoTime();
    Load.Result result = load.run(gateway.otlpHttpPort, signal.bodies);
    gateway.awaitStored();
    double storedPerSecond = result.records() * 1e9 / (System.nanoTime() - startNanos);
    double millions = result.records() / 1e6;
    long rows = rows(signal);
    if (rows != result.records()) {
      say("WRONG: acknowledged %d, stored %d", result.records(), rows);
    }
    say(
        "%-10s  acknowledged %,9.0f/s  stored %,9.0f/s  gateway %.2f CPU-s/M  ClickHouse %.2f CPU-s/M"
            + "  ack p50 %.1f ms  p99 %.1f ms  refused %d  records %,d",
        name,
        result.recordsPerSecond(),
        storedPerSecond,
        (gateway.use().cpuSeconds() - before.cpuSeconds()) / millions,
        (gateway.engineUse().cpuSeconds() - engineBefore.cpuSeconds()) / millions,
        result.latencyMillis(0.5),
        result.latencyMillis(0.99),
        result.refused(),
        result.records());
    return storedPerSecond;
  }

  private long rows(Signal signal) throws IOException {
    long rows = 0;
    for (String table : signal.tables) {
      if (!table.contains("trace_id_ts")) {
        rows += gateway.writer.scalar(Query.of("SELECT count() FROM otel." + table));
      }
    }
    return rows;
  }

  /** Empties the tables and lets merges end, so that each phase begins alike. */
  private void reset(Signal signal) throws IOException, InterruptedException {
    for (String table : signal.tables) {
      gateway.writer.execute(Query.of("TRUNCATE TABLE otel." + table));
    }
    while (gateway.writer.scalar(Query.of("SELECT count() FROM system.merges")) > 0) {
      Thread.sleep(100);
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
