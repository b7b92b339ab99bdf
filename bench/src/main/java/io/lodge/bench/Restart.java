package io.lodge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * ClickHouse hangs until the journal holds so much, both are killed, and Lodge starts again: how
 * long until it takes requests, how much memory it needs, and whether all of it is stored once.
 *
 * <p>Arguments: the product's launcher, a folder for data, GiB of journal.
 */
public final class Restart {
  private static final int CONNECTIONS = 8;
  private static final int RECORDS = 1000;
  private static final double SECONDS_PER_STEP = 2;

  private Restart() {}

  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path data = Files.createDirectories(Path.of(args[1]));
    double gibibytes = Double.parseDouble(args[2]);
    String budget = "journal.disk_budget=" + (long) Math.ceil(gibibytes + 2) + "GiB";
    List<Body> bodies = EndToEnd.bodies(RECORDS);

    Gateway full = new Gateway(launcher, data, budget);
    long acknowledged =
        new Load(CONNECTIONS, SECONDS_PER_STEP, 0).run(full.otlpHttpPort, bodies).records();
    full.awaitStored();
    full.signalEngine("STOP");
    while (full.metric("lodge_journal_size_bytes") < gibibytes * (1L << 30)) {
      acknowledged +=
          new Load(CONNECTIONS, SECONDS_PER_STEP, 0).run(full.otlpHttpPort, bodies).records();
    }
    say(
        "journal     %.1f GiB in %.0f segments, resident %d MB",
        full.metric("lodge_journal_size_bytes") / (1L << 30),
        full.metric("lodge_journal_segments"),
        full.use().residentBytes() >> 20);
    full.kill();
    restart(launcher, data, budget, acknowledged, bodies);
  }

  private static void restart(
      Path launcher, Path data, String budget, long acknowledged, List<Body> bodies)
      throws Exception {
    long startNanos = System.nanoTime();
    try (Gateway again = new Gateway(launcher, data, budget)) {
      say("restart     ready after %.2f s", secondsSince(startNanos));
      long fresh = new Load(1, 0.1, 0).run(again.otlpHttpPort, bodies).records();
      say("            %,d more records taken by %.2f s", fresh, secondsSince(startNanos));
      long peak = 0;
      while (again.metric("lodge_journal_segments") > 0) {
        peak = Math.max(peak, again.use().residentBytes());
        Thread.sleep(100);
      }
      say(
          "drained     after %.0f s, resident %d MB at most; acknowledged %,d  stored %,d",
          secondsSince(startNanos), peak >> 20, acknowledged + fresh, again.rows());
    }
  }

  private static double secondsSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
