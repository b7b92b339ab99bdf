package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.ByteBudget;
import io.lodge.base.StandingTime;
import io.lodge.bucket.SimulatedBucket;
import io.lodge.clickhouse.InsertResult;
import io.lodge.deliver.Courier;
import io.lodge.deliver.DeliveredBlocks;
import io.lodge.journal.DamagedSegmentException;
import io.lodge.journal.Journal;
import io.lodge.journal.SegmentBucket;
import io.lodge.journal.SegmentInBucket;
import io.lodge.route.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * The pipeline of a process over a bucket in memory, without its threads: tests take their steps.
 * Time stands still but for what is slept.
 */
final class SteppedOverflow implements AutoCloseable {
  static final InsertResult AWAY =
      new InsertResult.RetryLater(InsertResult.Wait.UNREACHABLE, 0, "away");
  static final InsertResult BUSY =
      new InsertResult.RetryLater(InsertResult.Wait.PRESSURE, 252, "busy");

  final StandingTime time = new StandingTime();
  final SimulatedBucket bucket;
  final Journal journal;
  final SegmentBucket segments;
  final Courier courier;
  final Pipeline pipeline;
  final Overflow overflow;

  /** Tokens of blocks that were stored. */
  final List<String> stored = new ArrayList<>();

  /** What ClickHouse does with the block of a token. */
  Function<String, InsertResult> clickHouse = _ -> new InsertResult.Stored(1);

  SteppedOverflow(Path dir, SimulatedBucket bucket) {
    this(dir, bucket, _ -> Set.of());
  }

  SteppedOverflow(Path dir, SimulatedBucket bucket, DeliveredBlocks notes) {
    this(OnePipeline.open(dir), bucket, notes);
  }

  SteppedOverflow(Journal journal, SimulatedBucket bucket, DeliveredBlocks notes) {
    this.journal = journal;
    this.bucket = bucket;
    courier =
        new Courier(
            (_, token, _, _) -> insert(token), notes, Duration.ofSeconds(30), () -> "", time);
    pipeline =
        new Pipeline(
            OnePipeline.options(),
            journal,
            Rules.NONE,
            courier,
            new ByteBudget(64 << 20),
            time,
            broken -> {
              throw new AssertionError(broken);
            });
    segments = journal.in(bucket);
    overflow = pipeline.overflowTo(segments, 1 << 30);
  }

  static SimulatedBucket bucket() {
    StandingTime clock = new StandingTime();
    return new SimulatedBucket(new Random(1), clock::instant);
  }

  private InsertResult insert(String token) {
    InsertResult result = clickHouse.apply(token);
    if (result instanceof InsertResult.Stored) {
      stored.add(token);
    }
    return result;
  }

  WaitingLine line() {
    return pipeline.backlog().line();
  }

  DeliveryLedger ledger() {
    return pipeline.counters().ledger();
  }

  void keep() {
    overflow.keeper().turn();
  }

  void fetch() {
    overflow.fetcher().turn();
  }

  /** Fetches what is near, and does what is due in the bucket. */
  void fetchAll() {
    while (overflow.fetcher().turn().isZero()) {
      // More is to do.
    }
  }

  void drain() throws InterruptedException {
    assertThat(pipeline.backlog().isTurn()).as("something waits on the disk").isTrue();
    pipeline.backlog().turn();
  }

  void drainAll() throws InterruptedException {
    while (pipeline.backlog().isTurn()) {
      pipeline.backlog().turn();
    }
  }

  /** Decodes what waits, so that it is known, and does not get rid of it. */
  void drainInVain() throws InterruptedException {
    Function<String, InsertResult> before = clickHouse;
    clickHouse = _ -> BUSY;
    int waiting = pipeline.backlogSegments();
    for (int i = 0; i < waiting; i++) {
      drain();
    }
    clickHouse = before;
  }

  /** All that waits on the disk. */
  List<SegmentInBucket> moveAll() throws IOException, DamagedSegmentException {
    List<SegmentInBucket> moved = new ArrayList<>();
    while (true) {
      Optional<WaitingLine.Waiting> next = line().lendNewest();
      if (next.isEmpty()) {
        return moved;
      }
      moved.add(segments.move(next.get().segment()));
      line().moved(next.get(), moved.getLast());
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
