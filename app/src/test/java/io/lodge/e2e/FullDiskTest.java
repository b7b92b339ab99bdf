package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lodge.clickhouse.CuttingProxy;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is really full, below the budget that the journal was given. */
class FullDiskTest {
  private static final int DISK_MEBIBYTES = 48;
  private static final int PRODUCERS = 4;
  private static final int REQUEST_RECORDS = 250;

  @TempDir static Path engineFolder;
  private static Engine engine;
  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    assumeTrue(SmallDisk.isPossible(), "only root can mount a small file system");
    engine = TestEngine.start(engineFolder);
  }

  @AfterAll
  static void closeEngine() {
    if (engine != null) {
      engine.close();
    }
  }

  private RunningLodge start(CuttingProxy wire, String... more) {
    List<String> settings = new ArrayList<>(LocalLodge.external(wire.url(), engine.endpoint()));
    settings.addAll(List.of("journal.segment_age=100ms", "journal.disk_budget=1GiB"));
    settings.addAll(List.of(more));
    return RunningLodge.start(folder, settings.toArray(String[]::new));
  }

  @Test
  void aFullDiskRefusesAndLosesNothingItAcknowledged() throws Exception {
    Ledger ledger = new Ledger("full-disk");
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), DISK_MEBIBYTES);
        CuttingProxy wire =
            new CuttingProxy(engine.endpoint().url(), Addresses.free().engineHttp());
        RunningLodge lodge = start(wire, "journal.min_free=0");
        Load load = Load.start(ledger, lodge.at(), PRODUCERS, REQUEST_RECORDS)) {
      load.awaitAcknowledged(PRODUCERS * REQUEST_RECORDS);
      wire.away();
      load.awaitRefusals(2 * PRODUCERS); // its own journal fills it
      assertThat(ask(lodge).text()).contains("the journal's disk is full");
      lodge.kill();
      disk.fill(); // somebody else has the rest of it
      lodge.relaunch();
      load.awaitRefusals(2 * PRODUCERS);
      wire.back();
      lodge.awaitReady();
      Waiting.until("what it held is stored", () -> lodge.metric("lodge_backlog_segments") == 0);
      disk.free();
      load.awaitAcknowledged(PRODUCERS * REQUEST_RECORDS);
      load.stop();
      lodge.awaitEmptyJournal();
      ledger.assertExact(lodge.reader());
      assertThat(lodge.metric("lodge_segments_quarantined_total")).isZero();
    }
  }

  @Test
  void whatIsToStayFreeStaysFree() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), DISK_MEBIBYTES);
        CuttingProxy wire =
            new CuttingProxy(engine.endpoint().url(), Addresses.free().engineHttp());
        RunningLodge lodge = start(wire, "journal.min_free=1GiB")) {
      Http.Answer answer = ask(lodge);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text()).contains("full but for journal.min_free");
      assertThat(disk.freeBytes()).isGreaterThan((DISK_MEBIBYTES - 1L) << 20);
    }
  }

  private static Http.Answer ask(RunningLodge lodge) {
    return Http.post(
        lodge.at().otlpHttpUrl().resolve("/v1/logs"),
        Otlp.request("full-disk-asked", List.of(Otlp.record("x".repeat(100_000)).build()))
            .toByteArray(),
        "content-type",
        "application/x-protobuf");
  }
}
