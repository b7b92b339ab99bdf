package io.lodge.base;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubled each time up to a limit, of which a random part
 * (half to all) is waited so that many clients do not come back together.
 *
 * <p>Immutable and thread-safe; the caller counts attempts.
 *
 * @param first the longest wait after the first failure
 * @param max the longest wait ever
 */
public record Backoff(Duration first, Duration max) {

  /**
   * The wait after a failed attempt.
   *
   * @param attempt 1 for the first that failed
   */
  public Duration after(int attempt, RandomGenerator random) {
    long firstNanos = first.toNanos();
    int doublings = Math.min(attempt - 1, 30);
    long ceiling =
        Math.min(max.toNanos(), firstNanos << Math.min(doublings, spareBits(firstNanos)));
    return Duration.ofNanos(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
  }

  private static int spareBits(long value) {
    return Math.max(0, Long.numberOfLeadingZeros(value) - 1);
  }
}
