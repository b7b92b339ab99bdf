package io.lodge.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting for what must come, with a deadline far beyond what it takes on a busy machine. */
final class Waiting {
  static final Duration LONG = Duration.ofSeconds(90);
  private static final long POLL_NANOS = 20_000_000;

  private Waiting() {}

  /** Returns when the condition holds; a failure to find out counts as not yet. */
  static void until(String what, Callable<Boolean> condition) {
    until(what, condition, () -> "");
  }

  /**
   * @param circumstances what to say of the situation if it was in vain
   */
  static void until(String what, Callable<Boolean> condition, Supplier<String> circumstances) {
    long deadline = System.nanoTime() + LONG.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
        last = null;
      } catch (Exception notYet) {
        last = notYet;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "waited %s in vain until %s; %s".formatted(LONG, what, circumstances.get()), last);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
