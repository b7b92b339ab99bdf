package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.rows.Slice;
import io.lodge.decode.wire.AttributeSlices;
import java.util.Arrays;

/** The exemplars of one data point as found. Offsets follow {@link AttributeSlices}. */
final class PointExemplars {
  /** More make a dead letter of the point: what is kept for one must stay small. */
  static final int COUNT_MAX = 1 << 16;

  private static final int LONGS = 2;
  private static final int INTS = 6;

  /** The attributes of all of them, one exemplar's after the other's. */
  final AttributeSlices attributes;

  private long[] longs = new long[4 * LONGS];
  private int[] ints = new int[4 * INTS];
  private int count;
  private boolean tooMany;

  PointExemplars(ByteSink text) {
    attributes = new AttributeSlices(text);
  }

  void clear() {
    attributes.clear();
    count = 0;
    tooMany = false;
  }

  int count() {
    return count;
  }

  /** Whether some are not kept. */
  boolean tooMany() {
    return tooMany;
  }

  /** Adds an exemplar, whose attributes have been added. */
  void add(long timeUnixNanos, int valueType, long valueBits, Slice traceId, Slice spanId) {
    if (count == COUNT_MAX) {
      tooMany = true;
      return;
    }
    if (count * LONGS == longs.length) {
      longs = Arrays.copyOf(longs, longs.length * 2);
      ints = Arrays.copyOf(ints, ints.length * 2);
    }
    longs[count * LONGS] = timeUnixNanos;
    longs[count * LONGS + 1] = valueBits;
    int to = count * INTS;
    ints[to] = valueType;
    ints[to + 1] = traceId.at;
    ints[to + 2] = traceId.length;
    ints[to + 3] = spanId.at;
    ints[to + 4] = spanId.length;
    ints[to + 5] = attributes.count();
    count++;
  }

  long timeUnixNanos(int exemplar) {
    return longs[exemplar * LONGS];
  }

  long valueBits(int exemplar) {
    return longs[exemplar * LONGS + 1];
  }

  int valueType(int exemplar) {
    return ints[exemplar * INTS];
  }

  int traceIdAt(int exemplar) {
    return ints[exemplar * INTS + 1];
  }

  int traceIdLength(int exemplar) {
    return ints[exemplar * INTS + 2];
  }

  int spanIdAt(int exemplar) {
    return ints[exemplar * INTS + 3];
  }

  int spanIdLength(int exemplar) {
    return ints[exemplar * INTS + 4];
  }

  /** Where its attributes begin in {@link #attributes}. */
  int attributesFrom(int exemplar) {
    return exemplar == 0 ? 0 : attributesTo(exemplar - 1);
  }

  int attributesTo(int exemplar) {
    return ints[exemplar * INTS + 5];
  }
}
