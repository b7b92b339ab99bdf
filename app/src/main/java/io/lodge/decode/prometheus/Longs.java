package io.lodge.decode.prometheus;

import java.util.Arrays;

/** A growing run of numbers. */
final class Longs {
  private long[] values = new long[32];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return values[index];
  }

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }
}
