package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.block.LowCardinalityColumn;
import java.nio.charset.StandardCharsets;

/**
 * A span's kind and status as words, spelled as the OpenTelemetry exporter for ClickHouse spells
 * them; a number that no version of OTLP has as its digits.
 */
final class SpanWords {
  private static final byte[][] KINDS =
      utf8("Unspecified", "Internal", "Server", "Client", "Producer", "Consumer");
  private static final byte[][] STATUSES = utf8("Unset", "Ok", "Error");

  private SpanWords() {}

  /** Appends the word for a kind, and returns its key: a guess for the next row. */
  static int putKind(LowCardinalityColumn column, int kind, int guess) {
    return put(column, KINDS, kind, guess);
  }

  /** Appends the word for a status code, and returns its key: a guess for the next row. */
  static int putStatus(LowCardinalityColumn column, int code, int guess) {
    return put(column, STATUSES, code, guess);
  }

  private static int put(LowCardinalityColumn column, byte[][] words, int number, int guess) {
    if (number >= 0 && number < words.length) {
      return column.put(words[number], 0, words[number].length, guess);
    }
    ByteSink digits = new ByteSink(16);
    JsonText.putLong(digits, number);
    return column.put(digits.array(), 0, digits.length(), guess);
  }

  private static byte[][] utf8(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }
}
