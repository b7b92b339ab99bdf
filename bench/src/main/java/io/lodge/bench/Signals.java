package io.lodge.bench;

import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What each kind of data costs the gateway, journal on, as {@link EndToEnd} has it for logs over
 * OTLP: 1,000 records per request over eight connections, at a rate that ClickHouse stores beside
 * on the same cores, so that nothing is decoded twice.
 *
 * <p>Arguments: the product's launcher, a folder for data, seconds for each phase, and a part of
 * the name of those to measure if not all.
 */
public final class Signals {
  private static final int CONNECTIONS = 8;

  /** Requests before anything is measured: the JIT compiler is done by then. */
  private static final int WARM_UP = 1_500;

  /** Of what was stored per second at full speed. */
  private static final double SHARE = 0.7;

  private final Gateway gateway;
  private final double seconds;

  private Signals(Gateway gateway, double seconds) {
    this.gateway = gateway;
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    Path data = Files.createDirectories(Path.of(args[1]));
    int syslog = Gateway.freePort();
    try (Gateway gateway =
        new Gateway(
            Path.of(args[0]).toAbsolutePath(), data, "receive.syslog.tcp=127.0.0.1:" + syslog)) {
      Signals bench = new Signals(gateway, Double.parseDouble(args[2]));
      say(
          "%-20s %6s %6s %9s %10s %9s %9s %8s",
          "", "CPU", "goal", "full", "ClickHouse", "acked", "p99", "bytes");
      String only = args.length > 3 ? args[3] : "";
      for (Signal signal : Signal.all()) {
        if (signal.name().contains(only)) {
          bench.measure(signal);
        }
      }
      if ("syslog".contains(only)) {
        bench.syslog(syslog);
      }
    }
  }

  private void measure(Signal signal) throws Exception {
    double replayed = gateway.metric("lodge_ingest_records_replayed_total");
    double storedPerSecond = 0;
    for (int sent = 0; sent < WARM_UP; ) {
      Use use = run(new Load(CONNECTIONS, 2, 0), signal);
      storedPerSecond = use.result.records() / use.seconds;
      sent += use.result.latenciesNanos().length;
    }
    Use full = run(new Load(CONNECTIONS, seconds, 0), signal);
    Use paced = run(new Load(CONNECTIONS, seconds, SHARE * storedPerSecond), signal);
    say(
        "%-20s %6.2f %6.1f %9.2f %10.2f %,7.0f/s %6.1f ms %8d",
        signal.name(),
        paced.gatewayPerMillion(),
        signal.goal(),
        full.gatewayPerMillion(),
        paced.enginePerMillion(),
        full.result.recordsPerSecond(),
        paced.result.latencyMillis(0.99),
        signal.bytesPerRecord());
    replayed = gateway.metric("lodge_ingest_records_replayed_total") - replayed;
    if (replayed > 0) {
      say("  %,.0f of them decoded twice: ClickHouse did not keep up", replayed);
    }
  }

  /**
   * What a load took.
   *
   * @param seconds until ClickHouse had all
   */
  private record Use(Load.Result result, double seconds, double gatewayCpu, double engineCpu) {
    double gatewayPerMillion() {
      return gatewayCpu / (result.records() / 1e6);
    }

    double enginePerMillion() {
      return engineCpu / (result.records() / 1e6);
    }
  }

  private Use run(Load load, Signal signal) throws Exception {
    ProcessUse before = gateway.use();
    ProcessUse engineBefore = gateway.engineUse();
    long startNanos = System.nanoTime();
    Load.Result result = load.run(gateway.otlpHttpPort, signal.bodies());
    gateway.awaitStored();
    double took = (System.nanoTime() - startNanos) / 1e9;
    Use use =
        new Use(
            result,
            took,
            gateway.use().cpuSeconds() - before.cpuSeconds(),
            gateway.engineUse().cpuSeconds() - engineBefore.cpuSeconds());
    long rows = rows(signal.counted());
    boolean wrong = !signal.folded() && rows != result.records();
    if (wrong || result.refused() > 0) {
      say(
          "WRONG: %s: acknowledged %d, stored %d, refused %d",
          signal.name(), result.records(), rows, result.refused());
    }
    empty(signal.counted());
    return use;
  }

  /** Syslog has no answers: sent is what is written, and the end is when all is stored. */
  private void syslog(int port) throws Exception {
    byte[] messages = new PushRequests().syslog(Signal.PER_REQUEST, Instant.now().toString());
    List<String> table = List.of("otel.generic_logs_0");
    double cpu = 0;
    int thousands = 0;
    for (int phase = 0; phase < 2; phase++) {
      thousands = (int) (seconds * 60);
      ProcessUse before = gateway.use();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        OutputStream out = socket.getOutputStream();
        for (int i = 0; i < thousands; i++) {
          out.write(messages);
          Thread.sleep(10); // about what ClickHouse stores beside it
        }
      }
      while (rows(table) < (long) thousands * Signal.PER_REQUEST) {
        Thread.sleep(100);
      }
      cpu = gateway.use().cpuSeconds() - before.cpuSeconds();
      empty(table);
    }
    say(
        "%-20s %6.2f %6s %9s %10s %9s %9s %8d",
        "syslog over TCP",
        cpu * 1000 / thousands,
        "-",
        "-",
        "-",
        "-",
        "-",
        messages.length / Signal.PER_REQUEST);
  }

  private long rows(List<String> tables) throws IOException {
    long rows = 0;
    for (String table : tables) {
      rows += gateway.writer.scalar(Query.of("SELECT count() FROM " + table));
    }
    return rows;
  }

  /** Empties the tables and lets merges end, so that each phase begins alike. */
  private void empty(List<String> tables) throws IOException, InterruptedException {
    for (String table : tables) {
      gateway.writer.execute(Query.of("TRUNCATE TABLE " + table));
    }
    while (gateway.writer.scalar(Query.of("SELECT count() FROM system.merges")) > 0) {
      Thread.sleep(100);
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
