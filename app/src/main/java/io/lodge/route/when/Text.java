package io.lodge.route.when;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A run of UTF-8 bytes in somebody's array, and what conditions ask of it. Reused. */
public final class Text {
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int from;
  private int length;

  /** Points to {@code length} bytes of the array. */
  public void set(byte[] array, int offset, int count) {
    bytes = array;
    from = offset;
    length = count;
  }

  public void setEmpty() {
    set(NONE, 0, 0);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int length() {
    return length;
  }

  boolean is(Text other) {
    return length == other.length && beginsWith(other);
  }

  /** By code points, which is by bytes. */
  int compareTo(Text other) {
    return Arrays.compareUnsigned(
        bytes, from, from + length, other.bytes, other.from, other.from + other.length);
  }

  boolean beginsWith(Text prefix) {
    return length >= prefix.length && holdsAt(from, prefix);
  }

  boolean endsIn(Text suffix) {
    return length >= suffix.length && holdsAt(from + length - suffix.length, suffix);
  }

  boolean contains(Text part) {
    if (part.length == 0) {
      return true;
    }
    byte first = part.bytes[part.from];
    for (int at = from; at <= from + length - part.length; at++) {
      if (bytes[at] == first && holdsAt(at, part)) {
        return true;
      }
    }
    return false;
  }

  /** Its length in code points, as CEL counts. */
  int codePoints() {
    int points = 0;
    for (int at = from; at < from + length; at++) {
      points += (bytes[at] & 0xC0) == 0x80 ? 0 : 1;
    }
    return points;
  }

  byte[] copy() {
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  private boolean holdsAt(int at, Text other) {
    return Arrays.equals(
        bytes, at, at + other.length, other.bytes, other.from, other.from + other.length);
  }

  @Override
  public String toString() {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }
}
