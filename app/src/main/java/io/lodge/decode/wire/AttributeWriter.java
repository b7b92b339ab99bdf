package io.lodge.decode.wire;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;
import java.util.Arrays;

/**
 * Appends the attributes of records to one map column. It remembers the keys of the last row by
 * position: records of a program are alike, and its next one most likely has the same.
 */
public final class AttributeWriter {
  private int[] guesses = new int[32];

  /** Appends all of them as one row. */
  public void putRow(MapColumn<StringColumn> column, AttributeSlices attributes, byte[] body) {
    putRow(column, attributes, 0, attributes.count(), body);
  }

  /** Appends those from {@code from} up to {@code to} as one row. */
  public void putRow(
      MapColumn<StringColumn> column, AttributeSlices attributes, int from, int to, byte[] body) {
    LowCardinalityColumn keys = column.keys();
    StringColumn values = column.values();
    if (to - from > guesses.length) {
      guesses = Arrays.copyOf(guesses, (to - from) * 2);
    }
    for (int i = from; i < to; i++) {
      int keyAt = attributes.keyAt(i);
      guesses[i - from] =
          keys.put(
              attributes.source(body, keyAt),
              AttributeSlices.index(keyAt),
              attributes.keyLength(i),
              guesses[i - from]);
      int valueAt = attributes.valueAt(i);
      values.put(
          attributes.source(body, valueAt),
          AttributeSlices.index(valueAt),
          attributes.valueLength(i));
    }
    column.endRow();
  }
}
