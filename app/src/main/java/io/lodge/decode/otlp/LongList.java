package io.lodge.decode.otlp;

import java.util.Arrays;

/** Numbers of one data point: counts of buckets, or the bits of bounds and quantiles. */
final class LongList {
  /** More make a dead letter of the point: what is kept for one must stay small. */
  static final int COUNT_MAX = 1 << 16;

  private long[] values = new long[32];
  private int count;
  private boolean tooMany;

  void clear() {
    count = 0;
    tooMany = false;
  }

  void add(long value) {
    if (count == COUNT_MAX) {
      tooMany = true;
      return;
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = value;
  }

  int count() {
    return count;
  }

  /** Whether some are not kept. */
  boolean tooMany() {
    return tooMany;
  }

  long get(int index) {
    return values[index];
  }
}
