package io.lodge.query.search;

import java.util.Locale;

/** What a field's value must be like. */
public sealed interface ValueTest {

  /** The row has the field: {@code user.id:*}. */
  record Exists() implements ValueTest {}

  /** The whole value, with {@code *} for any text: {@code pod:web-*}. */
  record Like(Glob value) implements ValueTest {}

  /**
   * A part of the value matches: {@code path:/v[12]/}.
   *
   * @param at where the expression stands in what was typed, and {@code to} what is behind it
   */
  record Matches(String regex, int at, int to) implements ValueTest {}

  /** {@code status:>=500}, {@code duration:<1.5s}. */
  record Compare(Comparison comparison, Bound bound) implements ValueTest {}

  /** From one bound to another, both included: {@code status:[500 TO 599]}; {@code *} is open. */
  record Between(Bound low, Bound high) implements ValueTest {}

  /** Orders of two values. */
  enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    /** As in SQL. */
    final String sql;

    Comparison(String sql) {
      this.sql = sql;
    }
  }

  /**
   * One end of a range.
   *
   * @param text as typed; {@code *} where the range is open
   * @param at where it stands in what was typed
   */
  record Bound(String text, int at) {
    boolean isOpen() {
      return text.equals("*");
    }

    Bound lowered() {
      return new Bound(text.toLowerCase(Locale.ROOT), at);
    }
  }
}
