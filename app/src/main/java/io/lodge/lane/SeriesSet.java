package io.lodge.lane;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Which (series, day) pairs a block has already: open addressing over the pairs in the order in
 * which they were added, so that a mark can be returned to.
 */
final class SeriesSet {
  private static final int INITIAL = 1024;
  private static final int FREE = -1;

  private long[] ids = new long[INITIAL];
  private int[] days = new int[INITIAL];
  private long[] keys = new long[INITIAL];
  private int[] table = new int[INITIAL * 2];
  private int size;
  private int marked;

  SeriesSet() {
    Arrays.fill(table, FREE);
  }

  /**
   * Adds the pair; false if it was there.
   *
   * @param key what a rollback names it by
   */
  boolean add(long id, int day, long key) {
    int mask = table.length - 1;
    int slot = slot(id, day, mask);
    while (table[slot] != FREE) {
      int index = table[slot];
      if (ids[index] == id && days[index] == day) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    if (size == ids.length) {
      widen();
      return add(id, day, key);
    }
    ids[size] = id;
    days[size] = day;
    keys[size] = key;
    table[slot] = size++;
    return true;
  }

  void mark() {
    marked = size;
  }

  /** Forgets the pairs since the mark: the newest first, so that no hole opens in a probe run. */
  void rollback(LongConsumer forgotten) {
    int mask = table.length - 1;
    for (int index = size - 1; index >= marked; index--) {
      int slot = slot(ids[index], days[index], mask);
      while (table[slot] != index) {
        slot = (slot + 1) & mask;
      }
      table[slot] = FREE;
      forgotten.accept(keys[index]);
    }
    size = marked;
  }

  void clear() {
    size = 0;
    marked = 0;
    if (table.length > 1 << 19) {
      ids = new long[INITIAL];
      days = new int[INITIAL];
      keys = new long[INITIAL];
      table = new int[INITIAL * 2];
    }
    Arrays.fill(table, FREE);
  }

  private void widen() {
    ids = Arrays.copyOf(ids, size * 2);
    days = Arrays.copyOf(days, size * 2);
    keys = Arrays.copyOf(keys, size * 2);
    table = new int[size * 4];
    Arrays.fill(table, FREE);
    int mask = table.length - 1;
    for (int index = 0; index < size; index++) {
      int slot = slot(ids[index], days[index], mask);
      while (table[slot] != FREE) {
        slot = (slot + 1) & mask;
      }
      table[slot] = index;
    }
  }

  /** The ids are hashes already; mixed once more, for their low bits alone decide. */
  private static int slot(long id, int day, int mask) {
    long mixed = (id + day) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }
}
