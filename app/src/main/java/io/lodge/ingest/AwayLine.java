package io.lodge.ingest;

import io.lodge.base.Time;
import io.lodge.journal.SegmentId;
import io.lodge.journal.SegmentInBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * The segments in the bucket that wait for their turn to come back: in the order of the {@link
 * WaitingLine}, those that were passed over after a pause and behind the others. Guarded by the
 * line that has it.
 */
final class AwayLine {

  /**
   * A segment in the bucket.
   *
   * @param maybeStored whether blocks of it were sent and may be stored
   * @param turnsInVain how often ClickHouse was there and did not take it
   * @param sent what is known of when it was sent first
   */
  record Away(SegmentInBucket segment, boolean maybeStored, int turnsInVain, Sent sent) {}

  private record PassedOver(Away away, long fromNanos) {}

  private final Time time;
  private final PriorityQueue<Away> first =
      new PriorityQueue<>(
          Comparator.comparing((Away a) -> !a.maybeStored()).thenComparing(a -> a.segment().id()));
  private final PriorityQueue<PassedOver> again =
      new PriorityQueue<>(Comparator.comparingLong(PassedOver::fromNanos));

  AwayLine(Time time) {
    this.time = time;
  }

  void add(Away away, Duration pause) {
    if (pause.isZero()) {
      first.add(away);
    } else {
      again.add(new PassedOver(away, time.nanoTime() + pause.toNanos()));
    }
  }

  /** The one whose turn is next of those that had none; it stays. */
  Optional<Away> next() {
    return Optional.ofNullable(first.peek());
  }

  /** One that was passed over and has paused; it stays. */
  Optional<Away> again() {
    return Optional.ofNullable(again.peek())
        .filter(pausing -> pausing.fromNanos() - time.nanoTime() <= 0)
        .map(PassedOver::away);
  }

  void remove(Away away) {
    if (!first.remove(away)) {
      again.removeIf(passed -> passed.away().equals(away));
    }
  }

  private Stream<Away> all() {
    return Stream.concat(first.stream(), again.stream().map(PassedOver::away));
  }

  Stream<Instant> since() {
    return all().map(away -> away.segment().since());
  }

  List<SegmentInBucket> dropOf(int gateway) {
    List<Away> dropped = all().filter(away -> away.segment().gateway() == gateway).toList();
    first.removeAll(dropped);
    again.removeIf(passed -> dropped.contains(passed.away()));
    return dropped.stream().map(Away::segment).toList();
  }

  boolean has(SegmentId id) {
    return all().anyMatch(away -> away.segment().id().equals(id));
  }

  /** Whether any is of this gateway. */
  boolean hasOf(int gateway) {
    return all().anyMatch(away -> away.segment().gateway() == gateway);
  }

  long sizeBytes() {
    return all().mapToLong(away -> away.segment().sizeBytes()).sum();
  }

  int size() {
    return first.size() + again.size();
  }
}
