package io.lodge.query.time;

import java.time.Duration;

/**
 * Cuts a range into windows that follow each other, the newest or the oldest first: a small one, so
 * that first rows come at once, then larger ones, as long as they are answered quickly. For one
 * thread.
 */
public final class Windows {
  /** Of the busiest logs that is a few hundred thousand rows; ClickHouse reads them in 0.1 s. */
  private static final long FIRST_NANOS = Duration.ofMinutes(5).toNanos();

  private static final int GROWTH = 4;

  /** After a window without rows: what is looked for is rare, or older. */
  private static final int GROWTH_EMPTY = 16;

  /** Beyond that the rest of the range is one window: empty ones cost a question each. */
  private static final long LAST_NANOS = Duration.ofDays(300).toNanos();

  /** A window that took longer is not followed by a larger one. */
  private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();

  private final boolean newestFirst;
  private TimeRange rest;
  private long lengthNanos = FIRST_NANOS;

  public Windows(TimeRange range, boolean newestFirst) {
    this.newestFirst = newestFirst;
    rest = range;
  }

  public boolean hasNext() {
    return !rest.isEmpty();
  }

  /** What is still to be gone through. */
  public TimeRange rest() {
    return rest;
  }

  public TimeRange next() {
    long length =
        lengthNanos >= LAST_NANOS ? rest.lengthNanos() : Math.min(lengthNanos, rest.lengthNanos());
    TimeRange window;
    if (newestFirst) {
      long cut = rest.toNanos() - length;
      window = new TimeRange(cut, rest.toNanos());
      rest = new TimeRange(rest.fromNanos(), cut);
    } else {
      long cut = rest.fromNanos() + length;
      window = new TimeRange(rest.fromNanos(), cut);
      rest = new TimeRange(cut, rest.toNanos());
    }
    return window;
  }

  /**
   * Says how the last window went, for the length of the next.
   *
   * @param nanos it took
   * @param empty whether it had no rows
   */
  public void took(long nanos, boolean empty) {
    if (nanos <= SLOW_NANOS && lengthNanos < LAST_NANOS) {
      lengthNanos *= empty ? GROWTH_EMPTY : GROWTH;
    } else if (nanos > GROWTH * SLOW_NANOS
        && lengthNanos > FIRST_NANOS
        && lengthNanos < LAST_NANOS) {
      lengthNanos /= GROWTH;
    }
  }
}
