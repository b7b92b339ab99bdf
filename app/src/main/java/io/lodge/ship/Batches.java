package io.lodge.ship;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Between those who read and the one who sends: one batch being filled. Readers wait while it is
 * full, so memory stays bounded however slow the other side is. Safe for any number of readers.
 */
final class Batches {
  /** Records per request: enough to make a request's own cost disappear. */
  static final int LINES_MAX = 2_000;

  /** Bytes per request: well below the 4 MiB that many receivers take at most. */
  static final long BYTES_MAX = 1L << 20;

  private final Duration linger;
  private Batch open = new Batch();
  private long openedNanos;
  private boolean closed;
  private long refused;

  /**
   * @param linger how long the first line of a batch waits for others at most
   */
  Batches(Duration linger) {
    this.linger = linger;
  }

  /** Adds a line, waiting for room. After {@link #close} lines are refused and counted. */
  synchronized void add(Origin origin, Line line) throws InterruptedException {
    while (isFull() && !closed) {
      wait();
    }
    if (closed) {
      refused++;
      return;
    }
    if (open.lines() == 0) {
      openedNanos = System.nanoTime();
    }
    open.add(origin, line, unixNanos());
    if (open.lines() == 1 || isFull()) {
      notifyAll();
    }
  }

  /** The next batch once it is full, old enough, or the last; empty when there are no more. */
  synchronized Optional<Batch> take() throws InterruptedException {
    while (!isFull() && !closed) {
      if (open.lines() == 0) {
        wait();
        continue;
      }
      long leftNanos = openedNanos + linger.toNanos() - System.nanoTime();
      if (leftNanos <= 0) {
        break;
      }
      Duration left = Duration.ofNanos(leftNanos);
      wait(left.toMillis(), left.toNanosPart() % 1_000_000);
    }
    if (open.lines() == 0) {
      return Optional.empty();
    }
    Batch taken = open;
    open = new Batch();
    notifyAll();
    return Optional.of(taken);
  }

  /** No more lines: what is there is the last batch. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Lines that were read but came after the close. */
  synchronized long refused() {
    return refused;
  }

  private boolean isFull() {
    return open.lines() >= LINES_MAX || open.lineBytes() >= BYTES_MAX;
  }

  private static long unixNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
