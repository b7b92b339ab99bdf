package io.lodge.decode.wire;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers of proto3's JSON mapping: exact, in any notation, never rounded into range. */
public final class JsonNumber {
  /** Digits that surely fit a long. */
  private static final int SHORT_DIGITS = 18;

  /** No whole number of 64 bits needs more, except in jest. */
  private static final int LENGTH_MAX = 64;

  private static final int UINT64_DIGITS = 20;

  private JsonNumber() {}

  /** Throws an ArithmeticException or NumberFormatException if the text is none. */
  public static long int64(String text) {
    return isShort(text) ? shortDigits(text) : decimal(text).longValueExact();
  }

  /** As {@link #int64}, from 0 to 2^64 - 1. */
  public static long uint64(String text) {
    if (isShort(text)) {
      return shortDigits(text);
    }
    BigDecimal value = decimal(text);
    if (value.signum() == 0) {
      return 0;
    }
    // Asked before conversion: 1e1000000000 is short as text, and huge as an integer.
    int digits = value.precision() - value.scale();
    if (value.signum() < 0 || digits <= 0 || digits > UINT64_DIGITS) {
      throw new ArithmeticException("out of range");
    }
    BigInteger whole = value.toBigIntegerExact();
    if (whole.bitLength() > Long.SIZE) {
      throw new ArithmeticException("out of range");
    }
    return whole.longValue();
  }

  public static double float64(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> finite(text);
    };
  }

  private static double finite(String text) {
    for (int i = 0; i < text.length(); i++) {
      // Java's own notation has more: hexadecimal, a trailing "d", spaces around.
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        throw new NumberFormatException();
      }
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException();
    }
    return value;
  }

  private static boolean isShort(String text) {
    int length = text.length();
    if (length == 0 || length > SHORT_DIGITS + 1) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return length <= SHORT_DIGITS || text.charAt(0) <= '8';
  }

  private static long shortDigits(String text) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }

  private static BigDecimal decimal(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new NumberFormatException();
    }
    return new BigDecimal(text);
  }
}
