package io.lodge.decode.prometheus;

import java.util.Arrays;
import net.jpountz.xxhash.XXHash64;

/**
 * Series seen lately, by the bytes of their labels: the same bytes need not be checked, put in
 * order and hashed again with each sample.
 *
 * <p>Entries lie in the order in which series came first. Senders repeat their order scrape after
 * scrape, so the next series is mostly the next entry: read in a row, memory is quick, and the
 * table that finds an entry by its key is asked only where the order breaks. A full cache begins
 * anew. Belongs to one thread.
 */
final class SeriesCache {
  /** 10 MiB of entries for a shard that sees so many series, and 2 MiB to find them. */
  private static final int ENTRIES_MAX = 1 << 18;

  private static final int TABLE_SLOTS = 2 * ENTRIES_MAX;
  private static final int INITIAL = 1024;

  private static final int WORDS = 5;
  private static final int ID = 1;
  private static final int NAME = 2;
  private static final int STAMP = 3;
  private static final int LABELS = 4;

  private final XXHash64 hash;
  private long[] entries = {};

  /** The number of an entry plus one, by the upper bits of its key; open addressing. */
  private int[] table = {};

  private int count;

  /** The present series' entry. */
  private int present;

  SeriesCache(XXHash64 hash) {
    this.hash = hash;
  }

  /** Names the labels that are written in these bytes. */
  long key(byte[] body, int from, int length, long seed) {
    return hash.hash(body, from, length, seed);
  }

  /** Turns to the entry of a key, if there is one. */
  boolean find(long key) {
    int next = present + 1 < count ? present + 1 : 0;
    if (count > 0 && entries[next * WORDS] == key) {
      present = next;
      return true;
    }
    if (count == 0) {
      return false;
    }
    for (int slot = slot(key); table[slot] != 0; slot = slot + 1 & TABLE_SLOTS - 1) {
      int entry = table[slot] - 1;
      if (entries[entry * WORDS] == key) {
        present = entry;
        return true;
      }
    }
    return false;
  }

  /**
   * Adds a series that was not found, and turns to it.
   *
   * @param nameAt where the metric's name begins, from the first byte of the labels
   * @param labels how many there are
   */
  void add(long key, long id, int nameAt, int nameLength, int labels) {
    makeRoom();
    int slot = slot(key);
    while (table[slot] != 0) {
      slot = slot + 1 & TABLE_SLOTS - 1;
    }
    present = count++;
    table[slot] = count;
    int at = present * WORDS;
    entries[at] = key;
    entries[at + ID] = id;
    entries[at + NAME] = (long) nameAt << Integer.SIZE | nameLength;
    entries[at + STAMP] = 0;
    entries[at + LABELS] = labels;
  }

  private void makeRoom() {
    if (table.length == 0) {
      table = new int[TABLE_SLOTS];
      entries = new long[INITIAL * WORDS];
    } else if (count == ENTRIES_MAX) {
      Arrays.fill(table, 0);
      count = 0;
    } else if (count * WORDS == entries.length) {
      entries = Arrays.copyOf(entries, entries.length * 2);
    }
  }

  private static int slot(long key) {
    return (int) (key >>> 32) & TABLE_SLOTS - 1;
  }

  long id() {
    return entries[present * WORDS + ID];
  }

  int nameAt() {
    return (int) (entries[present * WORDS + NAME] >>> Integer.SIZE);
  }

  int nameLength() {
    return (int) entries[present * WORDS + NAME];
  }

  int labels() {
    return (int) entries[present * WORDS + LABELS];
  }

  /** Whether the series' labels were written under this stamp; never under 0. */
  boolean isWritten(long stamp) {
    return stamp != 0 && entries[present * WORDS + STAMP] == stamp;
  }

  void written(long stamp) {
    entries[present * WORDS + STAMP] = stamp;
  }
}
