package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.bucket.Content;
import io.lodge.bucket.SimulatedBucket;
import io.lodge.journal.Adoption;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.Leases;
import io.lodge.journal.SegmentInBucket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a segment leaves the bucket, the delivery ledger knows it. */
class OverflowLedgerTest {
  private static final int ANOTHER = 0xabcd;

  @TempDir Path dir;
  private final SimulatedBucket bucket = SteppedOverflow.bucket();

  /** Two records that are counted, in the bucket, and whose turn is near. */
  private SegmentInBucket moved(SteppedOverflow steps) throws Exception {
    steps.keep();
    steps.drainInVain();
    assertThat(steps.ledger().totals().inFlight()).isEqualTo(2);
    SegmentInBucket object = steps.moveAll().getFirst();
    steps.time.sleep(Duration.ofMinutes(1));
    return object;
  }

  private SteppedOverflow steps() {
    OnePipeline.leave(dir, List.of("a", "b"));
    return new SteppedOverflow(dir, bucket);
  }

  private String name() {
    return bucket.names().stream()
        .filter(name -> name.startsWith("segments/"))
        .findFirst()
        .orElseThrow();
  }

  private static void assertBalanced(SteppedOverflow steps) {
    assertThat(steps.ledger().totals().difference()).isZero();
    assertThat(steps.ledger().totals().inFlight()).isZero();
    assertThat(steps.ledger().totals().segments()).isZero();
    assertThat(steps.ledger().snapshot().inFlight()).isEmpty();
  }

  @Test
  void oneThatAnEarlierProcessLeftThereIsOnItsWay() throws Exception {
    try (SteppedOverflow steps = steps()) {
      moved(steps);
    }
    try (SteppedOverflow steps = new SteppedOverflow(dir, bucket)) {
      assertThat(steps.ledger().totals().segmentsUncounted()).isZero();
      steps.keep();
      assertThat(steps.ledger().totals().segmentsUncounted()).isOne();
      steps.fetchAll();
      steps.drainAll();
      assertThat(steps.ledger().totals().recovered()).isEqualTo(2);
      assertThat(steps.ledger().totals().stored()).isEqualTo(2);
      assertBalanced(steps);
    }
  }

  @Test
  void oneThatWasAdoptedIsOnItsWay() throws Exception {
    OnePipeline.leave(dir.resolve("dead"), List.of("a", "b"));
    Path own = dir.resolve("own");
    try (SteppedOverflow steps = new SteppedOverflow(own, bucket)) {
      Adoption.move(
          dir.resolve("dead"),
          own,
          new JournalOptions(1 << 30, 0, OnePipeline.options().limits().stamp()));
      new AdoptedSegments(steps.journal, steps.pipeline.backlog(), steps.time, _ -> {}).turn();
      assertThat(steps.ledger().totals().segmentsUncounted()).isOne();
      steps.drainAll();
      assertThat(steps.ledger().totals().recovered()).isEqualTo(2);
      assertThat(steps.ledger().totals().stored()).isEqualTo(2);
      assertBalanced(steps);
    }
  }

  @Test
  void oneOfWhichNothingIsIntactIsInQuarantine() throws Exception {
    try (SteppedOverflow steps = steps()) {
      moved(steps);
      String name = name();
      byte[] bytes = bucket.bytes(name);
      for (int at = 100; at < bytes.length - 50; at++) {
        bytes[at] ^= 1;
      }
      bucket.delete(name);
      bucket.putIfAbsent(name, Content.of(bytes));
      steps.fetchAll();
      assertThat(steps.ledger().totals().quarantined()).isEqualTo(2);
      assertBalanced(steps);
      assertThat(bucket.names()).anyMatch(object -> object.startsWith("quarantine/"));
      assertThat(steps.pipeline.backlogSegments()).isZero();
    }
  }

  @Test
  void oneThatSomebodyDeletedIsLostAndCounted() throws Exception {
    try (SteppedOverflow steps = steps()) {
      moved(steps);
      bucket.delete(name());
      steps.fetchAll();
      assertThat(steps.ledger().totals().lost()).isEqualTo(2);
      assertThat(steps.overflow.counters().lost()).isOne();
      assertThat(steps.overflow.counters().objects()).isZero();
      assertBalanced(steps);
    }
  }

  @Test
  void oneThatAnotherGatewayDeliversIsHandedOverAndMayComeBack() throws Exception {
    try (SteppedOverflow steps = steps()) {
      SegmentInBucket object = moved(steps);
      Leases leases = new Leases(bucket);
      leases.adopt(object.gateway(), ANOTHER, true, steps.time.instant());
      assertThat(steps.overflow.isKnown()).isTrue();
      steps.keep();
      assertThat(steps.overflow.isKnown()).isFalse();
      assertThat(steps.ledger().totals().handedOver()).isEqualTo(2);
      assertThat(steps.ledger().snapshot().handedOver()).hasSize(1);
      assertBalanced(steps);
      leases.release(object.gateway(), ANOTHER, false);
      steps.keep();
      assertThat(steps.overflow.isKnown()).isTrue();
      assertThat(steps.ledger().totals().handedOver()).isZero();
      assertThat(steps.ledger().totals().inFlight()).isEqualTo(2);
      assertThat(steps.ledger().totals().recovered()).as("counted once").isEqualTo(2);
      steps.fetchAll();
      steps.drainAll();
      assertThat(steps.ledger().totals().stored()).isEqualTo(2);
      assertBalanced(steps);
    }
  }

  @Test
  void oneThatTheOtherGatewayHasDeliveredIsNotWaitedFor() throws Exception {
    try (SteppedOverflow steps = steps()) {
      SegmentInBucket object = moved(steps);
      Leases leases = new Leases(bucket);
      leases.adopt(object.gateway(), ANOTHER, true, steps.time.instant());
      steps.keep();
      bucket.delete(name());
      leases.release(object.gateway(), ANOTHER, true);
      steps.keep();
      assertThat(steps.overflow.isKnown()).isTrue();
      assertThat(steps.ledger().snapshot().handedOver()).isEmpty();
      assertThat(steps.ledger().totals().handedOver()).as("all in all").isEqualTo(2);
      assertBalanced(steps);
    }
  }
}
