package io.lodge.decode.loki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the level in a line as Loki does: in the fields of JSON (two levels deep) or logfmt, else
 * by its words. Source: Loki 3, {@code pkg/distributor/field_detection.go}.
 */
final class LineLevel {
  /** Names of fields that hold the level, the better ones first; exact in JSON and in labels. */
  static final List<byte[]> FIELDS =
      List.of(
              "level",
              "LEVEL",
              "Level",
              "log.level",
              "severity",
              "SEVERITY",
              "Severity",
              "SeverityText",
              "lvl",
              "LVL",
              "Lvl",
              "severity_text",
              "Severity_Text",
              "SEVERITY_TEXT")
          .stream()
          .map(name -> name.getBytes(US_ASCII))
          .toList();

  /** The same in any case, for logfmt. */
  private static final List<byte[]> FOLDED =
      List.of("level", "log.level", "severity", "severitytext", "lvl", "severity_text").stream()
          .map(name -> name.getBytes(US_ASCII))
          .toList();

  private LineLevel() {}

  static Level of(byte[] bytes, int from, int length) {
    int to = from + length;
    Level level = null;
    if (isObject(bytes, from, to)) {
      level = new JsonLevel(bytes, to).find(from);
    } else if (hasEqualsSign(bytes, from, to)) {
      level = logfmt(bytes, from, to);
    }
    return level != null ? level : words(bytes, from, to);
  }

  private static boolean isObject(byte[] bytes, int from, int to) {
    int first = from;
    int last = to - 1;
    while (first < to && isSpace(bytes[first])) {
      first++;
    }
    while (last > first && isSpace(bytes[last])) {
      last--;
    }
    return first < last && bytes[first] == '{' && bytes[last] == '}';
  }

  private static boolean isSpace(byte it) {
    return it == ' ' || (it >= '\t' && it <= '\r');
  }

  private static boolean hasEqualsSign(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '=') {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Level logfmt(byte[] bytes, int from, int to) {
    Level best = null;
    int bestRank = FOLDED.size();
    for (int at = from; at < to && bestRank > 0; ) {
      while (at < to && bytes[at] >= 0 && bytes[at] <= ' ') {
        at++;
      }
      int keyFrom = at;
      while (at < to
          && bytes[at] != '='
          && bytes[at] != '"'
          && (bytes[at] > ' ' || bytes[at] < 0)) {
        at++;
      }
      int keyLength = at - keyFrom;
      if (at == to || bytes[at] == '"' || (bytes[at] == '=' && keyLength == 0)) {
        return best; // no logfmt from here on
      }
      if (bytes[at] != '=') {
        continue;
      }
      at++;
      boolean quoted = at < to && bytes[at] == '"';
      int valueFrom = quoted ? at + 1 : at;
      int valueTo = quoted ? endOfQuoted(bytes, valueFrom, to) : endOfWord(bytes, valueFrom, to);
      int rank = rankOf(bytes, keyFrom, keyLength);
      if (rank < bestRank) {
        bestRank = rank;
        best = Level.of(bytes, valueFrom, valueTo - valueFrom);
      }
      at = quoted ? Math.min(to, valueTo + 1) : valueTo;
    }
    return best;
  }

  private static int rankOf(byte[] bytes, int from, int length) {
    for (int rank = 0; rank < FOLDED.size(); rank++) {
      if (Words.equalIgnoringCase(bytes, from, length, FOLDED.get(rank))) {
        return rank;
      }
    }
    return FOLDED.size();
  }

  private static int endOfQuoted(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, to);
  }

  private static int endOfWord(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] > ' ' || bytes[at] < 0)) {
      at++;
    }
    return at;
  }

  /** By the words in the line, of which info comes first, in one pass. */
  private static Level words(byte[] bytes, int from, int to) {
    boolean error = false;
    boolean warn = false;
    boolean critical = false;
    boolean debug = false;
    for (int at = from; at < to; at++) {
      switch (bytes[at]) {
        case 'i', 'I' -> {
          if (Words.begins(bytes, at, to, "info") || Words.begins(bytes, at, to, "INFO")) {
            return Level.INFO;
          }
        }
        case 'e', 'E' ->
            error |= Words.begins(bytes, at, to, "err:") || Words.begins(bytes, at, to, "ERR:");
        case 'w', 'W' -> warn |= isWarning(bytes, at, to);
        case 'c', 'C' ->
            critical |=
                Words.begins(bytes, at, to, "critical:")
                    || Words.begins(bytes, at, to, "CRITICAL:");
        case 'd', 'D' ->
            debug |= Words.begins(bytes, at, to, "debug") || Words.begins(bytes, at, to, "DEBUG");
        case '[' -> {
          error |= isError(bytes, at, to);
          warn |= Words.begins(bytes, at, to, "[warn]") || Words.begins(bytes, at, to, "[WARN]");
          critical |=
              Words.begins(bytes, at, to, "[critical]")
                  || Words.begins(bytes, at, to, "[CRITICAL]");
        }
        default -> {}
      }
    }
    return error
        ? Level.ERROR
        : warn ? Level.WARN : critical ? Level.CRITICAL : debug ? Level.DEBUG : Level.UNKNOWN;
  }

  private static boolean isWarning(byte[] bytes, int at, int to) {
    return Words.begins(bytes, at, to, "warn:")
        || Words.begins(bytes, at, to, "WARN:")
        || Words.begins(bytes, at, to, "warning")
        || Words.begins(bytes, at, to, "WARNING");
  }

  private static boolean isError(byte[] bytes, int at, int to) {
    return Words.begins(bytes, at, to, "[err]")
        || Words.begins(bytes, at, to, "[ERR]")
        || Words.begins(bytes, at, to, "[error]")
        || Words.begins(bytes, at, to, "[ERROR]");
  }
}
