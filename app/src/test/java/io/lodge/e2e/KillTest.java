package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged survives kill -9, at points in the load that a seed chooses. More kills:
 * {@code -Dlodge.kill.rounds=200}.
 */
class KillTest {
  private static final int ROUNDS = Integer.getInteger("lodge.kill.rounds", 3);
  private static final int PRODUCERS = 4;
  private static final int REQUEST_RECORDS = 25;

  @TempDir Path folder;
  private RunningLodge lodge;
  private final Ledger ledger = new Ledger("ledger");
  private final SplittableRandom random = new SplittableRandom(20_261_121);

  @BeforeEach
  void start() {
    // Short segments: a kill then meets every stage from the open one to the one being deleted.
    lodge = RunningLodge.start(folder, "journal.segment_age=100ms");
  }

  @AfterEach
  void close() {
    lodge.close();
  }

  private int someRecords() {
    return random.nextInt(500, 4000);
  }

  private void assertExact(Load load) {
    load.awaitAcknowledged(500);
    load.stop();
    lodge.awaitEmptyJournal();
    ledger.assertExact(lodge.reader());
    assertThat(lodge.metric("lodge_segments_quarantined_total")).isZero();
    assertTablesAreWhole(lodge.writer());
  }

  /** {@code CHECK TABLE} of every table: each part's checksums, over what merges made of it too. */
  private static void assertTablesAreWhole(Sql writer) {
    List<List<String>> tables =
        writer.rows(
            "SELECT database || '.' || name FROM system.tables"
                + " WHERE database IN ('otel', 'analytics') AND engine LIKE '%MergeTree'");
    assertThat(tables).hasSizeGreaterThan(20);
    for (List<String> table : tables) {
      assertThat(
              writer.value(
                  "CHECK TABLE "
                      + table.getFirst()
                      + " SETTINGS check_query_single_value_result=1"))
          .as(table.getFirst())
          .isEqualTo("1");
    }
  }

  @Test
  void acknowledgedRecordsSurviveKillsOfTheGateway() {
    try (Load load = Load.start(ledger, lodge.at(), PRODUCERS, REQUEST_RECORDS)) {
      for (int round = 0; round < ROUNDS; round++) {
        load.awaitAcknowledged(someRecords());
        lodge.kill();
        lodge.restart();
      }
      assertExact(load);
    }
  }

  @Test
  void acknowledgedRecordsSurviveKillsOfTheEngine() {
    try (Load load = Load.start(ledger, lodge.at(), PRODUCERS, REQUEST_RECORDS)) {
      for (int round = 1; round <= ROUNDS; round++) {
        load.awaitAcknowledged(someRecords());
        lodge.killEngine();
        // The gateway goes on taking records while there is no engine.
        load.awaitAcknowledged(someRecords());
        int restarts = round;
        Waiting.until(
            "the engine is started again",
            () -> lodge.metric("lodge_engine_restarts_total") == restarts,
            lodge::output);
      }
      assertExact(load);
    }
  }

  @Test
  void acknowledgedRecordsSurviveKillsOfBothAndStopsInOrder() {
    try (Load load = Load.start(ledger, lodge.at(), PRODUCERS, REQUEST_RECORDS)) {
      load.awaitAcknowledged(someRecords());
      lodge.killBoth();
      lodge.restart();
      load.awaitAcknowledged(someRecords());
      lodge.stop();
      lodge.restart();
      assertExact(load);
    }
  }
}
