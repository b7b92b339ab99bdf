package io.lodge.decode.wire;

import io.lodge.block.ByteSink;

/** Writes UTF-16 as UTF-8 into a sink, and tells what is valid UTF-8. */
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

  /** Whether the bytes are valid UTF-8: no surrogates, nothing overlong, nothing cut off. */
  public static boolean isValid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; ) {
      int lead = bytes[at];
      if (lead >= 0) {
        at++;
        continue;
      }
      int more =
          (lead & 0xE0) == 0xC0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : (lead & 0xF8) == 0xF0 ? 3 : 0;
      if (more == 0 || end - at <= more) {
        return false;
      }
      int point = lead & (0x3F >> more);
      for (int i = 1; i <= more; i++) {
        if ((bytes[at + i] & 0xC0) != 0x80) {
          return false;
        }
        point = point << 6 | (bytes[at + i] & 0x3F);
      }
      if (!isShortest(point, more)) {
        return false;
      }
      at += 1 + more;
    }
    return true;
  }

  private static boolean isShortest(int point, int more) {
    return switch (more) {
      case 1 -> point >= 0x80;
      case 2 -> point >= 0x800 && (point < 0xD800 || point > 0xDFFF);
      default -> point >= 0x10000 && point <= 0x10FFFF;
    };
  }
}
