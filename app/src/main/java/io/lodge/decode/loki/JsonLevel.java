package io.lodge.decode.loki;

import org.jspecify.annotations.Nullable;

/**
 * Finds the first field that names a level in a line of JSON, and in objects one step below it.
 * Lines are not validated: whatever cannot be followed has no level.
 */
final class JsonLevel {
  /** Loki's {@code log_level_from_json_max_depth}. */
  private static final int DEPTH_MAX = 2;

  private final byte[] bytes;
  private final int to;
  private int at;
  private boolean found;
  private @Nullable Level level;

  JsonLevel(byte[] bytes, int to) {
    this.bytes = bytes;
    this.to = to;
  }

  /** The level that the first such field says; null if there is none or its word is none. */
  @Nullable Level find(int from) {
    at = from;
    next('{');
    object(1);
    return level;
  }

  /** Reads an object whose brace has been read; false if it cannot be followed, or is done. */
  private boolean object(int depth) {
    while (next('"')) {
      int keyFrom = at;
      int keyLength = string() - keyFrom;
      if (!next(':')) {
        return false;
      }
      skipSpaces();
      if (!value(keyFrom, keyLength, depth) || found) {
        return false;
      }
      if (!next(',')) {
        return next('}');
      }
    }
    return next('}');
  }

  private boolean value(int keyFrom, int keyLength, int depth) {
    byte first = at < to ? bytes[at] : 0;
    if (first == '"') {
      at++;
      int valueFrom = at;
      int valueTo = string();
      if (isLevelField(keyFrom, keyLength)) {
        found = true;
        level = Level.of(bytes, valueFrom, valueTo - valueFrom);
      }
      return at <= to;
    }
    if (first == '{' && depth < DEPTH_MAX) {
      at++;
      return object(depth + 1);
    }
    return (first == '{' || first == '[') ? skipNested() : skipPlain();
  }

  private boolean isLevelField(int from, int length) {
    for (byte[] name : LineLevel.FIELDS) {
      if (Words.equal(bytes, from, length, name)) {
        return true;
      }
    }
    return false;
  }

  private boolean skipNested() {
    int depth = 0;
    while (at < to) {
      switch (bytes[at++]) {
        case '"' -> string();
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (--depth == 0) {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }

  private boolean skipPlain() {
    while (at < to && bytes[at] != ',' && bytes[at] != '}') {
      at++;
    }
    return at < to;
  }

  /** Moves behind a string whose first quote has been read, and returns where its text ends. */
  private int string() {
    while (at < to && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    int end = Math.min(at, to);
    at = Math.min(end + 1, to);
    return end;
  }

  private boolean next(char wanted) {
    skipSpaces();
    if (at < to && bytes[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpaces() {
    while (at < to && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
      at++;
    }
  }
}
