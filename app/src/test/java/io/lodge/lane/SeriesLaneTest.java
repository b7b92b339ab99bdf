package io.lodge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesLaneTest {
  private static final int DAY = 20_000;
  private static final int HOUR = 480_000;

  private final SeriesMemory memory = new SeriesMemory();
  private final Lanes lanes = new Lanes(memory);

  private boolean isNew(Lanes in, long id) {
    return in.series().isNew(id, DAY, HOUR);
  }

  @Test
  void leavesOutWhatAnotherBlockOfTheHourHas() {
    assertThat(isNew(lanes, 1)).isTrue();
    assertThat(isNew(lanes, 1)).as("in the same block").isFalse();
    Lanes next = new Lanes(memory);
    assertThat(isNew(next, 1)).isFalse();
    assertThat(isNew(next, 2)).isTrue();
    assertThat(next.series().isNew(1, DAY + 1, HOUR)).as("on another day").isTrue();
    assertThat(next.series().isNew(1, DAY, HOUR + 1)).as("within another hour").isTrue();
  }

  @Test
  void writesAgainWhatWasRolledBack() {
    isNew(lanes, 1);
    lanes.mark();
    isNew(lanes, 2);
    lanes.rollback();
    assertThat(isNew(lanes, 1)).isFalse();
    assertThat(isNew(lanes, 2)).isTrue();
    Lanes next = new Lanes(memory);
    assertThat(isNew(next, 2)).isFalse();
  }

  @Test
  void writesEverythingOfASegmentThatWaited() {
    isNew(lanes, 1);
    Lanes late = new Lanes(memory);
    late.replay();
    assertThat(isNew(late, 1)).isTrue();
    assertThat(isNew(late, 1)).as("once in its block").isFalse();
    assertThat(late.series().blockName()).isNotEqualTo(lanes.series().blockName());
    late.mark();
    isNew(late, 3);
    late.rollback();
    assertThat(isNew(new Lanes(memory), 3)).as("others do not count on it").isTrue();
    late.clear();
    assertThat(isNew(late, 1)).as("fresh again").isFalse();
  }

  @Test
  void writesEverythingAgainOnceItForgot() {
    isNew(lanes, 1);
    memory.forgetAll();
    assertThat(isNew(new Lanes(memory), 1)).isTrue();
  }
}
