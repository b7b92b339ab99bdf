package io.lodge.ingest;

import io.lodge.base.ByteBudget;
import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.deliver.Courier;
import io.lodge.deliver.Delivery;
import io.lodge.deliver.Shipment;
import io.lodge.journal.ClosedSegment;
import io.lodge.lane.Lanes;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The way of fresh segments: encode, send, delete. A segment that ClickHouse does not take at once,
 * or whose blocks do not fit in memory, goes to the {@link Backlog}; nothing waits here for a
 * server that is away, so fresh data is first when it returns.
 */
final class Outbox {
  /** Tries of a fresh block before its segment goes to the backlog: a hiccup, not an outage. */
  private static final int ATTEMPTS_MAX = 3;

  private final PipelineOptions options;
  private final Courier courier;
  private final Backlog backlog;
  private final ByteBudget memory;
  private final ChunkPool chunks;
  private final IngestCounters counters;
  private final Time time;
  private final Consumer<Throwable> fatal;

  /**
   * A segment that has waited this long for its turn is fresh no more: while newer ones wait behind
   * it, it goes to the backlog. So after a stall the newest are sent at once, and where more comes
   * in than ClickHouse takes, what is sent is never older.
   */
  private static final Duration FRESH_MAX = Duration.ofSeconds(2);

  private volatile long lastHeldBytes;

  /** Shipments that wait for a sender. */
  private final AtomicInteger queued = new AtomicInteger();

  private final LanesPool lanesPool;
  private final ExecutorService encoders;
  private final ExecutorService senders;

  Outbox(
      PipelineOptions options,
      Courier courier,
      Backlog backlog,
      ByteBudget memory,
      LanesPool lanesPool,
      ChunkPool chunks,
      Workers workers,
      IngestCounters counters,
      Time time,
      Consumer<Throwable> fatal) {
    this.options = options;
    this.courier = courier;
    this.backlog = backlog;
    this.memory = memory;
    this.lanesPool = lanesPool;
    this.chunks = chunks;
    this.counters = counters;
    this.time = time;
    this.fatal = fatal;
    encoders = workers.encoders();
    senders = workers.senders();
  }

  /** Takes a closed segment and its rows; the lanes go back to the pool when encoded. */
  void add(ClosedSegment segment, Lanes lanes) {
    long closedNanos = time.nanoTime();
    backlog.pace().comes();
    encoders.execute(guarded(() -> encode(segment, lanes, closedNanos)));
  }

  private void encode(ClosedSegment segment, Lanes lanes, long closedNanos) {
    boolean wasted = courier.isAway() || !hasRoomAsForTheLast();
    Shipments.account(segment.id(), lanes);
    Shipment shipment =
        wasted ? null : Shipments.of(segment, lanes, options.compression(), chunks, time.instant());
    lanesPool.give(lanes);
    if (shipment == null) {
      postpone(segment, new Sent.Never());
      return;
    }
    lastHeldBytes = shipment.heldBytes();
    if (!memory.tryAcquire(shipment.heldBytes())) {
      shipment.release();
      postpone(segment, new Sent.Never());
    } else {
      execute(segment, shipment, closedNanos);
    }
  }

  /**
   * Whether there would be memory for another shipment as large as the last. Under more load than
   * ClickHouse takes there is none most of the time, and blocks would be encoded to be thrown away.
   */
  private boolean hasRoomAsForTheLast() {
    return memory.usedBytes() == 0 || memory.usedBytes() + lastHeldBytes <= memory.limitBytes();
  }

  private void execute(ClosedSegment segment, Shipment shipment, long closedNanos) {
    queued.incrementAndGet();
    try {
      senders.execute(guarded(() -> send(segment, shipment, closedNanos)));
    } catch (RejectedExecutionException stopping) {
      // The segment stays in the journal; the next start finds it.
      memory.release(shipment.heldBytes());
      shipment.release();
    }
  }

  /** A task that fails for any other reason than those it handles has broken an invariant. */
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable broken) {
        fatal.accept(broken);
      }
    };
  }

  private void send(ClosedSegment segment, Shipment shipment, long closedNanos) {
    boolean newerWait = queued.decrementAndGet() > 0;
    Sent.At sent = new Sent.At(time.nanoTime());
    try {
      if (newerWait && sent.nanos() - closedNanos > FRESH_MAX.toNanos()) {
        postpone(segment, new Sent.Never());
        return;
      }
      switch (courier.deliver(shipment, ATTEMPTS_MAX)) {
        case Delivery.Stored _ -> {
          segment.delete();
          counters.ledger().stored(segment);
          counters.segmentsStored.increment();
          backlog.pace().fresh(time.nanoTime() - closedNanos);
        }
        case Delivery.Postponed postponed ->
            postpone(segment, postponed.maybeStored() ? sent : new Sent.Never());
        // The rows are encoded and gone: the backlog makes them again, to find those at fault.
        case Delivery.Refused _ -> postpone(segment, sent);
      }
    } catch (InterruptedException stopping) {
      // The segment stays in the journal; the next start finds it.
      Thread.currentThread().interrupt();
    } finally {
      memory.release(shipment.heldBytes());
      shipment.release();
    }
  }

  private void postpone(ClosedSegment segment, Sent sent) {
    counters.segmentsPostponed.increment();
    counters.ledger().waits(segment);
    lanesPool.forgetSeries();
    backlog.add(segment, sent);
  }

  /** Sends what is under way, up to the deadline; the rest stays in the journal. */
  void stop(Duration deadline) throws InterruptedException {
    long endNanos = time.nanoTime() + deadline.toNanos();
    encoders.shutdown();
    boolean encoded = encoders.awaitTermination(deadline.toNanos(), TimeUnit.NANOSECONDS);
    senders.shutdown();
    long leftNanos = Math.max(0, endNanos - time.nanoTime());
    if (!encoded || !senders.awaitTermination(leftNanos, TimeUnit.NANOSECONDS)) {
      encoders.shutdownNow();
      senders.shutdownNow();
      senders.awaitTermination(2, TimeUnit.SECONDS);
    }
  }
}
