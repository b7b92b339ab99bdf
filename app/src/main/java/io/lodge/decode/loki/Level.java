package io.lodge.decode.loki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Loki's levels, with OpenTelemetry's numbers (Logs Data Model, appendix B). */
enum Level {
  UNKNOWN(0),
  TRACE(1),
  DEBUG(5),
  INFO(9),
  WARN(13),
  ERROR(17),
  CRITICAL(18),
  FATAL(21);

  private record Word(byte[] text, Level level) {
    Word(String text, Level level) {
      this(text.getBytes(US_ASCII), level);
    }
  }

  private static final List<Word> WORDS =
      List.of(
          new Word("info", INFO),
          new Word("inf", INFO),
          new Word("information", INFO),
          new Word("error", ERROR),
          new Word("err", ERROR),
          new Word("warn", WARN),
          new Word("wrn", WARN),
          new Word("warning", WARN),
          new Word("debug", DEBUG),
          new Word("dbg", DEBUG),
          new Word("trace", TRACE),
          new Word("trc", TRACE),
          new Word("critical", CRITICAL),
          new Word("fatal", FATAL));

  private static final Map<Level, byte[]> TEXTS = new EnumMap<>(Level.class);

  static {
    for (Level level : values()) {
      TEXTS.put(level, level.name().toLowerCase(Locale.ROOT).getBytes(US_ASCII));
    }
  }

  final int severityNumber;

  Level(int severityNumber) {
    this.severityNumber = severityNumber;
  }

  /** As Loki writes it; not to be changed. */
  byte[] text() {
    return Objects.requireNonNull(TEXTS.get(this));
  }

  /** The level that this word means, in any case; null if it means none. */
  static @Nullable Level of(byte[] bytes, int from, int length) {
    for (Word word : WORDS) {
      if (Words.equalIgnoringCase(bytes, from, length, word.text)) {
        return word.level;
      }
    }
    return null;
  }

  /** The level of OpenTelemetry's severity number. */
  static Level ofSeverityNumber(int number) {
    if (number <= 0 || number > 24) {
      return UNKNOWN;
    }
    return switch ((number - 1) / 4) {
      case 0 -> TRACE;
      case 1 -> DEBUG;
      case 2 -> INFO;
      case 3 -> WARN;
      case 4 -> ERROR;
      default -> FATAL;
    };
  }
}
