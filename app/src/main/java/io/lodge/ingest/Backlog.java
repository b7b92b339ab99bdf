package io.lodge.ingest;

import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.deliver.Courier;
import io.lodge.journal.ClosedSegment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Segments that wait in the journal: found at start, or left when ClickHouse was away. One thread
 * decodes them again, in the order of the {@link WaitingLine}, and sends the same blocks under the
 * same tokens until ClickHouse has them. They hold no memory while they wait.
 */
final class Backlog {
  /** More segments than a gateway sends at a time, and fewer than a token outlives. */
  private static final int IN_FLIGHT_MAX = 64;

  private final WaitingLine waiting;
  private final Drain drain;
  private final Thread thread;
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
    waiting = new WaitingLine(time);
    drain = new Drain(options, rules, waiting, courier, lanesPool, chunks, counters, time);
    thread =
        Thread.ofPlatform()
            .name("backlog")
            .uncaughtExceptionHandler((t, broken) -> fatal.accept(broken))
            .unstarted(this::run);
  }

  void start() {
    thread.start();
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
    for (int i = 0; i < leftovers.size(); i++) {
      waiting.add(new WaitingLine.Waiting(leftovers.get(i), i >= newest, 0, new Sent.Unknown()));
    }
  }

  /** Segments that wait. */
  int size() {
    return waiting.size();
  }

  /** When the oldest of them began; empty if none waits. */
  Optional<Instant> oldest() {
    return waiting.oldest();
  }

  /** Ends the thread; what waits stays in the journal. */
  void stop() throws InterruptedException {
    stopping = true;
    thread.interrupt();
    thread.join();
  }

  private void run() {
    try {
      while (!stopping) {
        turn();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One step of the thread: waits for a segment whose turn has come, and drains it. */
  void turn() throws InterruptedException {
    drain.drain(waiting.take());
  }

  /** Whether {@link #turn} would not wait. */
  boolean isTurn() {
    return waiting.isTurn();
  }
}
