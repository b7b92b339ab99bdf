package io.lodge.ship;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A severity guessed from a line. Rather none than a wrong one: only a level field of a JSON
 * object, {@code level=…}, klog's first letter, and level words in capitals or brackets near the
 * start count.
 *
 * @param number OTLP's severity number, 1 to 24
 * @param text as the line has it
 */
record Severity(int number, String text) {
  /** The words and their numbers in OpenTelemetry's log data model. */
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("TRACE", 1),
          Map.entry("DEBUG", 5),
          Map.entry("INFO", 9),
          Map.entry("INFORMATION", 9),
          Map.entry("NOTICE", 10),
          Map.entry("WARN", 13),
          Map.entry("WARNING", 13),
          Map.entry("ERROR", 17),
          Map.entry("ERR", 17),
          Map.entry("SEVERE", 17),
          Map.entry("CRITICAL", 18),
          Map.entry("CRIT", 18),
          Map.entry("ALERT", 19),
          Map.entry("EMERG", 21),
          Map.entry("PANIC", 21),
          Map.entry("FATAL", 21));

  /** How far into a line a level word still speaks of the line and not of what it tells. */
  private static final int HEAD_BYTES = 160;

  /** Longest JSON line that is looked into. */
  private static final int JSON_BYTES_MAX = 64 * 1024;

  private static final Pattern LOGFMT =
      Pattern.compile("(?:^|\\s)(?:level|lvl|severity)=\"?([A-Za-z]+)\"?(?=\\s|$)");
  private static final Pattern KLOG = Pattern.compile("^([IWEF])\\d{4} \\d\\d:");
  private static final Map<String, Integer> KLOG_NUMBERS =
      Map.of("I", 9, "W", 13, "E", 17, "F", 21);
  private static final JsonFactory JSON = new JsonFactory();

  static Optional<Severity> guess(byte[] bytes, int from, int length) {
    if (length > 1 && bytes[from] == '{') {
      return length <= JSON_BYTES_MAX ? ofJson(bytes, from, length) : Optional.empty();
    }
    String head =
        new String(bytes, from, Math.min(length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
    // Most lines have neither: a search for a plain string is cheaper than a pattern's.
    if (head.contains("level=") || head.contains("lvl=") || head.contains("severity=")) {
      Matcher logfmt = LOGFMT.matcher(head);
      return logfmt.find() ? ofWord(logfmt.group(1)) : Optional.empty();
    }
    if (!head.isEmpty() && "IWEF".indexOf(head.charAt(0)) >= 0) {
      Matcher klog = KLOG.matcher(head);
      if (klog.find()) {
        return Optional.ofNullable(KLOG_NUMBERS.get(klog.group(1)))
            .map(number -> new Severity(number, klog.group(1)));
      }
    }
    return LevelWord.find(head);
  }

  static Optional<Severity> ofWord(String word) {
    return Optional.ofNullable(NUMBERS.get(word.toUpperCase(Locale.ROOT)))
        .map(number -> new Severity(number, word));
  }

  /** The first level field of the object itself; fields of objects within it do not count. */
  private static Optional<Severity> ofJson(byte[] bytes, int from, int length) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, from, length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName().toLowerCase(Locale.ROOT);
        JsonToken value = json.nextToken();
        if (isLevelName(name)) {
          return ofJsonValue(json, value);
        }
        json.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private static boolean isLevelName(String name) {
    return switch (name) {
      case "level", "lvl", "severity", "severity_text", "log.level", "loglevel", "levelname" ->
          true;
      default -> false;
    };
  }

  /** Words, or the numbers of bunyan and pino: 10 trace, 20 debug, … 60 fatal. */
  private static Optional<Severity> ofJsonValue(JsonParser json, JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      return ofWord(json.getString());
    }
    if (value != JsonToken.VALUE_NUMBER_INT) {
      return Optional.empty();
    }
    long level = json.getLongValue();
    boolean pino = level >= 10 && level <= 60 && level % 10 == 0;
    return pino
        ? Optional.of(new Severity((int) (level / 10 - 1) * 4 + 1, Long.toString(level)))
        : Optional.empty();
  }
}
