package io.lodge.query.search;

import java.util.List;
import java.util.Locale;

/**
 * Text with {@code *} for any text: the pieces between the stars, at least one. A first piece that
 * is empty means a star at the beginning, a last one that is empty a star at the end.
 */
public record Glob(List<String> pieces) {

  public Glob {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("unexpected glob without pieces");
    }
  }

  /** Text without stars. */
  public static Glob of(String text) {
    return new Glob(List.of(text));
  }

  /** Whether there is no star. */
  public boolean isExact() {
    return pieces.size() == 1;
  }

  /** The text if there is no star. */
  public String exact() {
    if (!isExact()) {
      throw new IllegalStateException("unexpected star in " + this);
    }
    return pieces.getFirst();
  }

  Glob lowered() {
    return new Glob(pieces.stream().map(piece -> piece.toLowerCase(Locale.ROOT)).toList());
  }

  /** Whether it begins with a star. */
  boolean opensLeft() {
    return !isExact() && pieces.getFirst().isEmpty();
  }

  /** Whether it ends with a star. */
  boolean opensRight() {
    return !isExact() && pieces.getLast().isEmpty();
  }

  /** As a pattern of SQL's LIKE over the whole value. */
  String likePattern() {
    StringBuilder like = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      like.append(i == 0 ? "" : "%").append(escapedForLike(pieces.get(i)));
    }
    return like.toString();
  }

  /**
   * The pieces as a regular expression, quoted.
   *
   * @param between the expression for a star
   */
  String regex(String between) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      regex.append(i == 0 ? "" : between).append(quotedForRegex(pieces.get(i)));
    }
    return regex.toString();
  }

  private static String escapedForLike(String piece) {
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /** Every character that RE2 could take as anything but itself gets a backslash. */
  static String quotedForRegex(String piece) {
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if ("\\.+*?()|[]{}^$".indexOf(c) >= 0) {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.toString();
  }
}
