package io.lodge.ingest;

import io.lodge.base.Time;
import java.time.Duration;

/**
 * How much of the time the backlog drains. As much as it can while fresh segments are stored in
 * time; half as much, and half again, while they are late; a little more each second once they are
 * not. Thread-safe.
 */
final class Pace {
  /**
   * From the end of a fresh segment to its rows in ClickHouse. With the second that it is open, and
   * one to spare, what was just sent is found within five.
   */
  private static final Duration FRESH_MAX = Duration.ofSeconds(2);

  private static final Duration CHANGE_EVERY = Duration.ofSeconds(1);
  private static final double SHARE_MIN = 1.0 / 32;
  private static final double SHARE_STEP = 1.0 / 16;

  /** A drain that rests longer would not notice that it need not any more. */
  private static final Duration REST_MAX = Duration.ofSeconds(5);

  private final Time time;

  /** Where no fresh segment came for so long, none can be late. */
  private static final Duration ALONE_FROM = Duration.ofSeconds(3);

  private double share = 1;
  private long changedNanos;
  private long cameNanos;

  Pace(Time time) {
    this.time = time;
    changedNanos = time.nanoTime();
    cameNanos = changedNanos;
  }

  /** A fresh segment is on its way. */
  synchronized void comes() {
    cameNanos = time.nanoTime();
  }

  /** A fresh segment is stored, so long after it was closed. */
  synchronized void fresh(long tookNanos) {
    long now = time.nanoTime();
    if (now - changedNanos < CHANGE_EVERY.toNanos()) {
      return;
    }
    if (tookNanos > FRESH_MAX.toNanos()) {
      share = Math.max(SHARE_MIN, share / 2);
      changedNanos = now;
    } else if (share < 1) {
      share = Math.min(1, share + SHARE_STEP);
      changedNanos = now;
    }
  }

  /** From 0 to 1: all of the time. */
  synchronized double share() {
    if (time.nanoTime() - cameNanos > ALONE_FROM.toNanos()) {
      share = 1;
    }
    return share;
  }

  /** How long to rest after having worked so long. */
  Duration restAfter(long workedNanos) {
    double now = share();
    double nanos = workedNanos * (1 / now - 1);
    return Duration.ofNanos((long) Math.min((double) REST_MAX.toNanos(), nanos));
  }
}
