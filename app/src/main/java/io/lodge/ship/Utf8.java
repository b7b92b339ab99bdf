package io.lodge.ship;

/** Questions about UTF-8 bytes (RFC 3629). */
final class Utf8 {
  private Utf8() {}

  /** True where protobuf may carry the bytes as a {@code string}. */
  static boolean isValid(byte[] bytes, int from, int length) {
    int end = from + length;
    int at = from;
    while (at < end) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int size = sequenceLength(bytes, at, end);
      if (size == 0) {
        return false;
      }
      at += size;
    }
    return true;
  }

  /** Where to cut at or shortly before {@code length} without cutting a character in two. */
  static int characterBoundary(byte[] bytes, int length) {
    int cut = length;
    while (cut > length - 4 && cut > 0) {
      int lead = bytes[cut - 1] & 0xFF;
      if (lead < 0x80) {
        return length;
      }
      if (lead >= 0xC0) {
        boolean whole = length - (cut - 1) >= expectedLength(lead);
        return whole || cut == 1 ? length : cut - 1;
      }
      cut--;
    }
    return length;
  }

  private static int expectedLength(int lead) {
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  }

  /**
   * Length of the valid sequence at {@code at}, or 0. Overlong forms and surrogates are invalid.
   */
  private static int sequenceLength(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    int size = expectedLength(lead);
    if (at + size > end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }
}
