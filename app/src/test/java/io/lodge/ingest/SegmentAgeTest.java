package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.model.Ack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments grow older under pressure, but for those that somebody waits for. */
class SegmentAgeTest {
  private static final Duration AGE = OnePipeline.options().segmentAgeMax();

  @TempDir Path dir;
  private SteppedOverflow steps;

  @BeforeEach
  void underPressure() throws Exception {
    OnePipeline.leave(dir, List.of("a"));
    steps = new SteppedOverflow(dir, SteppedOverflow.bucket());
    steps.drainInVain();
    assertThat(steps.courier.pressure().segmentAge(AGE)).isGreaterThan(AGE);
  }

  /** Whether the segment of a request is closed once it has its age. */
  private boolean isClosedInTime(Ack ack) throws Exception {
    Intake intake = steps.pipeline.accepting(ack, Duration.ofHours(1));
    var _ = intake.submit(OnePipeline.logs(List.of("b")));
    Shard shard = steps.pipeline.shards().getFirst();
    shard.turn(0);
    assertThat(shard.isTurn()).as("at once").isFalse();
    steps.time.sleep(AGE);
    return shard.isTurn();
  }

  @Test
  void oneThatNobodyWaitsForIsStretched() throws Exception {
    assertThat(isClosedInTime(Ack.DISK)).isFalse();
  }

  @Test
  void oneWhoseClientWaitsForClickHouseIsNot() throws Exception {
    assertThat(isClosedInTime(Ack.CLICKHOUSE)).isTrue();
  }

  @Test
  void oneWhoseClientWaitsForTheBucketIsNot() throws Exception {
    assertThat(isClosedInTime(Ack.OBJECT)).isTrue();
  }
}
