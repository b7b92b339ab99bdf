package io.lodge.ingest;

import io.lodge.base.Backoff;
import io.lodge.base.Time;
import io.lodge.journal.ClosedSegment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Whose turn it is among the segments that wait for ClickHouse. Thread-safe.
 *
 * <p>First those that were sent and may be stored: ClickHouse knows the tokens of the last 10,000
 * blocks only, and each other block that goes before them brings a doubling nearer. Then the
 * others, oldest first. One that had its turn and that ClickHouse, while it was there, did not take
 * is passed over, so that it does not stop the rest; yet every so often it is tried again, for it
 * may be stored too.
 */
final class WaitingLine {
  /** As long as others wait, one turn of so many is for those that were passed over. */
  static final int SECOND_TURN_EVERY = 8;

  /** Between the turns of one that is passed over: short against what a token outlives. */
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  /**
   * A segment that waits.
   *
   * @param maybeStored whether blocks of it were sent and may be stored
   * @param turnsInVain how often ClickHouse was there and did not take it
   * @param sent what is known of when it was sent first
   */
  record Waiting(ClosedSegment segment, boolean maybeStored, int turnsInVain, Sent sent) {

    /** The same after a turn in which ClickHouse was there and did not take it. */
    Waiting passedOver(Sent now) {
      return new Waiting(segment, true, turnsInVain + 1, now);
    }

    /** The same with what is known now of when it was sent. */
    Waiting sentAt(Sent now) {
      return new Waiting(segment, maybeStored || !(now instanceof Sent.Never), turnsInVain, now);
    }
  }

  private record PassedOver(Waiting waiting, long fromNanos) {}

  private final Time time;
  private final PriorityQueue<Waiting> first =
      new PriorityQueue<>(
          Comparator.comparing((Waiting w) -> !w.maybeStored())
              .thenComparing(w -> w.segment().id()));

  private final PriorityQueue<PassedOver> again =
      new PriorityQueue<>(Comparator.comparingLong(PassedOver::fromNanos));

  private int turns;

  WaitingLine(Time time) {
    this.time = time;
  }

  synchronized void add(Waiting waiting) {
    if (waiting.turnsInVain() == 0) {
      first.add(waiting);
    } else {
      Duration pause = PAUSES.after(waiting.turnsInVain(), time.random());
      again.add(new PassedOver(waiting, time.nanoTime() + pause.toNanos()));
    }
    notifyAll();
  }

  /** Waits until there is one whose turn has come. */
  synchronized Waiting take() throws InterruptedException {
    while (true) {
      PassedOver next = again.peek();
      long pauseNanos = next == null ? 0 : next.fromNanos() - time.nanoTime();
      boolean due = next != null && pauseNanos <= 0;
      if (due && (first.isEmpty() || ++turns >= SECOND_TURN_EVERY)) {
        turns = 0;
        return again.remove().waiting();
      }
      if (!first.isEmpty()) {
        return first.remove();
      }
      wait(next == null ? 0 : 1 + pauseNanos / 1_000_000);
    }
  }

  /** Whether {@link #take} would not wait. */
  synchronized boolean isTurn() {
    PassedOver next = again.peek();
    return !first.isEmpty() || (next != null && next.fromNanos() - time.nanoTime() <= 0);
  }

  /** When the oldest of them began; empty if none waits. */
  synchronized Optional<Instant> oldest() {
    return Stream.concat(first.stream(), again.stream().map(PassedOver::waiting))
        .map(waiting -> waiting.segment().created())
        .min(Comparator.naturalOrder());
  }

  /** Bytes of all that wait. */
  synchronized long sizeBytes() {
    return Stream.concat(first.stream(), again.stream().map(PassedOver::waiting))
        .mapToLong(waiting -> waiting.segment().sizeBytes())
        .sum();
  }

  synchronized int size() {
    return first.size() + again.size();
  }
}
