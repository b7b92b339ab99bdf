package io.lodge.decode.otlp;

/** The column {@code ValueType}: which of a number's fields holds it. */
final class NumberType {
  static final int NONE = 0;
  static final int DOUBLE = 1;
  static final int INT = 2;

  private NumberType() {}

  /** The bits of the nearest double; of a double its own bits, also those of any NaN. */
  static long doubleBits(int type, long bits) {
    return type == INT ? Double.doubleToRawLongBits((double) bits) : bits;
  }

  /** The integer, or 0. */
  static long integer(int type, long bits) {
    return type == INT ? bits : 0;
  }
}
