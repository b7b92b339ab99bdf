package io.lodge.base;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The clocks and the sleep of the JVM. */
record SystemTime() implements Time {
  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // the caller has the loop
  public void await(Object monitor, Duration atMost) throws InterruptedException {
    monitor.wait(atMost.toMillis());
  }

  @Override
  public RandomGenerator random() {
    return ThreadLocalRandom.current();
  }
}
