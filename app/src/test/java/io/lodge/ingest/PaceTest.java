package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.StandingTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final StandingTime time = new StandingTime();
  private final Pace pace = new Pace(time);
  private final DrainRate rate = new DrainRate(time);

  private void fresh(int seconds, long tookNanos) {
    for (int i = 0; i < seconds; i++) {
      time.sleep(Duration.ofSeconds(1));
      pace.comes();
      pace.fresh(tookNanos);
    }
  }

  @Test
  void drainsAllTheTimeWhileNobodyIsLate() {
    fresh(10, SECOND);
    assertThat(pace.restAfter(SECOND)).isZero();
  }

  @Test
  void restsMoreAndMoreWhileFreshSegmentsAreLateAndLessOnceTheyAreNot() {
    fresh(1, 3 * SECOND);
    assertThat(pace.restAfter(SECOND)).isEqualTo(Duration.ofSeconds(1));
    fresh(1, 3 * SECOND);
    assertThat(pace.restAfter(SECOND)).isEqualTo(Duration.ofSeconds(3));
    fresh(10, 3 * SECOND);
    assertThat(pace.restAfter(SECOND)).isEqualTo(Duration.ofSeconds(5));
    fresh(16, SECOND);
    assertThat(pace.restAfter(SECOND)).isZero();
  }

  @Test
  void drainsAllTheTimeOnceNoFreshSegmentsCome() {
    fresh(10, 3 * SECOND);
    time.sleep(Duration.ofSeconds(2));
    assertThat(pace.restAfter(SECOND)).isEqualTo(Duration.ofSeconds(5));
    time.sleep(Duration.ofSeconds(2));
    assertThat(pace.restAfter(SECOND)).isZero();
  }

  @Test
  void tellsHowFastItDrainsAndHowLongItTakes() {
    assertThat(rate.timeFor(1000)).isEmpty();
    for (int i = 0; i < 100; i++) {
      time.sleep(Duration.ofSeconds(1));
      rate.drained(2000);
    }
    assertThat(rate.bytesPerSecond()).isBetween(1900.0, 2100.0);
    assertThat(rate.timeFor(100_000).orElseThrow())
        .isBetween(Duration.ofSeconds(45), Duration.ofSeconds(55));
    assertThat(rate.drainedBytes()).isEqualTo(200_000);
    time.sleep(Duration.ofMinutes(1));
    assertThat(rate.timeFor(100_000)).isEmpty();
  }

  @Test
  void anOutageBeforeIsNoSlowDrain() {
    rate.drained(2000);
    time.sleep(Duration.ofMinutes(10));
    for (int i = 0; i < 6; i++) {
      rate.drained(2000);
      time.sleep(Duration.ofSeconds(1));
    }
    assertThat(rate.bytesPerSecond()).isBetween(1400.0, 2100.0);
  }
}
