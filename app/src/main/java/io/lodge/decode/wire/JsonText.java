package io.lodge.decode.wire;

import io.lodge.block.ByteSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Renders values as text, byte by byte into a sink: numbers, base64, JSON strings. */
public final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private JsonText() {}

  public static void putAscii(ByteSink out, String text) {
    int at = out.grow(text.length());
    byte[] target = out.array();
    for (int i = 0; i < text.length(); i++) {
      target[at + i] = (byte) text.charAt(i);
    }
  }

  public static void putBoolean(ByteSink out, boolean value) {
    putAscii(out, value ? "true" : "false");
  }

  public static void putLong(ByteSink out, long value) {
    if (value == Long.MIN_VALUE) {
      putAscii(out, "-9223372036854775808");
      return;
    }
    long rest = Math.abs(value);
    int digits = 1;
    for (long limit = 10; digits < 19 && rest >= limit; limit *= 10) {
      digits++;
    }
    int at = out.grow(digits + (value < 0 ? 1 : 0));
    byte[] target = out.array();
    if (value < 0) {
      target[at] = '-';
      at++;
    }
    for (int i = digits - 1; i >= 0; i--) {
      target[at + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * Appends a number as JSON and ECMAScript write it: the shortest digits that read back as the
   * same double, no exponent between 1e-7 and 1e21. Not-a-number and the infinities have no JSON
   * form; they are written as protobuf's JSON names them.
   */
  public static void putDouble(ByteSink out, double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      putLong(out, (long) value);
      return;
    }
    putAscii(out, format(value));
  }

  private static String format(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double magnitude = Math.abs(value);
    if (magnitude >= 1e-6 && magnitude < 1e21) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }

  public static void putBase64(ByteSink out, byte[] bytes, int offset, int length) {
    byte[] slice = Arrays.copyOfRange(bytes, offset, offset + length);
    byte[] encoded = Base64.getEncoder().encode(slice);
    out.putBytes(encoded, 0, encoded.length);
  }

  /** Appends a quoted JSON string. Bytes that are not UTF-8 pass as they are, like everywhere. */
  public static void putQuoted(ByteSink out, byte[] bytes, int offset, int length) {
    out.putByte('"');
    int run = offset;
    int end = offset + length;
    for (int at = offset; at < end; at++) {
      byte next = bytes[at];
      if (next < 0 || (next >= 0x20 && next != '\"' && next != '\\')) {
        continue;
      }
      out.putBytes(bytes, run, at - run);
      run = at + 1;
      putEscape(out, next);
    }
    out.putBytes(bytes, run, end - run);
    out.putByte('"');
  }

  private static void putEscape(ByteSink out, byte value) {
    out.putByte('\\');
    switch (value) {
      case '"', '\\' -> out.putByte(value);
      case '\n' -> out.putByte('n');
      case '\r' -> out.putByte('r');
      case '\t' -> out.putByte('t');
      case '\b' -> out.putByte('b');
      case '\f' -> out.putByte('f');
      default -> {
        putAscii(out, "u00");
        out.putByte(HEX[value >> 4 & 0xF]);
        out.putByte(HEX[value & 0xF]);
      }
    }
  }
}
