package io.lodge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What each way to acknowledge costs: requests of 100 log records over OTLP/HTTP, answered from
 * memory, from the disk, and from ClickHouse. Prints a table for docs/reliability.md.
 *
 * <p>Arguments: the product's {@code lodge} script, a folder for data, seconds for each.
 */
public final class Acks {
  private static final List<String> MODES = List.of("memory", "disk", "clickhouse");
  private static final List<Integer> CONNECTIONS = List.of(1, 64);
  private static final int RECORDS = 100;
  private static final double WARM_UP_SECONDS = 5;

  private Acks() {}

  public static void main(String[] args) throws Exception {
    double seconds = Double.parseDouble(args[2]);
    List<Body> bodies = EndToEnd.bodies(RECORDS);
    say("| ack | connections | records/s | p50 ms | p99 ms | syncs/s | refused |");
    say("|---|---|---|---|---|---|---|");
    for (String mode : MODES) {
      Path data = Files.createDirectories(Path.of(args[1], mode));
      try (Gateway gateway =
          new Gateway(Path.of(args[0]).toAbsolutePath(), data, "receive.otlp.http_ack=" + mode)) {
        new Load(64, WARM_UP_SECONDS, 0).run(gateway.otlpHttpPort, bodies);
        for (int connections : CONNECTIONS) {
          double syncs = gateway.metric("lodge_journal_syncs_total");
          Load.Result result = new Load(connections, seconds, 0).run(gateway.otlpHttpPort, bodies);
          double synced = gateway.metric("lodge_journal_syncs_total") - syncs;
          say(
              "| %s | %d | %,.0f | %.1f | %.1f | %.0f | %d |",
              mode,
              connections,
              result.recordsPerSecond(),
              result.latencyMillis(0.5),
              result.latencyMillis(0.99),
              synced / result.seconds(),
              result.refused());
        }
      }
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
