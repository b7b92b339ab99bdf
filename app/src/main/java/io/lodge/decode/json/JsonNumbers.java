package io.lodge.decode.json;

import java.nio.charset.StandardCharsets;

/** Numbers from their text, which is a number by JSON's grammar. */
public final class JsonNumbers {
  /** Digits whose number a double holds exactly. */
  private static final int EXACT_DIGITS = 15;

  /** Digits whose number a long holds. */
  private static final int LONG_DIGITS = 18;

  /** Powers of ten that a double holds exactly. */
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private JsonNumbers() {}

  /** The nearest double; infinite if the number is beyond all. */
  public static double float64(byte[] bytes, int from, int length) {
    boolean negative = bytes[from] == '-';
    long digits = 0;
    int count = 0;
    int fraction = -1;
    for (int i = from + (negative ? 1 : 0); i < from + length; i++) {
      byte next = bytes[i];
      if (next == '.') {
        fraction = 0;
      } else if (next < '0' || next > '9' || ++count > EXACT_DIGITS) {
        return Double.parseDouble(new String(bytes, from, length, StandardCharsets.US_ASCII));
      } else {
        digits = digits * 10 + (next - '0');
        fraction += fraction < 0 ? 0 : 1;
      }
    }
    // Both exact, so the quotient is the nearest double there is (IEEE 754).
    double value = fraction > 0 ? digits / TENS[fraction] : digits;
    return negative ? -value : value;
  }

  /**
   * A whole number, from text that may be any.
   *
   * @return {@code otherwise} if the text is no whole number of at most 18 digits
   */
  public static long int64(byte[] bytes, int from, int length, long otherwise) {
    boolean negative = length > 0 && bytes[from] == '-';
    int first = from + (negative ? 1 : 0);
    int digits = from + length - first;
    if (digits < 1 || digits > LONG_DIGITS) {
      return otherwise;
    }
    long value = 0;
    for (int i = first; i < from + length; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return otherwise;
      }
      value = value * 10 + (bytes[i] - '0');
    }
    return negative ? -value : value;
  }
}
