package io.lodge.query.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks over what was typed and takes the pieces of the language from it. */
final class Scanner {
  private final String typed;
  private int at;

  Scanner(String typed) {
    this.typed = typed;
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at >= typed.length();
  }

  char peek() {
    return typed.charAt(at);
  }

  SearchException wrong(String message, int from, int to) {
    return new SearchException(message, from, to);
  }

  void skipSpace() {
    while (!atEnd() && Character.isWhitespace(peek())) {
      at++;
    }
  }

  boolean take(char c) {
    if (!atEnd() && peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  /** A minus that something follows: alone, or before a space, it is text. */
  boolean takeMinus() {
    boolean negates =
        !atEnd()
            && peek() == '-'
            && at + 1 < typed.length()
            && !Character.isWhitespace(typed.charAt(at + 1))
            && typed.charAt(at + 1) != ')'
            && typed.charAt(at + 1) != '-';
    at += negates ? 1 : 0;
    return negates;
  }

  /** Whether a word of the language in capitals stands here. */
  boolean isWord(String word) {
    return typed.startsWith(word, at) && isBoundary(at + word.length());
  }

  boolean takeWord(String word) {
    if (!isWord(word)) {
      return false;
    }
    at += word.length();
    return true;
  }

  /** Where the word that stands here ends. */
  int wordEnd() {
    int end = at;
    while (!isBoundary(end)) {
      end++;
    }
    return end;
  }

  private boolean isBoundary(int index) {
    return index >= typed.length()
        || Character.isWhitespace(typed.charAt(index))
        || typed.charAt(index) == '('
        || typed.charAt(index) == ')';
  }

  /**
   * The name of a field and its colon; null if what stands here is text. Text are also times
   * ({@code 12:30}), addresses ({@code http://…}), and words that end in a colon.
   */
  @Nullable String takeField() throws SearchException {
    int from = at;
    String name = peek() == '"' ? takeQuoted() : bareName();
    boolean isField =
        !name.isEmpty()
            && !atEnd()
            && peek() == ':'
            && at + 1 < typed.length()
            && !Character.isWhitespace(typed.charAt(at + 1))
            && typed.charAt(at + 1) != ':'
            && typed.charAt(at + 1) != ')'
            && !typed.startsWith("//", at + 1);
    at = isField ? at + 1 : from;
    return isField ? name : null;
  }

  private String bareName() {
    int from = at;
    while (!atEnd() && isNamePart(peek(), at == from)) {
      at++;
    }
    return typed.substring(from, at);
  }

  private static boolean isNamePart(char c, boolean first) {
    return Character.isLetter(c)
        || c == '_'
        || c == '@'
        || c == '$'
        || (!first && (Character.isDigit(c) || c == '.' || c == '-' || c == '/'));
  }

  /** Text between double quotes; a backslash takes the next character as it is. */
  String takeQuoted() throws SearchException {
    int from = at++;
    StringBuilder text = new StringBuilder();
    while (!atEnd() && peek() != '"') {
      if (peek() == '\\' && at + 1 < typed.length()) {
        at++;
      }
      text.append(typed.charAt(at++));
    }
    if (!take('"')) {
      throw wrong("this quote is never closed", from, from + 1);
    }
    return text.toString();
  }

  /**
   * A regular expression between slashes; null if there is none. The second slash must end the
   * word, so that a path is a path.
   */
  @Nullable String takeRegex() {
    if (atEnd() || peek() != '/') {
      return null;
    }
    for (int i = at + 1; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '/' && i > at + 1 && isBoundary(i + 1)) {
        String regex = typed.substring(at + 1, i).replace("\\/", "/");
        at = i + 1;
        return regex;
      }
    }
    return null;
  }

  ValueTest.@Nullable Comparison takeComparison() {
    if (atEnd()) {
      return null;
    }
    char c = peek();
    if (c != '<' && c != '>') {
      return null;
    }
    at++;
    boolean orEqual = take('=');
    return c == '<'
        ? (orEqual ? ValueTest.Comparison.AT_MOST : ValueTest.Comparison.LESS)
        : (orEqual ? ValueTest.Comparison.AT_LEAST : ValueTest.Comparison.MORE);
  }

  /** A word up to a space or parenthesis; stars open it, unless a backslash is before them. */
  Glob takeGlob() {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    while (!isBoundary(at) && !(peek() == '"' && (!piece.isEmpty() || !pieces.isEmpty()))) {
      char c = typed.charAt(at++);
      if (c == '\\' && !atEnd()) {
        piece.append(typed.charAt(at++));
      } else if (c == '*') {
        if (!pieces.isEmpty() && piece.isEmpty()) {
          continue; // ** is *
        }
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        piece.append(c);
      }
    }
    pieces.add(piece.toString());
    return new Glob(pieces);
  }

  /** One end of a range: up to a space, parenthesis or bracket. */
  String takeBound() {
    int from = at;
    while (!isBoundary(at) && peek() != ']') {
      at++;
    }
    return typed.substring(from, at);
  }
}
