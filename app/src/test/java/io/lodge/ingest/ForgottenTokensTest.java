package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.Time;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.CuttingProxy;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.deliver.Courier;
import io.lodge.deliver.DeliveredBlocks;
import io.lodge.deliver.DeliveredBlocksTable;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ClickHouse stored a block, its answer was lost, and it has forgotten the block's token since. */
class ForgottenTokensTest {
  private static ClickHouse clickHouse;

  @TempDir Path dir;
  private final AtomicLong asked = new AtomicLong();

  @BeforeAll
  static void shortMemory() throws IOException {
    clickHouse = TestServer.open();
    new Schema(clickHouse).apply();
    window(3);
  }

  @AfterAll
  static void longMemory() throws IOException {
    window(10_000);
    clickHouse.close();
  }

  private static void window(int blocks) throws IOException {
    for (String table : List.of("generic_logs_0", "generic_logs_counts_0")) {
      clickHouse.execute(
          Query.of(
              "ALTER TABLE otel.%s MODIFY SETTING non_replicated_deduplication_window = %d"
                  .formatted(table, blocks)));
    }
  }

  @Test
  void aRestartedGatewayDoesNotSendItAgain() throws Exception {
    OnePipeline.leave(dir, List.of("forgotten restart a"), List.of("forgotten restart b"));
    loseTheAnswers("forgotten restart");
    forget();
    drain(new DeliveredBlocksTable(clickHouse));
    assertThat(OnePipeline.stored(clickHouse, "forgotten restart"))
        .containsExactly("forgotten restart a 1", "forgotten restart b 1");
  }

  /** What the test above is about: the fault is real. */
  @Test
  void withoutAskingItWouldBeStoredTwice() throws Exception {
    OnePipeline.leave(dir, List.of("forgotten control"));
    loseTheAnswers("forgotten control");
    forget();
    drain(DeliveredBlocks.NONE);
    assertThat(OnePipeline.stored(clickHouse, "forgotten control"))
        .containsExactly("forgotten control 2");
  }

  @Test
  void aSegmentThatWaitedLongIsAskedForBeforeItIsSentAgain() throws Exception {
    AtomicLong ahead = new AtomicLong();
    try (CuttingProxy wire = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(wire.url());
        OnePipeline one = new OnePipeline(dir, behind::insert, counted(behind), shifted(ahead))) {
      wire.cutAnswersAfter(0);
      one.pipeline().submit(OnePipeline.logs(List.of("forgotten later"))).get();
      awaitPostponed(one);
      wire.away();
      forget();
      ahead.set(Courier.TOKENS_KEPT.toNanos());
      OnePipeline.await("it is asked for", () -> asked.get() > 0);
      wire.cutAnswersAfter(Long.MAX_VALUE);
      wire.back();
      one.awaitEmptyJournal();
      assertThat(one.courier().blocksFoundStored()).isOne();
      assertThat(one.pipeline().counters().blocksDoubtful()).isZero();
    }
    assertThat(OnePipeline.stored(clickHouse, "forgotten later"))
        .containsExactly("forgotten later 1");
  }

  /** The server has no note of it, so nobody can tell: it is sent, and counted. */
  @Test
  void whatIsNotNotedIsSentAndCounted() throws Exception {
    AtomicLong ahead = new AtomicLong();
    try (CuttingProxy wire = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(wire.url());
        OnePipeline one = new OnePipeline(dir, behind::insert, counted(behind), shifted(ahead))) {
      wire.cutAnswersAfter(0);
      one.pipeline().submit(OnePipeline.logs(List.of("forgotten doubt"))).get();
      awaitPostponed(one);
      wire.away();
      clickHouse.execute(Query.of("DELETE FROM otel.delivered_blocks_0 WHERE 1"));
      ahead.set(Courier.TOKENS_KEPT.toNanos());
      OnePipeline.await("it is asked for", () -> asked.get() > 0);
      wire.cutAnswersAfter(Long.MAX_VALUE);
      wire.back();
      one.awaitEmptyJournal();
      assertThat(one.pipeline().counters().blocksDoubtful()).isPositive();
    }
    assertThat(OnePipeline.stored(clickHouse, "forgotten doubt")).hasSize(1);
  }

