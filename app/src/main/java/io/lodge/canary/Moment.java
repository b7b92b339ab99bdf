package io.lodge.canary;

import io.lodge.base.Time;
import java.time.Instant;

/**
 * A moment on both clocks.
 *
 * @param unixNanos what a record is found by
 * @param nanoTime what durations are measured with
 */
record Moment(long unixNanos, long nanoTime) {
  static Moment now(Time time) {
    Instant now = time.instant();
    return new Moment(now.getEpochSecond() * 1_000_000_000L + now.getNano(), time.nanoTime());
  }

  long nanosSince(Moment earlier) {
    return nanoTime - earlier.nanoTime;
  }
}
