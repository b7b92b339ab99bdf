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
   * @param at where it stands in what was typed, and {@code to} what is behind it
   */
  record TextMatches(String regex, int at, int to) implements Search {}

  /**
   * Rows whose field passes the test.
   *
   * @param field as typed: a column, an alias, or an attribute's key
   * @param at where the field's name begins in what was typed
   * @param valueAt where its value begins
   */
  record Field(String field, ValueTest test, int at, int valueAt) implements Search {
    /** A name and its value with a colon between them. */
    public Field(String field, ValueTest test, int at) {
      this(field, test, at, at + field.length() + 1);
    }
  }
}
