package io.lodge.decode.wire;

import io.lodge.block.ByteSink;

/** Writes UTF-16 as UTF-8 into a sink. */
public final class Utf8 {
  private static final int BYTES_PER_CHAR_MAX = 3;
  private static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /** Appends the characters; half a surrogate pair becomes the replacement character. */
  public static void put(ByteSink out, char[] chars, int offset, int length) {
    int begin = out.grow(length);
    byte[] bytes = out.array();
    int ascii = 0;
    while (ascii < length && chars[offset + ascii] < 0x80) {
      bytes[begin + ascii] = (byte) chars[offset + ascii];
      ascii++;
    }
    if (ascii < length) {
      out.truncate(begin + ascii);
      putAny(out, chars, offset + ascii, offset + length);
    }
  }

  private static void putAny(ByteSink out, char[] chars, int from, int to) {
    int at = out.grow(Math.multiplyExact(to - from, BYTES_PER_CHAR_MAX));
    byte[] bytes = out.array();
    for (int i = from; i < to; i++) {
      int point = chars[i];
      if (Character.isHighSurrogate(chars[i])
          && i + 1 < to
          && Character.isLowSurrogate(chars[i + 1])) {
        point = Character.toCodePoint(chars[i], chars[++i]);
      } else if (Character.isSurrogate(chars[i])) {
        point = REPLACEMENT;
      }
      if (point < 0x80) {
        bytes[at++] = (byte) point;
      } else if (point < 0x800) {
        bytes[at++] = (byte) (0xC0 | point >> 6);
        bytes[at++] = continuation(point);
      } else if (point < 0x10000) {
        bytes[at++] = (byte) (0xE0 | point >> 12);
        bytes[at++] = continuation(point >> 6);
        bytes[at++] = continuation(point);
      } else {
        bytes[at++] = (byte) (0xF0 | point >> 18);
        bytes[at++] = continuation(point >> 12);
        bytes[at++] = continuation(point >> 6);
        bytes[at++] = continuation(point);
      }
    }
    out.truncate(at);
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }
}
