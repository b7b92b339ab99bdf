package io.lodge.decode.rows;

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

  /** The word for a kind; not to be changed. */
  static byte[] kind(int kind) {
    return word(KINDS, kind);
  }

  /** The word for a status code; not to be changed. */
  static byte[] status(int code) {
    return word(STATUSES, code);
  }

  private static int put(LowCardinalityColumn column, byte[][] words, int number, int guess) {
    byte[] word = word(words, number);
    return column.put(word, 0, word.length, guess);
  }

  private static byte[] word(byte[][] words, int number) {
    return number >= 0 && number < words.length
        ? words[number]
        : Integer.toString(number).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[][] utf8(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }
}
