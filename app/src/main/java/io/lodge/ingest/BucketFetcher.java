package io.lodge.ingest;

import io.lodge.base.Backoff;
import io.lodge.base.Time;
import io.lodge.bucket.BucketFault;
import io.lodge.journal.SegmentBucket;
import io.lodge.journal.SegmentBucket.Fetch;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings segments back from the bucket when their turn is near, and removes the objects of those
 * that ClickHouse has accepted.
 */
final class BucketFetcher {
  private static final Logger log = LoggerFactory.getLogger(BucketFetcher.class);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  /** Nothing more is fetched while so many objects wait to be deleted. */
  private static final int DUTIES_MAX = 16;

  private final SegmentBucket bucket;
  private final Backlog backlog;
  private final BucketKeeper keeper;
  private final BucketHealth health;
  private final Time time;
  private int failures;

  /** How often in a row the disk had no room for a segment, and until when none is fetched. */
  private int noRoom;

  private long pausesUntilNanos;

  BucketFetcher(
      SegmentBucket bucket, Backlog backlog, BucketKeeper keeper, BucketHealth health, Time time) {
    this.bucket = bucket;
    this.backlog = backlog;
    this.keeper = keeper;
    this.health = health;
    this.time = time;
    pausesUntilNanos = time.nanoTime();
  }

  /** Does one thing if there is any to do; returns how long to wait before the next turn. */
  Duration turn() {
    if (!keeper.holds()) {
      return LOOK;
    }
    try {
      boolean fetched = fetchOne();
      boolean deleted = bucket.doDuty();
      if (!fetched && !deleted) {
        return LOOK;
      }
      failures = 0;
      health.worked();
      return Duration.ZERO;
    } catch (BucketFault fault) {
      health.failed(fault);
      return BACKOFF.after(++failures, time.random());
    }
  }

  private boolean fetchOne() throws BucketFault {
    boolean pauses = pausesUntilNanos - time.nanoTime() > 0;
    Optional<AwayLine.Away> next =
        !pauses && bucket.duties() < DUTIES_MAX
            ? backlog.line().lendAway(bucket.fetched())
            : Optional.empty();
    if (next.isEmpty()) {
      return false;
    }
    AwayLine.Away away = next.get();
    try {
      switch (bucket.fetch(away.segment())) {
        case Fetch.Whole whole -> {
          backlog.fetched(away, whole.segment());
          noRoom = 0;
        }
        case Fetch.Damaged damaged -> {
          backlog.salvaged(away.segment().id(), damaged.intact());
          backlog.line().gone(away);
        }
        case Fetch.Gone gone -> {
          log.error(
              "segment {} is no longer in the bucket: what it held was acknowledged and is lost, unless ClickHouse has it; see what deletes there, such as a lifecycle rule",
              away.segment().id());
          backlog.lost(away.segment().id());
          backlog.line().gone(away);
          bucket.isLost(away.segment());
        }
        case Fetch.NoRoom _ -> {
          // All of it was downloaded to find that out.
          pausesUntilNanos = time.nanoTime() + BACKOFF.after(++noRoom, time.random()).toNanos();
          backlog.line().giveBack(away);
          return false;
        }
      }
      return true;
    } catch (BucketFault fault) {
      backlog.line().giveBack(away);
      throw fault;
    }
  }
}
