package io.lodge.ingest;

import io.lodge.base.Backoff;
import io.lodge.base.Time;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.SegmentId;
import io.lodge.journal.SegmentInBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 *
 * <p>Some of them are in the bucket. Each waits for its turn as the others do, but is fetched when
 * that is near; {@link #take} gives what is on the disk, and never waits for the bucket.
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

  /** Copies of segments in the bucket on the disk: those being sent, and one ahead. */
  static final int FETCHED_MAX = 3;

  /** A segment in the bucket is fetched when so many are before it. */
  private static final int FETCH_AHEAD = 2;

  private record PassedOver(Waiting waiting, long fromNanos) {}

  private final Time time;
  private final PriorityQueue<Waiting> first =
      new PriorityQueue<>(
          Comparator.comparing((Waiting w) -> !w.maybeStored())
              .thenComparing(w -> w.segment().id()));

  private final PriorityQueue<PassedOver> again =
      new PriorityQueue<>(Comparator.comparingLong(PassedOver::fromNanos));

  private final AwayLine away;

  /**
   * Not in line and still waiting: since when, by what they are. On their way to the bucket ({@link
   * Waiting}) or back ({@link AwayLine.Away}), or taken ({@link SegmentId}): what is being sent is
   * not stored.
   */
  private final Map<Object, Lent> lent = new HashMap<>();

  private record Lent(Instant since, long sizeBytes) {}

  private int turns;

  /** Turns since one that was passed over was fetched from the bucket. */
  private int turnsWithoutAgain;

  WaitingLine(Time time) {
    this.time = time;
    away = new AwayLine(time);
  }

  synchronized void add(Waiting waiting) {
    lent.remove(waiting.segment().id());
    if (waiting.turnsInVain() == 0) {
      first.add(waiting);
    } else {
      Duration pause = PAUSES.after(waiting.turnsInVain(), time.random());
      // One that pauses must not hold the place of a copy, or two of them would stop all others.
      waiting
          .segment()
          .backToBucket()
          .ifPresentOrElse(
              object -> away.add(away(object, waiting), pause),
              () -> again.add(new PassedOver(waiting, time.nanoTime() + pause.toNanos())));
    }
    notifyAll();
  }

  /**
   * Waits until there is one whose turn has come. It counts as waiting until it is {@linkplain #add
   * added} again or {@linkplain #decided decided on}.
   */
  synchronized Waiting take() throws InterruptedException {
    while (true) {
      PassedOver next = again.peek();
      long pauseNanos = next == null ? 0 : next.fromNanos() - time.nanoTime();
      boolean due = next != null && pauseNanos <= 0;
      if (due && (first.isEmpty() || ++turns >= SECOND_TURN_EVERY)) {
        turns = 0;
        return taken(again.remove().waiting());
      }
      if (!first.isEmpty()) {
        return taken(first.remove());
      }
      wait(next == null ? 0 : 1 + pauseNanos / 1_000_000);
    }
  }

  private Waiting taken(Waiting waiting) {
    ClosedSegment segment = waiting.segment();
    turnsWithoutAgain++;
    lent.put(segment.id(), new Lent(segment.created(), segment.sizeBytes()));
    return waiting;
  }

  /** One that was taken is stored, or in quarantine. */
  synchronized void decided(ClosedSegment segment) {
    lent.remove(segment.id());
  }

  /** Whether {@link #take} would not wait. */
  synchronized boolean isTurn() {
    PassedOver next = again.peek();
    return !first.isEmpty() || (next != null && next.fromNanos() - time.nanoTime() <= 0);
  }

  /**
   * Lends the newest segment that can be moved to the bucket: it has the longest to wait. One that
   * may be stored only if there is no other, for it should not wait long.
   */
  synchronized Optional<Waiting> lendNewest() {
    Optional<Waiting> newest =
        here()
            .filter(waiting -> waiting.segment().isMovable())
            .max(
                Comparator.comparing((Waiting w) -> !w.maybeStored())
                    .thenComparing(w -> w.segment().id()));
    newest.ifPresent(this::lend);
    return newest;
  }

  /** Lends the oldest segment of which somebody waits to hear that it is in the bucket. */
  synchronized Optional<Waiting> lendAwaited() {
    Optional<Waiting> awaited =
        here()
            .filter(waiting -> waiting.segment().milestones().waitForBucket())
            .filter(waiting -> waiting.segment().isMovable())
            .min(Comparator.comparing(waiting -> waiting.segment().id()));
    awaited.ifPresent(this::lend);
    return awaited;
  }

  private void lend(Waiting waiting) {
    if (!first.remove(waiting)) {
      again.removeIf(passed -> passed.waiting().equals(waiting));
    }
    lent.put(waiting, new Lent(waiting.segment().created(), waiting.segment().sizeBytes()));
  }

  /** One that was lent is not moved. */
  synchronized void giveBack(Waiting waiting) {
    lent.remove(waiting);
    add(waiting);
  }

  /** One that was lent is in the bucket now. */
  synchronized void moved(Waiting waiting, SegmentInBucket object) {
    lent.remove(waiting);
    addAway(away(object, waiting));
  }

  private static AwayLine.Away away(SegmentInBucket object, Waiting waiting) {
    return new AwayLine.Away(object, waiting.maybeStored(), waiting.turnsInVain(), waiting.sent());
  }

  private Stream<Waiting> here() {
    return Stream.concat(first.stream(), again.stream().map(PassedOver::waiting));
  }

  /** One that was lent is damaged, and another may stand for it. */
  synchronized void gone(Object lentOne) {
    lent.remove(lentOne);
  }

  /**
   * A segment that a look into the bucket has found. A copy of it may have been in hand then and be
   * back in line by now: it stands there once.
   */
  synchronized void foundAway(AwayLine.Away segment) {
    SegmentId id = segment.segment().id();
    boolean isInHand =
        lent.keySet().stream()
            .anyMatch(one ->
                one.equals(id)
                    || (one instanceof AwayLine.Away object && object.segment().id().equals(id))
                    || (one instanceof Waiting waiting && waiting.segment().id().equals(id)));
    if (!isInHand && !away.has(id)) {
      addAway(segment);
    }
  }

  /** A segment that is in the bucket. */
  synchronized void addAway(AwayLine.Away segment) {
    Duration pause =
        segment.turnsInVain() == 0
            ? Duration.ZERO
            : PAUSES.after(segment.turnsInVain(), time.random());
    away.add(segment, pause);
  }

  /**
   * Lends the segment in the bucket that should be fetched now, for its turn is near.
   *
   * @param copies how many copies are on the disk
   */
  synchronized Optional<AwayLine.Away> lendAway(int copies) {
    if (copies >= FETCHED_MAX) {
      return Optional.empty();
    }
    Optional<AwayLine.Away> next = nextAway();
    next.ifPresent(segment -> {
      away.remove(segment);
      lent.put(segment, new Lent(segment.segment().since(), segment.segment().sizeBytes()));
    });
    return next;
  }

  /** As on the disk: first what had no turn, and now and then what was passed over. */
  private Optional<AwayLine.Away> nextAway() {
    Optional<AwayLine.Away> again = away.again();
    boolean owed = turnsWithoutAgain >= SECOND_TURN_EVERY;
    Optional<AwayLine.Away> next = owed ? Optional.empty() : away.next().filter(this::isNear);
    if (next.isPresent() || (!owed && first.size() >= FETCH_AHEAD)) {
      return next;
    }
    if (again.isPresent()) {
      turnsWithoutAgain = 0;
      return again;
    }
    return away.next().filter(this::isNear);
  }

  private boolean isNear(AwayLine.Away segment) {
    return first.stream().filter(here -> isBefore(here, segment)).limit(FETCH_AHEAD).count()
        < FETCH_AHEAD;
  }

  private static boolean isBefore(Waiting here, AwayLine.Away segment) {
    return here.maybeStored() == segment.maybeStored()
        ? here.segment().id().compareTo(segment.segment().id()) < 0
        : here.maybeStored();
  }

  /** One that was lent is on the disk, and stands in line with what is. */
  synchronized void fetched(AwayLine.Away segment, ClosedSegment copy) {
    lent.remove(segment);
    first.add(new Waiting(copy, segment.maybeStored(), segment.turnsInVain(), segment.sent()));
    notifyAll();
  }

  /** One that was lent is still in the bucket, and may be tried again. */
  synchronized void giveBack(AwayLine.Away segment) {
    lent.remove(segment);
    addAway(segment);
  }

  /** Takes those of a gateway out of the line: another delivers them. */
  synchronized List<SegmentInBucket> dropAwayOf(int gateway) {
    return away.dropOf(gateway);
  }

  /** Whether any segment of this gateway is in the bucket or on its way. */
  synchronized boolean hasAwayOf(int gateway) {
    return away.hasOf(gateway) || isFetching(gateway);
  }

  /** Whether a segment of this gateway is on its way from the bucket. */
  synchronized boolean isFetching(int gateway) {
    return lent.keySet().stream()
        .anyMatch(one -> one instanceof AwayLine.Away back && back.segment().gateway() == gateway);
  }

  /** Whether any segment is on its way to the bucket. */
  synchronized boolean isMoving() {
    return lent.keySet().stream().anyMatch(Waiting.class::isInstance);
  }

  /** When the oldest of them began; empty if none waits. */
  synchronized Optional<Instant> oldest() {
    Stream<Instant> here = here().map(waiting -> waiting.segment().created());
    return Stream.concat(here, Stream.concat(away.since(), lent.values().stream().map(Lent::since)))
        .min(Comparator.naturalOrder());
  }

  /** Bytes of all that wait, wherever they are. */
  synchronized long sizeBytes() {
    return here().mapToLong(waiting -> waiting.segment().sizeBytes()).sum()
        + away.sizeBytes()
        + lent.values().stream().mapToLong(Lent::sizeBytes).sum();
  }

  /** All that wait, wherever they are. */
  synchronized int size() {
    return first.size() + again.size() + away.size() + lent.size();
  }
}
