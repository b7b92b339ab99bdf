package io.lodge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.StandingTime;
import io.lodge.base.Time;
import io.lodge.clickhouse.InsertResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PressureLevelsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final InsertResult PARTS =
      new InsertResult.RetryLater(InsertResult.Wait.PRESSURE, 252, "Code: 252. Too many parts");
  private static final InsertResult MEMORY =
      new InsertResult.RetryLater(InsertResult.Wait.PRESSURE, 241, "Code: 241. Memory limit");
  private static final InsertResult STORED = new InsertResult.Stored(1);

  private final StandingTime time = new StandingTime();
  private final AtomicBoolean away = new AtomicBoolean();
  private final Pressure pressure = new Pressure(time, away::get);

  private void insert(InsertResult result, Duration took) throws InterruptedException {
    pressure.begin(true);
    time.sleep(took);
    pressure.ended(result, took.toNanos());
  }

  @Test
  void segmentsGrowOldWhileClickHouseIsAwayAndNotAMomentLonger() {
    away.set(true);
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(Duration.ofSeconds(16));
    assertThat(pressure.segmentAge(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(30));
    assertThat(pressure.level()).isEqualTo(Pressure.Level.CALM);
    away.set(false);
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(SECOND);
  }

  @Test
  void withoutPressureNothingIsHeldBack() throws Exception {
    for (int i = 0; i < 100; i++) {
      insert(STORED, Duration.ofMillis(500));
    }
    assertThat(pressure.level()).isEqualTo(Pressure.Level.CALM);
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(SECOND);
    assertThat(pressure.insertsMax()).isEqualTo(Integer.MAX_VALUE);
    assertThat(pressure.text()).isEmpty();
  }

  @Test
  void tooManyPartsMakeSegmentsOlderUpToALimit() throws Exception {
    insert(PARTS, SECOND);
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 10; i++) {
      insert(PARTS, SECOND);
    }
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(Duration.ofSeconds(16));
    assertThat(pressure.segmentAge(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(30));
    assertThat(pressure.segmentAge(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    assertThat(pressure.level()).isEqualTo(Pressure.Level.STRAINED);
    assertThat(pressure.text()).contains("Too many parts", "16 times");
  }

  @Test
  void wantOfMemoryMakesFewerInsertsAndNoLargerBlocks() throws Exception {
    pressure.begin(true);
    pressure.begin(true);
    pressure.begin(true);
    insert(MEMORY, SECOND);
    assertThat(pressure.insertsMax()).isEqualTo(2);
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(SECOND);
  }

  @Test
  void severalThatFailTogetherAreOneSign() throws Exception {
    for (int i = 0; i < 5; i++) {
      insert(PARTS, Duration.ofMillis(100));
    }
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void itEasesByStepsAndOnlyWithoutFurtherSigns() throws Exception {
    for (int i = 0; i < 4; i++) {
      insert(PARTS, SECOND);
    }
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(Duration.ofSeconds(16));
    time.sleep(Duration.ofSeconds(4));
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(Duration.ofSeconds(16));
    time.sleep(Duration.ofSeconds(1));
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(Duration.ofSeconds(15));
    time.sleep(Duration.ofMinutes(2));
    assertThat(pressure.level()).isEqualTo(Pressure.Level.CALM);
  }

  @Test
  void anInsertThatTakesFarLongerThanUsualIsASign() throws Exception {
    for (int i = 0; i < 50; i++) {
      insert(STORED, Duration.ofMillis(100));
    }
    insert(STORED, Duration.ofSeconds(4));
    assertThat(pressure.level()).isNotEqualTo(Pressure.Level.CALM);
    assertThat(pressure.text()).contains("an insert took 4.0 s");
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void afterAHangFreshRowsAreStillSoonFound() throws Exception {
    insert(STORED, Duration.ofMillis(100));
    for (int i = 0; i < 8; i++) {
      insert(STORED, Duration.ofSeconds(4));
    }
    assertThat(pressure.insertsMax()).isOne();
    assertThat(pressure.segmentAge(SECOND)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void anInsertWithoutAnAnswerIsASignOnlyIfItTookLong() throws Exception {
    InsertResult lost = new InsertResult.RetryLater(InsertResult.Wait.UNKNOWN_STATUS, 0, "lost");
    insert(STORED, Duration.ofMillis(100));
    insert(lost, Duration.ofMillis(100));
    assertThat(pressure.level()).isEqualTo(Pressure.Level.CALM);
    insert(lost, Duration.ofSeconds(60));
    assertThat(pressure.level()).isNotEqualTo(Pressure.Level.CALM);
  }

  @Test
  void whoeverIsHeldBackGoesOnWhenAnotherHasEnded() throws Exception {
    Pressure pressure = new Pressure(Time.SYSTEM, () -> false); // who waits is another thread
    pressure.begin(true);
    pressure.ended(PARTS, SECOND.toNanos());
    assertThat(pressure.insertsMax()).isOne();
    pressure.begin(false);
    Thread fresh =
        Thread.ofVirtual()
            .start(() -> {
              try {
                pressure.begin(true);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(fresh.join(Duration.ofMillis(50))).as("one at a time").isFalse();
    pressure.ended(STORED, 1);
    assertThat(fresh.join(Duration.ofSeconds(30))).isTrue();
  }
}
