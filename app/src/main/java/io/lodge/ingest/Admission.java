package io.lodge.ingest;

import io.lodge.base.Time;
import io.lodge.journal.Journal;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether more may come in, by how full the journal is. What waits for ClickHouse fills it; where
 * that is near its budget, more and more requests are told to come again, so that it is still the
 * senders who wait when the last of it is taken. Thread-safe.
 */
final class Admission {
  /** From this share of the journal's budget on. */
  private static final double REFUSE_FROM = 0.95;

  /** Senders are told to come again when this share of the budget is free. */
  private static final double FREE_AGAIN = 0.05;

  private static final Duration RETRY_MIN = Duration.ofSeconds(1);
  private static final Duration RETRY_MAX = Duration.ofSeconds(30);

  /** While nothing drains nobody knows: not so long that senders idle once ClickHouse is back. */
  private static final Duration RETRY_UNKNOWN = Duration.ofSeconds(5);

  private final Journal journal;
  private final DrainRate drained;
  private final Time time;

  Admission(Journal journal, DrainRate drained, Time time) {
    this.journal = journal;
    this.drained = drained;
    this.time = time;
  }

  /** How long a sender should wait, if this request is not taken now; empty if it is. */
  Optional<Duration> refusal() {
    double used = journal.usedShare();
    if (used < REFUSE_FROM) {
      return Optional.empty();
    }
    double refused = (used - REFUSE_FROM) / (1 - REFUSE_FROM);
    return time.random().nextDouble() < refused ? Optional.of(retryAfter()) : Optional.empty();
  }

  /** When there will be room again, as far as the pace of the drain tells. */
  Duration retryAfter() {
    double bytesPerSecond = drained.bytesPerSecond();
    if (bytesPerSecond < 1) {
      return RETRY_UNKNOWN;
    }
    long millis = (long) (FREE_AGAIN * journal.budgetBytes() / bytesPerSecond * 1000);
    return Duration.ofMillis(Math.clamp(millis, RETRY_MIN.toMillis(), RETRY_MAX.toMillis()));
  }
}
