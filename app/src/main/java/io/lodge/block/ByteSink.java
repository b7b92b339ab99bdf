package io.lodge.block;

import java.util.Arrays;

/**
 * A growing run of bytes: the storage of a column, and the scratch of a decoder.
 *
 * <p>The array is kept when the sink is cleared, so that a reused column stops allocating once it
 * has seen its largest block.
 */
public final class ByteSink {
  private static final int SHORT_BYTES = 2 * Long.BYTES;

  private byte[] bytes;
  private int length;

  public ByteSink(int capacityBytes) {
    bytes = new byte[capacityBytes];
  }

  /** The backing array; valid until the next append. Only {@code [0, length())} means anything. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** The bytes held in memory, used or not. */
  public long capacityBytes() {
    return bytes.length;
  }

  /** Drops everything after {@code length}. */
  public void truncate(int newLength) {
    length = newLength;
  }

  /** Empties the sink, and lets go of an array larger than {@code keepBytes}. */
  public void clear(int keepBytes) {
    length = 0;
    if (bytes.length > keepBytes) {
      bytes = new byte[keepBytes];
    }
  }

  public void putByte(int value) {
    int at = grow(1);
    bytes[at] = (byte) value;
  }

  public void putInt(int value) {
    int at = grow(Integer.BYTES);
    LittleEndian.putInt(bytes, at, value);
  }

  public void putLong(long value) {
    int at = grow(Long.BYTES);
    LittleEndian.putLong(bytes, at, value);
  }

  public void putBytes(byte[] source, int offset, int count) {
    int at = grow(count);
    System.arraycopy(source, offset, bytes, at, count);
  }

  /** Appends {@code value} as a LEB128 unsigned varint. */
  public void putVarint(int value) {
    int at = grow(5);
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    length = at;
  }

  /** Appends a string as the Native format has it: length as a varint, then the bytes. */
  public void putString(byte[] source, int offset, int count) {
    if (count <= SHORT_BYTES && source.length - offset >= SHORT_BYTES) {
      putShort(source, offset, count);
      return;
    }
    putVarint(count);
    putBytes(source, offset, count);
  }

  /** Copies two words whatever the length: cheaper than a call; what is too much is overwritten. */
  private void putShort(byte[] source, int offset, int count) {
    int at = grow(1 + SHORT_BYTES);
    bytes[at] = (byte) count;
    LittleEndian.putLong(bytes, at + 1, LittleEndian.getLong(source, offset));
    LittleEndian.putLong(
        bytes, at + 1 + Long.BYTES, LittleEndian.getLong(source, offset + Long.BYTES));
    length = at + 1 + count;
  }

  /** Makes room for {@code count} more bytes, counts them as used and returns where they start. */
  public int grow(int count) {
    int at = length;
    int needed = Math.addExact(at, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, capacityFor(needed, bytes.length));
    }
    length = needed;
    return at;
  }

  /** The next capacity that holds {@code needed}: doubled while small, then half again. */
  static int capacityFor(int needed, int capacity) {
    long grown = capacity < (1 << 20) ? capacity * 2L : capacity + capacity / 2L;
    return (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, grown));
  }
}
