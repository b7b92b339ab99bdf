package io.lodge.query.search;

import java.util.List;

/** A search as parsed: what rows must be like. Immutable. */
public sealed interface Search {

  /** Every row. */
  record Everything() implements Search {}

  /** Rows that all parts match; at least two parts. */
  record AllOf(List<Search> parts) implements Search {
    public AllOf {
      parts = List.copyOf(parts);
    }
  }

  /** Rows that any part matches; at least two parts. */
  record AnyOf(List<Search> parts) implements Search {
    public AnyOf {
      parts = List.copyOf(parts);
    }
  }

  /** Rows that the part does not match. */
  record Not(Search part) implements Search {}

  /** Rows whose text has these words, without regard to case. */
  record Text(Glob words) implements Search {}

  /**
   * Rows whose text has a match of this regular expression (RE2's syntax; {@code (?i)} for any
   * case).
   *
   * @param at where it stands in what was typed
   */
  record TextMatches(String regex, int at) implements Search {}

  /**
   * Rows whose field passes the test.
   *
   * @param field as typed: a column, an alias, or an attribute's key
   * @param at where the field's name begins in what was typed
   */
  record Field(String field, ValueTest test, int at) implements Search {}
}
