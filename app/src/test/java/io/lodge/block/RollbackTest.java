package io.lodge.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a rollback the bytes are those of columns that never saw what was dropped. */
class RollbackTest {

  @ParameterizedTest
  @EnumSource
  void whateverWasAppendedLeavesNoTrace(SampleRows dropped) {
    for (SampleRows kept : SampleRows.values()) {
      var columns = new SampleColumns();
      var untouched = new SampleColumns();
      kept.addTo(columns);
      kept.addTo(untouched);
      columns.mark();
      dropped.addTo(columns);
      columns.rollback();
      SampleRows.randomRows(columns, 7, 50);
      SampleRows.randomRows(untouched, 7, 50);
      assertThat(Arrays.mismatch(columns.bytes(), untouched.bytes())).as("%s", kept).isEqualTo(-1);
    }
  }

  @Test
  void anySequenceOfMarksAndRollbacksLeavesOnlyWhatWasKept() {
    var random = new SplittableRandom(8);
    for (int round = 0; round < 20; round++) {
      var columns = new SampleColumns();
      var untouched = new SampleColumns();
      for (int step = 0; step < 60; step++) {
        columns.mark();
        long seed = random.nextInt(1000);
        int count = random.nextInt(200);
        SampleRows.randomRows(columns, seed, count);
        if (random.nextBoolean()) {
          columns.rollback();
        } else {
          SampleRows.randomRows(untouched, seed, count);
        }
      }
      assertThat(Arrays.mismatch(columns.bytes(), untouched.bytes())).isEqualTo(-1);
    }
  }

  @Test
  void aRolledBackDictionaryStillFindsItsValues() {
    var column = new LowCardinalityColumn();
    var random = new SplittableRandom(9);
    int kept = 0;
    for (int round = 0; round < 200; round++) {
      column.mark();
      int added = random.nextInt(100);
      for (int i = 0; i < added; i++) {
        byte[] value = SampleColumns.latin1("value " + (kept + i));
        assertThat(column.keyOf(value, 0, value.length)).isEqualTo(kept + i + 1);
      }
      if (random.nextBoolean()) {
        column.rollback();
      } else {
        kept += added;
      }
      for (int i = 0; i < kept; i += 7) {
        byte[] value = SampleColumns.latin1("value " + i);
        assertThat(column.keyOf(value, 0, value.length)).isEqualTo(i + 1);
        // A wrong guess, even one from beyond a rollback, changes nothing.
        assertThat(column.put(value, 0, value.length, random.nextInt(20_000))).isEqualTo(i + 1);
        assertThat(column.put(value, 0, value.length, i + 1)).isEqualTo(i + 1);
      }
    }
  }
}
