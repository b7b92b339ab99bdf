package io.lodge.ingest;

import io.lodge.base.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast the backlog drains, over the last half minute. Thread-safe. */
final class DrainRate {
  private static final Duration OVER = Duration.ofSeconds(30);

  /** Kept at most, however fast segments go. */
  private static final int SAMPLES_MAX = 256;

  /** A rate over less than this would be chance. */
  private static final Duration OVER_MIN = Duration.ofSeconds(2);

  /** When nothing was drained for so long, it begins anew: an outage is no slow drain. */
  private static final Duration PAUSE_MIN = Duration.ofSeconds(10);

  private final Time time;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long drainedBytes;
  private long drainedNanos;

  private record Sample(long nanos, long drainedBytes) {}

  DrainRate(Time time) {
    this.time = time;
    drainedNanos = time.nanoTime();
    samples.add(new Sample(drainedNanos, 0));
  }

  /** A segment that waited is stored. */
  synchronized void drained(long bytes) {
    long now = time.nanoTime();
    if (now - drainedNanos >= PAUSE_MIN.toNanos()) {
      samples.clear();
      samples.add(new Sample(now - OVER_MIN.toNanos(), drainedBytes));
    }
    drainedNanos = now;
    drainedBytes += bytes;
    forget(now);
    if (now - samples.getLast().nanos >= OVER.toNanos() / SAMPLES_MAX) {
      samples.add(new Sample(now, drainedBytes));
    }
  }

  /** The last sample that is too old stays: it says where the half minute began. */
  private void forget(long now) {
    while (samples.size() > 1 && now - second().nanos >= OVER.toNanos()) {
      samples.removeFirst();
    }
  }

  private Sample second() {
    var each = samples.iterator();
    each.next();
    return each.next();
  }

  /** Bytes of segments drained since the process began. */
  synchronized long drainedBytes() {
    return drainedBytes;
  }

  synchronized double bytesPerSecond() {
    long now = time.nanoTime();
    forget(now);
    Sample from = samples.getFirst();
    long nanos = Math.clamp(now - from.nanos, OVER_MIN.toNanos(), OVER.toNanos());
    return (drainedBytes - from.drainedBytes) * 1e9 / nanos;
  }

  /** How long it takes at this rate; empty if nothing drains. */
  Optional<Duration> timeFor(long bytes) {
    double rate = bytesPerSecond();
    return rate < 1
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) Math.min(1e12, bytes / rate * 1000)));
  }
}