  /**
   * Of each block that is tried, the days before the last are stored. Were all of them tried, the
   * first would be forgotten and stored twice.
   */
  @Test
  void aBrokenViewDoesNotMakeItForgetTheBlocksThatWait() throws Exception {
    window(40);
    clickHouse.execute(
        Query.of(
            "CREATE MATERIALIZED VIEW otel.forgotten_mv ENGINE = Memory AS SELECT"
                + " throwIf(Body LIKE 'forgotten view%') AS n FROM otel.generic_logs_landing"));
    try (OnePipeline one =
        new OnePipeline(
            dir, clickHouse::insert, new DeliveredBlocksTable(clickHouse), Time.SYSTEM)) {
      for (int i = 0; i < 30; i++) {
        String body = "forgotten view " + i;
        one.pipeline()
            .submit(
                OnePipeline.logs(
                    List.of(body + " a", body + " b", body + " c"), Duration.ofDays(1)))
            .get();
        int sealed = i + 1;
        OnePipeline.await(
            "the segment is closed", () -> one.pipeline().counters().segmentsSealed() == sealed);
      }
      OnePipeline.await("all wait", () -> one.pipeline().counters().segmentsPostponed() == 30);
      window(10_000); // from here on many go in a short time, as they may
      clickHouse.execute(Query.of("DROP VIEW otel.forgotten_mv SYNC"));
      one.awaitEmptyJournal();
    } finally {
      clickHouse.execute(Query.of("DROP VIEW IF EXISTS otel.forgotten_mv SYNC"));
      window(3);
    }
    assertThat(OnePipeline.stored(clickHouse, "forgotten view"))
        .hasSize(90)
        .allMatch(line -> line.endsWith(" 1"));
  }

  /** Sends what was left until it is stored, and never hears of it. */
  private void loseTheAnswers(String bodies) throws Exception {
    try (CuttingProxy wire = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(wire.url())) {
      wire.cutAnswersAfter(0);
      int segments;
      try (OnePipeline first =
          new OnePipeline(dir, behind::insert, DeliveredBlocks.NONE, Time.SYSTEM)) {
        segments = first.journal().segments();
        int all = segments;
        OnePipeline.await("all is stored", () -> storedBodies(bodies) == all);
        assertThat(first.journal().segments()).isEqualTo(segments);
      }
    }
  }

  private DeliveredBlocks counted(ClickHouse from) {
    DeliveredBlocks notes = new DeliveredBlocksTable(from);
    return segment -> {
      asked.incrementAndGet();
      return notes.of(segment);
    };
  }

  private static void awaitPostponed(OnePipeline one) throws InterruptedException {
    OnePipeline.await(
        "a segment is postponed", () -> one.pipeline().counters().segmentsPostponed() == 1);
  }

  private static int storedBodies(String bodies) {
    try {
      return OnePipeline.stored(clickHouse, bodies).size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long insertsUnderWay() {
    try {
      return clickHouse.scalar(
          Query.of("SELECT count() FROM system.processes WHERE query_kind = 'Insert'"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void drain(DeliveredBlocks notes) throws Exception {
    try (OnePipeline second = new OnePipeline(dir, clickHouse::insert, notes, Time.SYSTEM)) {
      second.awaitEmptyJournal();
    }
  }

  /** Other blocks push the tokens out of the window, once nothing is on its way any more. */
  private static void forget() throws Exception {
    OnePipeline.await("ClickHouse has done what it was told", () -> insertsUnderWay() == 0);
    for (int i = 0; i < 5; i++) {
      clickHouse.execute(
          Query.of("INSERT INTO otel.generic_logs_landing (Timestamp, Body) SELECT now(), 'other'")
              .withSetting("async_insert", "0")
              .withSetting("insert_deduplication_token", "other/" + System.nanoTime()));
    }
  }

  private static Time shifted(AtomicLong aheadNanos) {
    return new Time() {
      @Override
      public void await(Object monitor, Duration atMost) throws InterruptedException {
        SYSTEM.await(monitor, atMost);
      }

      @Override
      public long nanoTime() {
        return Time.SYSTEM.nanoTime() + aheadNanos.get();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Time.SYSTEM.sleep(duration);
      }

      @Override
      public RandomGenerator random() {
        return Time.SYSTEM.random();
      }

      @Override
      public Instant instant() {
        return Time.SYSTEM.instant();
      }
    };
  }
}
