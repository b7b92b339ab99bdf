package io.lodge.decode.wire;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import java.util.Arrays;

/**
 * A resource's or scope's attributes as dictionary keys of the open block: encoded once, copied to
 * each row. Reused from payload to payload.
 */
public final class SourceContext {
  private int[] keys = new int[32];
  private int[] values = new int[32];
  private int count;

  /** Takes the place of the attributes before. */
  public void set(MapColumn<LowCardinalityColumn> column, AttributeSlices attributes, byte[] body) {
    count = attributes.count();
    if (count > keys.length) {
      keys = new int[count * 2];
      values = new int[count * 2];
    }
    for (int i = 0; i < count; i++) {
      int keyAt = attributes.keyAt(i);
      keys[i] =
          column
              .keys()
              .keyOf(
                  attributes.source(body, keyAt),
                  AttributeSlices.index(keyAt),
                  attributes.keyLength(i));
      int valueAt = attributes.valueAt(i);
      values[i] =
          column
              .values()
              .keyOf(
                  attributes.source(body, valueAt),
                  AttributeSlices.index(valueAt),
                  attributes.valueLength(i));
    }
  }

  /** Appends the attributes as the map of the next rows, to the column they were set for. */
  public void putRows(MapColumn<LowCardinalityColumn> column, int rows) {
    column.keys().putKeys(keys, count, rows);
    column.values().putKeys(values, count, rows);
    column.endRows(count, rows);
  }

  /** The index of the attribute with this key, or -1. */
  public static int find(AttributeSlices attributes, byte[] body, byte[] key) {
    return find(attributes, body, key, 0, key.length);
  }

  /** The same for a key that is a slice. */
  public static int find(AttributeSlices attributes, byte[] body, int keyAt, int keyLength) {
    byte[] source = attributes.source(body, keyAt);
    return find(attributes, body, source, AttributeSlices.index(keyAt), keyLength);
  }

  private static int find(
      AttributeSlices attributes, byte[] body, byte[] key, int keyFrom, int keyLength) {
    for (int i = 0; i < attributes.count(); i++) {
      if (attributes.keyLength(i) == keyLength) {
        int keyAt = attributes.keyAt(i);
        int from = AttributeSlices.index(keyAt);
        byte[] source = attributes.source(body, keyAt);
        if (Arrays.equals(source, from, from + keyLength, key, keyFrom, keyFrom + keyLength)) {
          return i;
        }
      }
    }
    return -1;
  }
}
