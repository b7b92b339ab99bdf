package io.lodge.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages Events, Traces, SQL and System in a real Chromium, on one Lodge that holds an hour of a
 * shop's telemetry.
 */
class UiPagesTest {
  private static final int REQUESTS = 2_500;

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() throws Exception {
    UiScript.needsChromium();
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms");
    UiScript.run("shop.mjs", lodge.at().otlpHttpUrl(), 60, REQUESTS);
    UiScript.run("wide.mjs", lodge.at().otlpHttpUrl());
    lodge.awaitEmptyJournal();
  }

  @AfterAll
  static void close() {
    if (lodge != null) {
      lodge.close();
    }
  }

  @Test
  void whileClickHouseHangsLogsSaysWhatItWaitsFor() throws Exception {
    ProcessHandle engine = lodge.process().engines().getFirst();
    UiScript.run("hanging.mjs", lodge.at().apiUrl(), engine.pid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"events.mjs", "keyboard.mjs", "traces.mjs", "sql.mjs", "system.mjs"})
  void everyClaimAboutThePageHolds(String script) throws Exception {
    UiScript.run(script, lodge.at().apiUrl(), lodge.at().otlpHttpUrl());
  }
}
