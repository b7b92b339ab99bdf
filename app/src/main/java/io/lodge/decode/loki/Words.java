package io.lodge.decode.loki;

import java.util.Arrays;

/** Compares ASCII words with bytes. */
final class Words {
  private Words() {}

  static boolean equal(byte[] bytes, int from, int length, byte[] word) {
    return length == word.length && Arrays.equals(bytes, from, from + length, word, 0, word.length);
  }

  /**
   * @param word in lower case
   */
  static boolean equalIgnoringCase(byte[] bytes, int from, int length, byte[] word) {
    if (length != word.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int it = bytes[from + i];
      int lower = it >= 'A' && it <= 'Z' ? it + ('a' - 'A') : it;
      if (lower != word[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the word begins at {@code at}. */
  static boolean begins(byte[] bytes, int at, int to, String word) {
    if (to - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
