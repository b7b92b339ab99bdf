package io.lodge.base;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Time as those see it who wait, and the chance that spreads their waits. Handed in, so that a
 * simulation can let hours pass in a moment, and the same way each time. Thread-safe.
 */
public interface Time extends InstantSource {
  /** The time of this machine. */
  Time SYSTEM = new SystemTime();

  /** As {@link System#nanoTime}: for what lasts, not for what a clock shows. */
  long nanoTime();

  void sleep(Duration duration) throws InterruptedException;

  /**
   * Waits until somebody notifies, at most so long, as {@link Object#wait(long)}: the caller holds
   * the monitor, and asks again in a loop what it waits for.
   */
  void await(Object monitor, Duration atMost) throws InterruptedException;

  /** For {@link Backoff}. */
  RandomGenerator random();
}
