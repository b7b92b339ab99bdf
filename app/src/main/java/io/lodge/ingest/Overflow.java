package io.lodge.ingest;

import io.lodge.base.Time;
import io.lodge.bucket.BucketFault;
import io.lodge.journal.BucketCounters;
import io.lodge.journal.Journal;
import io.lodge.journal.SegmentBucket;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments that do not fit on the disk wait in a bucket. Three threads: one moves them there, one
 * brings them back, one keeps the leases. None of them is waited for by an acknowledgement or by
 * the delivery of what is on the disk, whatever the bucket does.
 */
public final class Overflow {
  private static final Logger log = LoggerFactory.getLogger(Overflow.class);

  /** How long a stop waits for the bucket, to give up its leases. */
  private static final Duration RELEASE = Duration.ofSeconds(3);

  private final SegmentBucket bucket;
  private final long budgetBytes;
  private final Time time;
  private final Consumer<Throwable> fatal;
  private final BucketHealth health = new BucketHealth();
  private final BucketKeeper keeper;
  private final BucketMover mover;
  private final BucketFetcher fetcher;
  private final List<Thread> threads;
  private volatile boolean stopping;

  Overflow(
      Journal journal,
      SegmentBucket bucket,
      long budgetBytes,
      Backlog backlog,
      Time time,
      Consumer<Throwable> fatal) {
    this.bucket = bucket;
    this.budgetBytes = budgetBytes;
    this.time = time;
    this.fatal = fatal;
    keeper = new BucketKeeper(bucket, backlog, health, time);
    mover = new BucketMover(journal, bucket, budgetBytes, backlog, keeper, health, time);
    fetcher = new BucketFetcher(bucket, backlog, keeper, health, time);
    threads =
        List.of(
            thread("bucket-keep", keeper::turn),
            thread("bucket-move", mover::turn),
            thread("bucket-fetch", fetcher::turn));
  }

  /** Virtual, because only there an interrupt ends a write to a socket that nobody reads. */
  private Thread thread(String name, Supplier<Duration> turn) {
    return Thread.ofVirtual().name(name).unstarted(() -> loop(turn));
  }

  private void loop(Supplier<Duration> turn) {
    try {
      while (!stopping) {
        Duration pause = turn.get();
        if (!pause.isZero()) {
          time.sleep(pause);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Throwable broken) {
      if (!stopping) {
        fatal.accept(broken);
      }
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  BucketKeeper keeper() {
    return keeper;
  }

  BucketMover mover() {
    return mover;
  }

  BucketFetcher fetcher() {
    return fetcher;
  }

  public BucketCounters counters() {
    return bucket.counters();
  }

  /** Most bytes that this gateway may have there. */
  public long budgetBytes() {
    return budgetBytes;
  }

  /** Why the bucket cannot be used now; empty if, as far as known, it can. */
  public String trouble() {
    return health.trouble();
  }

  /**
   * Whether all that the bucket has for this gateway is in the backlog's line, but for what is put
   * aside there. Not so before the bucket was seen after a start, and while another gateway has the
   * lease.
   */
  public boolean isKnown() {
    return keeper.knowsOwn();
  }

  /** Whether any segment of this gateway is put aside in the bucket, for a person to look at. */
  public boolean hasQuarantined() throws BucketFault {
    return bucket.hasQuarantined();
  }

  /** Calls that failed. */
  public long failures() {
    return health.failures();
  }

  /** Ends the threads; what is in the bucket stays there, and is free to be adopted. */
  public void stop() throws InterruptedException {
    stopping = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join(RELEASE);
    }
    Thread release = Thread.ofVirtual().name("bucket-release").start(this::release);
    if (!release.join(RELEASE)) {
      release.interrupt();
    }
  }

  private void release() {
    try {
      boolean more = true;
      while (more) {
        more = bucket.doDuty();
      }
      keeper.release();
    } catch (BucketFault fault) {
      log.warn("cannot give up the lease: {}; it ends by itself", fault.getMessage());
    }
  }
}
