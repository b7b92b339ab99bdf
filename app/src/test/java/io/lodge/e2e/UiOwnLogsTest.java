package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing made up: the pages over what this machine itself says, shipped by {@code lodge ship}, and
 * over the traces of an instrumented program.
 */
class UiOwnLogsTest {
  private static final Path MACHINE_LOG = Path.of("/var/log/dpkg.log");

  /** Eight of them fail. */
  private static final int ORDERS = 24;

  @TempDir Path folder;

  @BeforeAll
  static void needsChromium() {
    UiScript.needsChromium();
    assumeTrue(Files.isReadable(MACHINE_LOG), "needs a log of Debian's packages");
  }

  @Test
  void everyClaimAboutRealLogsAndTracesHolds() throws Exception {
    try (RunningLodge lodge = RunningLodge.start(folder, "journal.segment_age=50ms")) {
      Path engineLog = lodge.data().resolve("engine/engine.log");
      ship(lodge, "engine", engineLog);
      ship(lodge, "machine", MACHINE_LOG);
      // Last: it says that it is ready a moment after it is.
      ship(lodge, "lodge", lodge.outputFile());
      try (InstrumentedProgram program = new InstrumentedProgram(lodge.at().otlpHttpUrl())) {
        program.order(ORDERS);
      }
      lodge.awaitEmptyJournal();
      UiScript.run("own.mjs", lodge.at().apiUrl(), engineLog, MACHINE_LOG);
    }
  }

  private void ship(RunningLodge lodge, String service, Path file) {
    GatewayProcess ship =
        GatewayProcess.start(
            folder.resolve("ship-" + service + ".out"),
            List.of(),
            List.of(
                "ship",
                "--service",
                service,
                "--to",
                lodge.at().otlpHttpUrl().toString(),
                file.toString()));
    assertThat(ship.await()).as(ship.output()).isZero();
  }
}
