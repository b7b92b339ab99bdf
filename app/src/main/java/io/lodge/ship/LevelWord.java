package io.lodge.ship;

import java.util.Optional;

/**
 * Finds a level word in plain text: a word of its own in capitals, or in brackets in any case.
 * Scans by hand, as this is most of what a line costs: a pattern took 5 µs more.
 */
final class LevelWord {
  private LevelWord() {}

  /** The first word of {@code head} that is a level. */
  static Optional<Severity> find(String head) {
    int at = 0;
    while (at < head.length()) {
      if (!isLetter(head.charAt(at))) {
        at++;
        continue;
      }
      int end = at;
      while (end < head.length() && isLetter(head.charAt(end))) {
        end++;
      }
      if (stands(head, at, end)) {
        Optional<Severity> severity = Severity.ofWord(head.substring(at, end));
        if (severity.isPresent()) {
          return severity;
        }
      }
      at = end;
    }
    return Optional.empty();
  }

  private static boolean stands(String head, int from, int end) {
    if (end - from < 3 || end - from > 11) {
      return false;
    }
    char before = from == 0 ? ' ' : head.charAt(from - 1);
    char after = end == head.length() ? ' ' : head.charAt(end);
    boolean bracketed = "[<(".indexOf(before) >= 0 && "]>)".indexOf(after) >= 0;
    return bracketed || (!joins(before) && !joins(after) && isCapitals(head, from, end));
  }

  /** Characters that make a word part of a name, a path or a number. */
  private static boolean joins(char c) {
    return (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '/' || c == '-';
  }

  private static boolean isCapitals(String head, int from, int end) {
    for (int i = from; i < end; i++) {
      if (head.charAt(i) > 'Z') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
