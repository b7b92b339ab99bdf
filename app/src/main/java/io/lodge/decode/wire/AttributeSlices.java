package io.lodge.decode.wire;

import io.lodge.block.ByteSink;
import io.lodge.decode.TooManyRowsException;
import java.util.Arrays;

/**
 * The attributes of one record, scope or resource as slices: found first, appended to columns once
 * the whole record is known to be good.
 *
 * <p>A slice lies in the body itself or, for what had to be rendered, in {@link #text}; a negative
 * offset says the latter.
 */
public final class AttributeSlices {
  private static final int FIELDS = 5;

  /**
   * Most attributes of one record, scope or resource: an empty one is 2 bytes on the wire and 20
   * here. No program has a thousandth of it; beyond it the body is refused.
   */
  static final int COUNT_MAX = 1 << 18;

  private static final int KEEP_FIELDS = FIELDS << 12;

  private final ByteSink text;
  private final int countMax;
  private int[] slices = new int[FIELDS * 32];
  private int count;

  /**
   * @param text where rendered values are put; shared with others that are cleared together
   */
  public AttributeSlices(ByteSink text) {
    this(text, COUNT_MAX);
  }

  /**
   * @param countMax most attributes; with one more the body is refused
   */
  public AttributeSlices(ByteSink text, int countMax) {
    this.text = text;
    this.countMax = countMax;
  }

  public void clear() {
    count = 0;
    if (slices.length > KEEP_FIELDS) {
      slices = new int[FIELDS * 32];
    }
  }

  public int count() {
    return count;
  }

  public void add(int keyAt, int keyLength, int valueAt, int valueLength) {
    add(keyAt, keyLength, valueAt, valueLength, 0);
  }

  /**
   * Adds one.
   *
   * @param tag what its decoder wants to know of it later; 0 says that the value is text
   */
  public void add(int keyAt, int keyLength, int valueAt, int valueLength, int tag) {
    int to = count * FIELDS;
    if (count == countMax) {
      throw new TooManyRowsException("attributes of one record", countMax);
    }
    if (to == slices.length) {
      slices = Arrays.copyOf(slices, slices.length * 2);
    }
    slices[to] = keyAt;
    slices[to + 1] = keyLength;
    slices[to + 2] = valueAt;
    slices[to + 3] = valueLength;
    slices[to + 4] = tag;
    count++;
  }

  /** Forgets all but the first {@code newCount}. */
  public void truncate(int newCount) {
    count = newCount;
  }

  public void setKey(int attribute, int at, int length) {
    slices[attribute * FIELDS] = at;
    slices[attribute * FIELDS + 1] = length;
  }

  /** Gives one another value, which is text. */
  public void setValue(int attribute, int at, int length) {
    slices[attribute * FIELDS + 2] = at;
    slices[attribute * FIELDS + 3] = length;
    slices[attribute * FIELDS + 4] = 0;
  }

  /** Takes one out; those behind it move up. */
  public void remove(int attribute) {
    int from = (attribute + 1) * FIELDS;
    System.arraycopy(slices, from, slices, from - FIELDS, count * FIELDS - from);
    count--;
  }

  public int keyAt(int attribute) {
    return slices[attribute * FIELDS];
  }

  public int keyLength(int attribute) {
    return slices[attribute * FIELDS + 1];
  }

  public int valueAt(int attribute) {
    return slices[attribute * FIELDS + 2];
  }

  public int valueLength(int attribute) {
    return slices[attribute * FIELDS + 3];
  }

  /** What {@link #add(int, int, int, int, int)} was given. */
  public int tag(int attribute) {
    return slices[attribute * FIELDS + 4];
  }

  /** The array that a slice with this offset lies in. */
  public byte[] source(byte[] body, int at) {
    return at < 0 ? text.array() : body;
  }

  /** The index in {@link #source}. */
  public static int index(int at) {
    return at < 0 ? ~at : at;
  }
}
