package io.lodge.bench;

import io.lodge.clickhouse.Query;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The path of a record under load, from OTLP/HTTP to rows that a query sees, on one machine:
 * client, gateway and ClickHouse share its cores. Prints a table for {@code bench/results}.
 *
 * <p>Arguments: the product's jar, a folder for data, seconds for each phase, flags of the
 * gateway's JVM.
 */
public final class EndToEnd {
  /** A few collectors that send large requests, many clients that send small ones. */
  private static final int CONNECTIONS_LARGE = 8;

  private static final int CONNECTIONS_SMALL = 64;

  /** Requests before anything is measured: the JIT compiler is done by then. */
  private static final int WARM_UP_LARGE = 4_000;

  private static final int WARM_UP_SMALL = 150_000;

  /** The share of the control's rows/s that the whole is to reach. */
  private static final double CONTROL_SHARE = 0.85;

  private static final int INSERTS_PARALLEL = 2;
  private static final int BODIES = 64;

  private final Gateway gateway;
  private final double seconds;

  private EndToEnd(Gateway gateway, double seconds) {
    this.gateway = gateway;
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    Path data = Files.createDirectories(Path.of(args[1]));
    try (Gateway gateway = new Gateway(Path.of(args[0]).toAbsolutePath(), data)) {
      EndToEnd bench = new EndToEnd(gateway, Double.parseDouble(args[2]));
      List<Body> large = bodies(1000);
      List<Body> small = bodies(10);
      bench.warmUp(large, small);
      bench.shape(1000, CONNECTIONS_LARGE, large);
      bench.shape(10, CONNECTIONS_SMALL, small);
      say("gateway resident, highest seen: %d MB", bench.residentMax >> 20);
    }
  }

  private long residentMax;

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  static List<Body> bodies(int records) throws IOException {
    LogRequests requests = new LogRequests(records);
    long base = Load.unixNanos();
    List<Body> bodies = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < BODIES; i++) {
      Body body = new Body(requests.next(records, base).toByteArray(), records, base);
      bytes += body.bytes.length;
      bodies.add(body);
    }
    say("%d records per request: %d bytes per record", records, bytes / records / BODIES);
    return bodies;
  }

  private void warmUp(List<Body> large, List<Body> small) throws Exception {
    warmUp(CONNECTIONS_LARGE, WARM_UP_LARGE, large);
    warmUp(CONNECTIONS_SMALL, WARM_UP_SMALL, small);
  }

  private void warmUp(int connections, int requests, List<Body> bodies) throws Exception {
    for (int sent = 0; sent < requests; ) {
      Load.Result result = new Load(connections, 2, 0).run(gateway.otlpHttpPort, bodies);
      sent += result.latenciesNanos().length;
      gateway.awaitStored();
      gateway.reset();
    }
  }

  /** All figures for requests of one size. */
  private void shape(int records, int connections, List<Body> bodies) throws Exception {
    say("%n## %,d records per request%n", records);
    double blocksBefore = gateway.metric("lodge_deliver_blocks_total");
    Phase peak = run("full speed", new Load(connections, seconds, 0), bodies);
    double blocks = gateway.metric("lodge_deliver_blocks_total") - blocksBefore;
    int rowsPerBlock = (int) (peak.result.records() / Math.max(1, blocks));
    gateway.reset();
    run("at 70 %", new Load(connections, seconds, 0.7 * peak.storedPerSecond()), bodies);
    queryable();
    gateway.reset();
    double controlRate = control(bodies, rowsPerBlock, peak);
    gateway.reset();
    Phase paced =
        run("0.85 paced", new Load(connections, seconds, CONTROL_SHARE * controlRate), bodies);
    say(
        "of control  %.2f of its rows/s stored at this pace, the last %.1f s after the load's end",
        paced.storedPerSecond() / controlRate, paced.storedSeconds - paced.result.seconds());
    gateway.reset();
  }

  /**
   * A load and what it took.
   *
   * @param storedSeconds from the first request until ClickHouse had all
   */
  private record Phase(
      Load.Result result, double storedSeconds, double gatewayCpuSeconds, double engineCpuSeconds) {

    double storedPerSecond() {
      return result.records() / storedSeconds;
    }
  }

  private Phase run(String name, Load load, List<Body> bodies) throws Exception {
    ProcessUse before = gateway.use();
    ProcessUse engineBefore = gateway.engineUse();
    long startNanos = System.nanoTime();
    Load.Result result = load.run(gateway.otlpHttpPort, bodies);
    residentMax = Math.max(residentMax, gateway.use().residentBytes());
    gateway.awaitStored();
    Phase phase =
        new Phase(
            result,
            (System.nanoTime() - startNanos) / 1e9,
            gateway.use().cpuSeconds() - before.cpuSeconds(),
            gateway.engineUse().cpuSeconds() - engineBefore.cpuSeconds());
    long rows = gateway.rows();
    if (rows != result.records()) {
      say("WRONG: acknowledged %d, stored %d", result.records(), rows);
    }
    double millions = result.records() / 1e6;
    say(
        "%-10s  acknowledged %,9.0f/s  stored %,9.0f/s  gateway %.2f CPU-s/M  ClickHouse %.2f CPU-s/M"
            + "  ack p50 %.1f ms  p99 %.1f ms  refused %d  records %,d",
        name,
        result.recordsPerSecond(),
        phase.storedPerSecond(),
        phase.gatewayCpuSeconds / millions,
        phase.engineCpuSeconds / millions,
        result.latencyMillis(0.5),
        result.latencyMillis(0.99),
        result.refused(),
        result.records());
    return phase;
  }

  /** How long after its acknowledgement a record is found. */
  private void queryable() throws Exception {
    double[] seconds = new double[5];
    for (int i = 0; i < seconds.length; i++) {
      String mark = "mark-" + System.nanoTime();
      long startNanos = System.nanoTime();
      try (HttpConnection connection =
          new HttpConnection(
              "127.0.0.1", gateway.otlpHttpPort, "/v1/logs", "application/x-protobuf")) {
        connection.post(oneRecord(mark));
      }
      Query query =
          Query.of("SELECT count() FROM otel.generic_logs WHERE Body = {mark:String}")
              .with("mark", mark);
      while (gateway.writer.scalar(query) == 0) {
        Thread.sleep(10);
      }
      seconds[i] = (System.nanoTime() - startNanos) / 1e9;
    }
    Arrays.sort(seconds);
    say("queryable   median %.2f s, worst of %d %.2f s", seconds[2], seconds.length, seconds[4]);
  }

  static byte[] oneRecord(String body) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .addLogRecords(
                            LogRecord.newBuilder()
                                .setTimeUnixNano(Load.unixNanos())
                                .setBody(AnyValue.newBuilder().setStringValue(body)))))
        .build()
        .toByteArray();
  }

  private double control(List<Body> bodies, int rowsPerBlock, Phase peak) throws Exception {
    Control control = new Control(bodies, rowsPerBlock, 8);
    ProcessUse before = gateway.engineUse();
    double rate = control.run(gateway.writer, peak.result.records(), INSERTS_PARALLEL);
    double millions = gateway.rows() / 1e6;
    say(
        "control     stored %,9.0f/s  ClickHouse %.2f CPU-s/M  blocks of %,d rows",
        rate, (gateway.engineUse().cpuSeconds() - before.cpuSeconds()) / millions, rowsPerBlock);
    say("of control  %.2f of its rows/s stored at full speed", peak.storedPerSecond() / rate);
    return rate;
  }
}
