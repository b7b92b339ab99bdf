package io.lodge.base;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Time that stands still until it is moved, or slept away. For one thread. */
public final class StandingTime implements Time {
  private final RandomGenerator random = new Random(1);
  private long nanos;

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) {
    nanos += duration.toNanos();
  }

  @Override
  public void await(Object monitor, Duration atMost) {
    sleep(atMost);
  }

  @Override
  public RandomGenerator random() {
    return random;
  }
}
