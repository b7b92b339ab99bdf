package io.lodge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.StandingTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbesTest {
  private static final String TABLE = "otel.generic_logs_landing";

  private final StandingTime time = new StandingTime();
  private final Probes probes = new Probes(time);

  private void fail(int blocks) {
    for (int i = 0; i < blocks; i++) {
      probes.failed(TABLE, "block " + i, "a view is broken");
    }
  }

  @Test
  void fewBlocksThatFailStopNoOther() {
    fail(2);
    assertThat(probes.reasonToWait(TABLE, "other")).isEmpty();
  }

  @Test
  void whenSeveralFailTheOthersWaitAndThoseThatFailedMayTryAgain() {
    fail(3);
    assertThat(probes.reasonToWait(TABLE, "other")).isEqualTo("a view is broken");
    assertThat(probes.reasonToWait(TABLE, "block 1")).isEmpty();
    assertThat(probes.reasonToWait("otel.other_landing", "other")).isEmpty();
  }

  @Test
  void anotherIsTriedNowAndThenAndLessOftenEachTime() {
    fail(3);
    int tried = 0;
    for (int second = 0; second < 3600; second++) {
      time.sleep(Duration.ofSeconds(1));
      if (probes.reasonToWait(TABLE, "new " + second).isEmpty()) {
        tried++;
        probes.failed(TABLE, "new " + second, "a view is broken");
      }
    }
    // From half a minute to a minute apart at the end: 10,000 blocks last for days.
    assertThat(tried).isBetween(60, 140);
  }

  @Test
  void oneThatIsTakenFreesAll() {
    fail(5);
    probes.works(TABLE);
    assertThat(probes.reasonToWait(TABLE, "other")).isEmpty();
  }
}
