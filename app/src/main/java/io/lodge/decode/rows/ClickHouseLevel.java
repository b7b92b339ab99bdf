package io.lodge.decode.rows;

import io.lodge.decode.wire.AttributeSlices;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Poco's levels, as OpenTelemetry's names and numbers.
 *
 * @param word as ClickHouse writes it
 */
record ClickHouseLevel(byte[] word, byte[] text, int number) {
  private static final List<ClickHouseLevel> LEVELS =
      List.of(
          of("Fatal", "FATAL", 21),
          of("Critical", "CRITICAL", 18),
          of("Error", "ERROR", 17),
          of("Warning", "WARN", 13),
          of("Notice", "NOTICE", 10),
          of("Information", "INFO", 9),
          of("Debug", "DEBUG", 5),
          of("Trace", "TRACE", 1),
          of("Test", "TEST", 1));

  private static ClickHouseLevel of(String word, String text, int number) {
    return new ClickHouseLevel(
        word.getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.US_ASCII), number);
  }

  /** Sets the record's severity by the level in this slice; an unknown one is kept as it is. */
  static void set(LogFields fields, byte[] body, int at, int length) {
    byte[] source = fields.attributes.source(body, at);
    int from = AttributeSlices.index(at);
    for (ClickHouseLevel level : LEVELS) {
      if (Arrays.equals(source, from, from + length, level.word, 0, level.word.length)) {
        fields.severityTextAt = fields.put(level.text);
        fields.severityTextLength = level.text.length;
        fields.severityNumber = level.number;
        return;
      }
    }
  }
}
