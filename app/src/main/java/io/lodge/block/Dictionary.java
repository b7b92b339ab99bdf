package io.lodge.block;

import static io.lodge.block.LittleEndian.getInt;
import static io.lodge.block.LittleEndian.getLong;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The distinct values of a LowCardinality column, by byte slice: no String is made. Slot 0 is the
 * empty string, as the Native format wants it; the others are numbered in the order of their first
 * appearance, so equal rows give equal bytes.
 *
 * <p>The hash is seeded per dictionary: a client cannot choose keys that collide.
 */
final class Dictionary {
  private static final int INITIAL_SLOTS = 256;
  private static final int FREE = 0;

  private final long seed = ThreadLocalRandom.current().nextLong();
  private final long secret = ThreadLocalRandom.current().nextLong();

  /** The values in Native form, one after the other. */
  private final ByteSink values = new ByteSink(4096);

  private int[] starts = new int[INITIAL_SLOTS];
  private int[] lengths = new int[INITIAL_SLOTS];
  private int[] hashes = new int[INITIAL_SLOTS];

  /** Open addressing, linear probing; holds the index of a value, {@link #FREE} for none. */
  private int[] table = new int[INITIAL_SLOTS * 2];

  private int size;

  Dictionary() {
    addDefault();
  }

  int size() {
    return size;
  }

  ByteSink values() {
    return values;
  }

  /** The value with this index, as text. */
  String textOf(int index) {
    return new String(values.array(), starts[index], lengths[index], StandardCharsets.UTF_8);
  }

  /** The index of this value, added if it is new. */
  int indexOf(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int hash = hash(bytes, offset, length);
    int mask = table.length - 1;
    int slot = hash & mask;
    for (int index = table[slot]; index != FREE; index = table[slot]) {
      if (hashes[index] == hash && holds(index, bytes, offset, length)) {
        return index;
      }
      slot = (slot + 1) & mask;
    }
    return add(hash, bytes, offset, length);
  }

  /**
   * Whether {@code index} is this very value: cheaper than a look-up where the index can be
   * guessed.
   */
  boolean holds(int index, byte[] bytes, int offset, int length) {
    return lengths[index] == length
        && areEqual(values.array(), starts[index], bytes, offset, length);
  }

  /** Values are mostly short: a few words compared beat the set-up of the JDK's vector loop. */
  private static boolean areEqual(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
    if (length < Long.BYTES) {
      for (int i = 0; i < length; i++) {
        if (a[aFrom + i] != b[bFrom + i]) {
          return false;
        }
      }
      return true;
    }
    if (length > 64) {
      return Arrays.equals(a, aFrom, aFrom + length, b, bFrom, bFrom + length);
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if (getLong(a, aFrom + i) != getLong(b, bFrom + i)) {
        return false;
      }
    }
    return getLong(a, aFrom + last) == getLong(b, bFrom + last);
  }

  /** A copy of the value with this index. */
  byte[] valueAt(int index) {
    return Arrays.copyOfRange(values.array(), starts[index], starts[index] + lengths[index]);
  }

  /** The index that the value with the index {@code index} here has in another dictionary. */
  int copyValue(int index, Dictionary into) {
    return into.indexOf(values.array(), starts[index], lengths[index]);
  }

  /** Forgets the values added since the dictionary had {@code newSize} of them. */
  void truncate(int newSize) {
    int mask = table.length - 1;
    // The newest first: an entry never sits behind a newer one in its probe run, so no hole opens.
    for (int index = size - 1; index >= newSize; index--) {
      int slot = hashes[index] & mask;
      while (table[slot] != index) {
        slot = (slot + 1) & mask;
      }
      table[slot] = FREE;
      values.truncate(nativeStart(index));
    }
    size = newSize;
  }

  void clear() {
    if (table.length > 1 << 17) {
      starts = new int[INITIAL_SLOTS];
      lengths = new int[INITIAL_SLOTS];
      hashes = new int[INITIAL_SLOTS];
      table = new int[INITIAL_SLOTS * 2];
    } else {
      Arrays.fill(table, FREE);
    }
    values.clear(1 << 20);
    addDefault();
  }

  private void addDefault() {
    values.putByte(0);
    starts[0] = 1;
    lengths[0] = 0;
    size = 1;
  }

  private int add(int hash, byte[] bytes, int offset, int length) {
    if (size == starts.length) {
      widen();
    }
    int index = size++;
    values.putString(bytes, offset, length);
    starts[index] = values.length() - length;
    lengths[index] = length;
    hashes[index] = hash;
    place(index);
    return index;
  }

  private void place(int index) {
    int mask = table.length - 1;
    int slot = hashes[index] & mask;
    while (table[slot] != FREE) {
      slot = (slot + 1) & mask;
    }
    table[slot] = index;
  }

  private void widen() {
    int capacity = starts.length * 2;
    starts = Arrays.copyOf(starts, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    table = new int[capacity * 2];
    for (int index = 1; index < size; index++) {
      place(index);
    }
  }

  private int nativeStart(int index) {
    return starts[index] - varintLength(lengths[index]);
  }

  private static int varintLength(int value) {
    int bits = 32 - Integer.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  /**
   * Folds 16 bytes at a time through a full 128-bit product of secret numbers (as wyhash does). A
   * product cut to 64 bits would not do: its high input bits reach few output bits, and values
   * could be made that collide whatever the seed.
   */
  private int hash(byte[] bytes, int offset, int length) {
    long hash = seed ^ length;
    int at = offset;
    int end = offset + length;
    for (; end - at > 2 * Long.BYTES; at += 2 * Long.BYTES) {
      hash = fold(getLong(bytes, at) ^ secret, getLong(bytes, at + Long.BYTES) ^ hash);
    }
    long first;
    long last;
    if (length >= 2 * Long.BYTES) {
      first = getLong(bytes, end - 2 * Long.BYTES);
      last = getLong(bytes, end - Long.BYTES);
    } else if (length >= Long.BYTES) {
      first = getLong(bytes, offset);
      last = getLong(bytes, end - Long.BYTES);
    } else if (length >= Integer.BYTES) {
      first = getInt(bytes, offset);
      last = getInt(bytes, end - Integer.BYTES);
    } else {
      first = (bytes[offset] & 0xFFL) << 8 | (bytes[offset + length / 2] & 0xFFL);
      last = bytes[end - 1];
    }
    hash = fold(first ^ secret, last ^ hash);
    return (int) (hash ^ hash >>> 32);
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
