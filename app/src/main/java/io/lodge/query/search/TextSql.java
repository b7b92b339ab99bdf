package io.lodge.query.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Words → SQL over a column of text. They are whole words, without regard to case: {@code err} does
 * not find {@code error}, {@code err*} does. So every whole word can be looked up in the index of
 * words, and the exact condition behind it decides.
 *
 * <p>A word is a run of letters and digits; every character beyond ASCII counts as a letter, as
 * ClickHouse's index of words has it.
 */
final class TextSql {
  private static final String WORD_CHARACTERS = "0-9a-z\\x{80}-\\x{10FFFF}";
  private static final String BEFORE = "(?:^|[^" + WORD_CHARACTERS + "])";
  private static final String BEHIND = "(?:$|[^" + WORD_CHARACTERS + "])";

  private final SearchText text;
  private final Condition condition;

  TextSql(SearchText text, Condition condition) {
    this.text = text;
    this.condition = condition;
  }

  /** The condition that the text has these words. */
  String has(Glob typed) {
    Glob words = typed.lowered();
    if (words.pieces().stream().allMatch(String::isEmpty)) {
      return "1";
    }
    List<String> tests =
        new ArrayList<>(
            wholeWords(words).stream()
                .map(word -> "hasToken(lower(%s), " + condition.text(word) + ")")
                .toList());
    if (!isOneWord(words)) {
      tests.add("match(" + lowering(words) + "(%s), " + condition.text(regex(words)) + ")");
    }
    String test = tests.size() == 1 ? tests.getFirst() : "(" + String.join(" AND ", tests) + ")";
    return text.passes(value -> test.replace("%s", value));
  }

  /** The condition that a part of the text matches. */
  String matches(String regex) {
    String place = condition.text(regex);
    return text.passes(value -> "match(%s, %s)".formatted(value, place));
  }

  /** ASCII is lowered byte by byte; what lies beyond needs to know of characters. */
  private static String lowering(Glob words) {
    return words.pieces().stream().allMatch(TextSql::isAscii) ? "lower" : "lowerUTF8";
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** Whether the look-up in the index of words is the whole condition. */
  private static boolean isOneWord(Glob words) {
    return words.isExact() && wholeWords(words).equals(words.pieces());
  }

  private static String regex(Glob words) {
    String first = words.pieces().getFirst();
    String last = words.pieces().getLast();
    boolean boundLeft = !first.isEmpty() && isWordCharacter(first.charAt(0));
    boolean boundRight = !last.isEmpty() && isWordCharacter(last.charAt(last.length() - 1));
    String between = "[" + WORD_CHARACTERS + "]*";
    return (boundLeft ? BEFORE : "") + words.regex(between) + (boundRight ? BEHIND : "");
  }

  /** The words with an end on both sides, in ASCII: what the index can be asked for. */
  private static List<String> wholeWords(Glob words) {
    List<String> whole = new ArrayList<>();
    List<String> pieces = words.pieces();
    for (int i = 0; i < pieces.size(); i++) {
      boolean openLeft = i > 0;
      boolean openRight = i < pieces.size() - 1;
      addWholeWords(pieces.get(i), openLeft, openRight, whole);
    }
    return whole;
  }

  private static void addWholeWords(
      String piece, boolean openLeft, boolean openRight, List<String> into) {
    int at = 0;
    while (at < piece.length()) {
      int from = at;
      while (at < piece.length() && isWordCharacter(piece.charAt(at))) {
        at++;
      }
      boolean cutLeft = from == 0 && openLeft;
      boolean cutRight = at == piece.length() && openRight;
      String word = piece.substring(from, at);
      if (at > from && !cutLeft && !cutRight && isAscii(word)) {
        into.add(word);
      }
      at++;
    }
  }

  private static boolean isWordCharacter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
  }
}
