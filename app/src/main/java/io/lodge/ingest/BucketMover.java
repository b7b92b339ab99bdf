package io.lodge.ingest;

import io.lodge.base.Backoff;
import io.lodge.base.Time;
import io.lodge.bucket.BucketFault;
import io.lodge.journal.DamagedSegmentException;
import io.lodge.journal.Journal;
import io.lodge.journal.SegmentBucket;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the newest segments that wait to the bucket while the disk is filling. The oldest stay, for
 * they are sent first.
 */
final class BucketMover {
  private static final Logger log = LoggerFactory.getLogger(BucketMover.class);

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  private final Journal journal;
  private final SegmentBucket bucket;
  private final long budgetBytes;
  private final Backlog backlog;
  private final BucketKeeper keeper;
  private final BucketHealth health;
  private final Time time;
  private int failures;
  private boolean full;

  BucketMover(
      Journal journal,
      SegmentBucket bucket,
      long budgetBytes,
      Backlog backlog,
      BucketKeeper keeper,
      BucketHealth health,
      Time time) {
    this.journal = journal;
    this.bucket = bucket;
    this.budgetBytes = budgetBytes;
    this.backlog = backlog;
    this.keeper = keeper;
    this.health = health;
    this.time = time;
  }

  /** Moves one segment if there is need; returns how long to wait before the next turn. */
  Duration turn() {
    if (!keeper.holds() || isFull()) {
      return LOOK;
    }
    Optional<WaitingLine.Waiting> next = next();
    if (next.isEmpty()) {
      return LOOK;
    }
    try {
      backlog.moved(next.get(), bucket.move(next.get().segment()));
      failures = 0;
      health.worked();
      return Duration.ZERO;
    } catch (DamagedSegmentException damaged) {
      backlog.salvage(next.get().segment(), String.valueOf(damaged.getMessage()));
      backlog.line().gone(next.get());
      return Duration.ZERO;
    } catch (BucketFault fault) {
      backlog.line().giveBack(next.get());
      health.failed(fault);
      return BACKOFF.after(++failures, time.random());
    }
  }

  /** What somebody waits to have in the bucket goes there at once, the rest for want of room. */
  private Optional<WaitingLine.Waiting> next() {
    Optional<WaitingLine.Waiting> awaited = backlog.line().lendAwaited();
    return awaited.isEmpty() && journal.isFilling() ? backlog.line().lendNewest() : awaited;
  }

  private boolean isFull() {
    boolean now = bucket.counters().bytes() >= budgetBytes;
    if (now && !full) {
      log.warn(
          "journal.bucket.budget is used up: what comes now stays on disk, and when that is full too, requests are refused");
    }
    full = now;
    return now;
  }
}
