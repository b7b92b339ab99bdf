package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.bucket.SimulatedBucket;
import io.lodge.journal.Leases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose lease another had for a while goes on where it is, each segment once. */
class LostLeaseTest {
  private static final int ANOTHER = 0xabcd;

  @TempDir Path dir;
  private final SimulatedBucket bucket = SteppedOverflow.bucket();

  private static void loseAndRegain(SteppedOverflow steps) throws Exception {
    lose(steps);
    regain(steps);
  }

  private static void lose(SteppedOverflow steps) throws Exception {
    int own = steps.segments.gateway();
    steps.segments.leases().adopt(own, ANOTHER, true, steps.time.instant());
    steps.keep();
    assertThat(steps.overflow.keeper().holds()).isFalse();
  }

  private static void regain(SteppedOverflow steps) throws Exception {
    steps.time.sleep(Duration.ofMinutes(1));
    new Leases(steps.bucket).release(steps.segments.gateway(), ANOTHER, false);
    steps.keep();
  }

  private void assertStoredOnce(SteppedOverflow steps) throws Exception {
    for (int i = 0; i < 5; i++) {
      steps.fetchAll();
      steps.drainAll();
    }
    assertThat(steps.stored).hasSize(4).doesNotHaveDuplicates();
    assertThat(steps.overflow.counters().lost()).isZero();
    assertThat(steps.overflow.counters().objects()).isZero();
    assertThat(bucket.names()).noneMatch(name -> name.startsWith("segments/"));
    assertThat(steps.pipeline.backlogSegments()).isZero();
    assertThat(steps.ledger().totals().segments()).isZero();
  }

  private SteppedOverflow steps() throws Exception {
    OnePipeline.leave(dir, List.of("a"), List.of("b"));
    SteppedOverflow steps = new SteppedOverflow(dir, bucket);
    steps.keep();
    steps.moveAll();
    return steps;
  }

  /** A second copy would have the name of the first, and be written over it. */
  @Test
  void aCopyOnTheDiskIsNotFetchedOnceMore() throws Exception {
    try (SteppedOverflow steps = steps()) {
      steps.fetch();
      assertThat(steps.segments.fetched()).isOne();
      loseAndRegain(steps);
      assertThat(steps.overflow.keeper().holds()).isTrue();
      assertThat(steps.pipeline.backlogSegments()).isEqualTo(2);
      assertStoredOnce(steps);
    }
  }

  @Test
  void oneThatIsDecidedOnIsNotTakenOver() throws Exception {
    try (SteppedOverflow steps = steps()) {
      steps.fetch();
      bucket.fail(1);
      steps.drain();
      steps.fetch();
      bucket.fail(0);
      assertThat(steps.segments.duties()).isOne();
      loseAndRegain(steps);
      assertThat(steps.pipeline.backlogSegments()).isOne();
      assertStoredOnce(steps);
    }
  }

  @Test
  void whatIsBeingFetchedMeanwhileIsWaitedFor() throws Exception {
    try (SteppedOverflow steps = steps()) {
      AwayLine.Away lent = steps.line().lendAway(0).orElseThrow();
      loseAndRegain(steps);
      assertThat(steps.overflow.keeper().holds()).as("not before").isFalse();
      steps.line().giveBack(lent);
      steps.keep();
      assertThat(steps.overflow.keeper().holds()).isTrue();
      assertThat(steps.pipeline.backlogSegments()).isEqualTo(2);
      assertStoredOnce(steps);
    }
  }

  /** It is on the disk and in the bucket for a moment, and one of the two is removed. */
  @Test
  void whatIsBeingMovedMeanwhileIsWaitedFor() throws Exception {
    OnePipeline.leave(dir, List.of("a"), List.of("b"));
    try (SteppedOverflow steps = new SteppedOverflow(dir, bucket)) {
      steps.keep();
      WaitingLine.Waiting lent = steps.line().lendNewest().orElseThrow();
      loseAndRegain(steps);
      assertThat(steps.overflow.keeper().holds()).as("not before").isFalse();
      steps.line().moved(lent, steps.segments.move(lent.segment()));
      steps.keep();
      assertThat(steps.overflow.keeper().holds()).isTrue();
      assertThat(steps.pipeline.backlogSegments()).isEqualTo(2);
      assertStoredOnce(steps);
    }
  }
}
