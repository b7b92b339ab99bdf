package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.CuttingProxy;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad wire between Lodge and ClickHouse, and none at all. */
class CutOffTest {
  private static final int PRODUCERS = 4;
  private static final int REQUEST_RECORDS = 25;

  @TempDir static Path engineFolder;
  private static Engine engine;
  @TempDir Path folder;
  private CuttingProxy wire;

  @BeforeAll
  static void startEngine() {
    engine = TestEngine.start(engineFolder);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void openWire() throws Exception {
    wire = new CuttingProxy(engine.endpoint().url(), Addresses.free().engineHttp());
  }

  @AfterEach
  void closeWire() throws Exception {
    wire.close();
  }

  private LocalLodge lodge(String... settings) throws Exception {
    return new LocalLodge(folder, wire.url(), engine, settings);
  }

  @Test
  void storesOnceWhatItSendsAgainAfterLostAnswers() throws Exception {
    Ledger ledger = new Ledger("lost-answers");
    try (LocalLodge lodge = lodge("journal.segment_age=100ms");
        Load load = Load.start(ledger, lodge.at(), PRODUCERS, REQUEST_RECORDS)) {
      load.awaitAcknowledged(500);
      for (int round = 0; round < 3; round++) {
        // The insert is committed; of its answer nothing comes through.
        wire.cutAnswersAfter(0);
        int cuts = wire.cuts() + 3;
        Waiting.until("answers are cut", () -> wire.cuts() >= cuts);
        wire.cutAnswersAfter(Long.MAX_VALUE);
        load.awaitAcknowledged(500);
      }
      wire.delayAnswers(Duration.ofMillis(300));
      load.awaitAcknowledged(1000);
      wire.delayAnswers(Duration.ZERO);
      wire.away();
      load.awaitAcknowledged(1000);
      wire.back();
      load.awaitAcknowledged(500);
      load.stop();
      lodge.awaitEmptyJournal();
      ledger.assertExact(lodge.reader());
      assertThat(lodge.metric("lodge_deliver_retries_total")).isPositive();
      assertThat(lodge.metric("lodge_segments_quarantined_total")).isZero();
    }
  }

  @Test
  void acceptsWhileClickHouseIsAwayAndDeliversWhenItIsBack() throws Exception {
    Ledger ledger = new Ledger("away");
    try (LocalLodge lodge = lodge("journal.segment_age=100ms");
        Load load = Load.start(ledger, lodge.at(), PRODUCERS, REQUEST_RECORDS)) {
      load.awaitAcknowledged(500);
      wire.away();
      load.awaitAcknowledged(3000);
      Waiting.until("segments pile up", () -> lodge.metric("lodge_backlog_segments") >= 3);
      assertThat(lodge.metric("lodge_deliver_up")).isZero();
      wire.back();
      load.awaitAcknowledged(500);
      load.stop();
      lodge.awaitEmptyJournal();
      assertThat(lodge.metric("lodge_journal_size_bytes")).isZero();
      assertThat(lodge.metric("lodge_deliver_up")).isOne();
      assertThat(ledger.refusals()).isZero();
      ledger.assertExact(lodge.reader());
    }
  }

  @Test
  void refusesForNowWhenTheJournalIsFullAndKeepsWhatItAcknowledged() throws Exception {
    Ledger ledger = new Ledger("full");
    try (LocalLodge lodge =
            lodge(
                "journal.segment_age=100ms",
                "journal.segment_size=1MiB",
                "journal.disk_budget=16MiB");
        Load load = Load.start(ledger, lodge.at(), PRODUCERS, 500, Duration.ZERO)) {
      wire.away();
      load.awaitRefusals(2 * PRODUCERS);
      assertThat(lodge.metric("lodge_journal_size_bytes")).isBetween(15L << 20, 17L << 20);
      assertThat(refusals(lodge, "otlp-http")).isPositive();
      assertThat(refusals(lodge, "otlp-grpc")).isPositive();
      wire.back();
      load.awaitAcknowledged(500);
      load.stop();
      lodge.awaitEmptyJournal();
      ledger.assertExact(lodge.reader());
    }
  }

  private static long refusals(LocalLodge lodge, String protocol) {
    return Metrics.sum(
        lodge.metrics(),
        "lodge_receive_requests_total",
        "outcome=\"retry_later\",protocol=\"" + protocol);
  }
}
