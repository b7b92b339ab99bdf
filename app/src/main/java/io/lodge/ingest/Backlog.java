package io.lodge.ingest;

import io.lodge.base.ByteSize;
import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.deliver.Courier;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.SegmentId;
import io.lodge.journal.SegmentInBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments that wait in the journal: found at start, or left when ClickHouse was away. They are
 * decoded again, in the order of the {@link WaitingLine}, and the same blocks go under the same
 * tokens until ClickHouse has them, beside fresh ones and at a pace that does not delay these. They
 * hold no memory while they wait.
 */
final class Backlog {
  private static final Logger log = LoggerFactory.getLogger(Backlog.class);

  /** More segments than a gateway sends at a time, and fewer than a token outlives. */
  private static final int IN_FLIGHT_MAX = 64;

  /** One decodes while the other waits for ClickHouse. */
  private static final int THREADS = 2;

  private static final Duration REPORT_EVERY = Duration.ofSeconds(30);

  private final DeliveryLedger ledger;
  private final WaitingLine waiting;
  private final List<Drain> drains;
  private final List<Thread> threads;
  private final Courier courier;
  private final Time time;
  private final Pace pace;
  private final DrainRate rate;
  private final AtomicLong reportNanos;
  private volatile boolean stopping;

  Backlog(
      PipelineOptions options,
      RulesInForce rules,
      Courier courier,
      LanesPool lanesPool,
      ChunkPool chunks,
      IngestCounters counters,
      Time time,
      Consumer<Throwable> fatal) {
    this.courier = courier;
    this.time = time;
    ledger = counters.ledger();
    waiting = new WaitingLine(time);
    pace = new Pace(time);
    rate = new DrainRate(time);
    reportNanos = new AtomicLong(time.nanoTime() + REPORT_EVERY.toNanos());
    Drain.Turns turns = new Drain.Turns();
    drains =
        IntStream.range(0, THREADS)
            .mapToObj(_ ->
                new Drain(
                    options, rules, waiting, courier, lanesPool, chunks, counters, rate, turns,
                    time))
            .toList();
    threads = drains.stream().map(drain -> thread(drain, fatal)).toList();
  }

  private Thread thread(Drain drain, Consumer<Throwable> fatal) {
    return Thread.ofPlatform()
        .name("backlog")
        .uncaughtExceptionHandler((_, broken) -> fatal.accept(broken))
        .unstarted(() -> run(drain));
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /**
   * @param sent whether blocks of it were sent and may be stored
   */
  void add(ClosedSegment segment, Sent sent) {
    waiting.add(new WaitingLine.Waiting(segment, !(sent instanceof Sent.Never), 0, sent));
  }

  /**
   * Which of them were being sent when the last process ended is not on disk: fresh segments go
   * first, so it was the newest, and the oldest, which has its turn next.
   *
   * @param leftovers oldest first
   */
  void addLeftovers(List<ClosedSegment> leftovers) {
    int newest = leftovers.size() - IN_FLIGHT_MAX;
    leftovers.forEach(ledger::found);
    for (int i = 0; i < leftovers.size(); i++) {
      waiting.add(new WaitingLine.Waiting(leftovers.get(i), i >= newest, 0, new Sent.Unknown()));
    }
  }

  /** Who waits, for those who move segments to the bucket and back. */
  WaitingLine line() {
    return waiting;
  }

  /** What is intact of a damaged segment waits in its place. */
  void salvage(ClosedSegment segment, String reason) {
    drains.getFirst().salvage(segment, reason);
  }

  /** A segment of a dead gateway, whose journal became ours. */
  void adopt(ClosedSegment segment) {
    ledger.found(segment);
    add(segment, new Sent.Unknown());
  }

  /** A segment that an earlier process, or another gateway, left in the bucket. */
  void foundAway(SegmentInBucket segment, boolean maybeStored) {
    ledger.found(segment.id(), segment.since());
    waiting.foundAway(new AwayLine.Away(segment, maybeStored, 0, new Sent.Unknown()));
  }

  /** A segment that waited on the disk waits in the bucket. */
  void moved(WaitingLine.Waiting segment, SegmentInBucket object) {
    ledger.movedToBucket(object.id());
    waiting.moved(segment, object);
  }

  /** One that waited in the bucket is on the disk again. */
  void fetched(AwayLine.Away object, ClosedSegment segment) {
    ledger.fetched(segment.id());
    waiting.fetched(object, segment);
  }

  /** Puts in line what was intact of a segment that is in quarantine in the bucket now. */
  void salvaged(SegmentId id, Optional<ClosedSegment> intact) {
    intact.ifPresentOrElse(ledger::salvaged, () -> ledger.quarantined(id));
    drains.getFirst().salvaged(intact);
  }

  /** A segment is no longer in the bucket, and nobody knows who took it. */
  void lost(SegmentId id) {
    ledger.lost(id);
  }

  /** Another gateway delivers what this one had in the bucket. */
  void handedOver(SegmentId id) {
    ledger.handedOver(id);
  }

  /** The other gateway has decided on a segment that was handed over to it. */
  void decidedElsewhere(SegmentId id) {
    ledger.decidedElsewhere(id);
  }

  /** Segments that wait. */
  int size() {
    return waiting.size();
  }

  /** When the oldest of them began; empty if none waits. */
  Optional<Instant> oldest() {
    return waiting.oldest();
  }

  /** Bytes of segments that wait. */
  long sizeBytes() {
    return waiting.sizeBytes();
  }

  DrainRate rate() {
    return rate;
  }

  Pace pace() {
    return pace;
  }

  /** Ends the threads; what waits stays in the journal. */
  void stop() throws InterruptedException {
    stopping = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void run(Drain drain) {
    try {
      while (!stopping) {
        turn(drain);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One step of a thread: waits for a segment whose turn has come, drains it, and rests. */
  void turn() throws InterruptedException {
    turn(drains.getFirst());
  }

  private void turn(Drain drain) throws InterruptedException {
    WaitingLine.Waiting next = waiting.take();
    long beganNanos = time.nanoTime();
    drain.drain(next);
    report();
    Duration rest = pace.restAfter(time.nanoTime() - beganNanos);
    if (rest.isPositive() && !courier.isAway()) {
      time.sleep(rest);
    }
  }

  /** Whether {@link #turn} would not wait. */
  boolean isTurn() {
    return waiting.isTurn();
  }

  /** Says now and then how it goes, as long as something waits and ClickHouse is there. */
  private void report() {
    long due = reportNanos.get();
    long now = time.nanoTime();
    if (now - due < 0 || !reportNanos.compareAndSet(due, now + REPORT_EVERY.toNanos())) {
      return;
    }
    int segments = waiting.size();
    if (segments == 0 || courier.isAway()) {
      return;
    }
    long bytes = waiting.sizeBytes();
    log.info(
        "the backlog drains: {} segments of {} wait, {} a second, {}",
        segments,
        ByteSize.format(bytes),
        ByteSize.format((long) rate.bytesPerSecond()),
        rate.timeFor(bytes)
            .map(left -> "done in about " + left.toSeconds() + " s")
            .orElse("nobody knows how long it takes"));
  }
}
