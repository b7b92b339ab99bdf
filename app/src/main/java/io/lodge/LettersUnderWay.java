package io.lodge;

import io.lodge.bucket.BucketFault;
import io.lodge.ingest.Overflow;
import io.lodge.model.PayloadKind;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Whether a dead letter that was sent again may be on its way to ClickHouse, wherever that may be.
 * Thread-safe.
 */
final class LettersUnderWay {
  private final JournalKinds kinds;
  private final BooleanSupplier backlog;
  private final Optional<Overflow> overflow;
  private final AtomicInteger unanswered = new AtomicInteger();

  /**
   * @param kinds what is on the disk
   * @param backlog whether segments wait for ClickHouse, on the disk, in the bucket or being sent
   * @param overflow to the bucket, if there is one
   */
  LettersUnderWay(JournalKinds kinds, BooleanSupplier backlog, Optional<Overflow> overflow) {
    this.kinds = kinds;
    this.backlog = backlog;
    this.overflow = overflow;
  }

  /** Where letters may be. */
  sealed interface Where {
    /** None is anywhere: what ClickHouse does not have by now never got on its way. */
    record Nowhere() implements Where {}

    /** One may be where it gets on by itself. */
    record Waiting(String why) implements Where {}

    /** One may be where a person must look. */
    record Stuck(String why) implements Where {}
  }

  /** A letter was handed to the intake: until its answer it is on no disk. */
  void handedOver(CompletableFuture<?> answer) {
    unanswered.incrementAndGet();
    var _ = answer.whenComplete((_, _) -> unanswered.decrementAndGet());
  }

  /**
   * Looks everywhere, in the order in which a segment goes: what has left the disk when that is
   * looked at is in line by then, and what has left the line is stored or put aside.
   */
  Where look() throws IOException {
    if (unanswered.get() > 0) {
      return new Where.Waiting("an earlier replay has no answer for it yet; wait a moment");
    }
    return switch (kinds.placeOf(PayloadKind.DEAD_LETTER)) {
      case WAITING -> waiting();
      case QUARANTINE ->
          new Where.Stuck(
              "a segment in quarantine may hold it; see `lodge journal quarantine list`");
      case NOWHERE -> backlog.getAsBoolean() ? waiting() : inBucket();
    };
  }

  private static Where waiting() {
    return new Where.Waiting("the journal may hold it; wait until ClickHouse has what is there");
  }

  private Where inBucket() {
    if (overflow.isEmpty()) {
      return new Where.Nowhere();
    }
    try {
      // The quarantine last: it may be put there by whoever has it in hand.
      if (!overflow.get().isKnown()) {
        return new Where.Waiting(
            "the bucket may hold it, and what is there is not known; see `lodge journal inspect`");
      }
      return overflow.get().hasQuarantined()
          ? new Where.Stuck(
              "a segment in the bucket's quarantine may hold it; see `lodge journal inspect`")
          : new Where.Nowhere();
    } catch (BucketFault fault) {
      return new Where.Waiting("the bucket may hold it: " + fault.getMessage());
    }
  }
}
