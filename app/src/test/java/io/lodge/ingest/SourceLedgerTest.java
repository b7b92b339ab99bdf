package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.ByteBudget;
import io.lodge.base.StandingTime;
import io.lodge.clickhouse.InsertResult;
import io.lodge.deliver.Courier;
import io.lodge.journal.Journal;
import io.lodge.route.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier process left of a source may have been received: it is on its way. */
class SourceLedgerTest {
  @TempDir Path dir;
  private final StandingTime time = new StandingTime();

  @Test
  void whatASourceHasNotDecidedOnIsKnownUntilItLeaves() {
    OnePipeline.leave(dir.resolve("kafka"), List.of("a"), List.of("b"), List.of("c"));
    try (Journal main = OnePipeline.open(dir.resolve("main"));
        Journal kafka = OnePipeline.open(dir.resolve("kafka"))) {
      Courier courier =
          new Courier(
              (_, _, _, _) -> new InsertResult.Stored(1), Duration.ofSeconds(30), () -> "", time);
      ByteBudget memory = new ByteBudget(64 << 20);
      Pipeline pipeline =
          new Pipeline(
              OnePipeline.options(),
              main,
              Rules.NONE,
              courier,
              memory,
              time,
              SourceLedgerTest::fatal);
      SourcePipeline source =
          new SourcePipeline(
              OnePipeline.options(),
              kafka,
              Rules.NONE,
              pipeline,
              courier,
              memory,
              time,
              SourceLedgerTest::fatal);
      DeliveryLedger ledger = pipeline.counters().ledger();
      assertThat(ledger.totals().segmentsUncounted()).isEqualTo(3);
      source.leftovers().get(0).drop();
      assertThat(ledger.totals().segmentsUncounted()).isEqualTo(2);
      source.leftovers().get(1).quarantine("a reason");
      assertThat(ledger.totals().segmentsUncounted()).isOne();
      source.leftovers().get(2).deliver();
      assertThat(ledger.totals().segmentsUncounted()).as("it waits").isOne();
      assertThat(ledger.totals().difference()).isZero();
    }
  }

  private static void fatal(Throwable broken) {
    throw new AssertionError(broken);
  }
}
