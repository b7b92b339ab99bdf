package io.lodge.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts DDL at the right places: outside of quotes, brackets and comments. */
final class SqlText {
  private static final Pattern BLANK = Pattern.compile("\\s+");

  private SqlText() {}

  /** Without {@code --} comments, with single blanks between words. */
  static String normal(String sql) {
    StringBuilder text = new StringBuilder();
    for (String line : sql.split("\n", -1)) {
      text.append(line, 0, commentStart(line)).append(' ');
    }
    return BLANK.matcher(text).replaceAll(" ").strip();
  }

  private static int commentStart(String line) {
    for (int at = 0; at < line.length(); at++) {
      if (isQuote(line.charAt(at))) {
        at = quoteEnd(line, at);
      } else if (line.startsWith("--", at)) {
        return at;
      }
    }
    return line.length();
  }

  /** The parts between the commas of the outermost level. */
  static List<String> split(String list) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int at = next(list, 0, ','); at < list.length(); at = next(list, start, ',')) {
      parts.add(list.substring(start, at).strip());
      start = at + 1;
    }
    String last = list.substring(start).strip();
    if (!last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  /** The next {@code wanted} at this level, from {@code from}; the length if there is none. */
  static int next(String sql, int from, char wanted) {
    int depth = 0;
    for (int at = from; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (depth == 0 && c == wanted) {
        return at;
      }
      if (isQuote(c)) {
        at = quoteEnd(sql, at);
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      }
    }
    return sql.length();
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '`' || c == '"';
  }

  private static int quoteEnd(String sql, int start) {
    char quote = sql.charAt(start);
    for (int at = start + 1; at < sql.length(); at++) {
      if (sql.charAt(at) == '\\') {
        at++;
      } else if (sql.charAt(at) == quote) {
        return at;
      }
    }
    return sql.length() - 1;
  }
}
