package io.lodge.block;

import java.util.Arrays;

/**
 * A growing run of ints: the dictionary keys of a LowCardinality column before they are narrowed.
 */
public final class IntSink {
  private int[] ints;
  private int length;

  public IntSink(int capacity) {
    ints = new int[capacity];
  }

  /** The backing array; valid until the next append. */
  public int[] array() {
    return ints;
  }

  public int length() {
    return length;
  }

  public void truncate(int newLength) {
    length = newLength;
  }

  public void clear(int keep) {
    length = 0;
    if (ints.length > keep) {
      ints = new int[keep];
    }
  }

  public void put(int value) {
    if (length == ints.length) {
      reserve(1);
    }
    ints[length++] = value;
  }

  /** Appends the same int {@code times} times. */
  public void fill(int value, int times) {
    reserve(times);
    Arrays.fill(ints, length, length + times, value);
    length += times;
  }

  /** Appends the run {@code times} times. */
  public void putAll(int[] source, int offset, int count, int times) {
    reserve(Math.multiplyExact(count, times));
    for (int i = 0; i < times; i++) {
      System.arraycopy(source, offset, ints, length, count);
      length += count;
    }
  }

  private void reserve(int count) {
    int needed = Math.addExact(length, count);
    if (needed <= ints.length) {
      return;
    }
    ints = Arrays.copyOf(ints, ByteSink.capacityFor(needed, ints.length));
  }
}
