package io.lodge.query.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A test of a value of text → SQL.
 *
 * @param field as typed, for what is said of it
 */
record TextValueSql(Condition condition, String field) {

  /** What is absent reads as empty text: a test that empty text passes asks for more than that. */
  String ofPresent(String value, String exists, ValueTest test) throws SearchException {
    String sql = ofText(value, exists, test);
    return sql.equals(exists) || !passesEmpty(test) ? sql : "(" + exists + " AND " + sql + ")";
  }

  static boolean passesEmpty(ValueTest test) {
    return switch (test) {
      case ValueTest.Exists exists -> true;
      case ValueTest.Like like -> like.value().pieces().stream().allMatch(String::isEmpty);
      case ValueTest.Matches matches -> true;
      case ValueTest.Compare compare -> !isNumber(compare.bound());
      case ValueTest.Between between -> !isNumber(between.low()) || !isNumber(between.high());
    };
  }

  static boolean isNumber(ValueTest.Bound bound) {
    return Quantity.parse(bound.text()).isPresent();
  }

  private String ofText(String value, String exists, ValueTest test) throws SearchException {
    return switch (test) {
      case ValueTest.Exists any -> exists;
      case ValueTest.Like like -> like(value, like.value());
      case ValueTest.Matches matches ->
          "match(%s, %s)".formatted(value, condition.text(matches.regex()));
      case ValueTest.Compare compare -> compareText(value, compare.comparison(), compare.bound());
      case ValueTest.Between between -> betweenText(value, exists, between);
    };
  }

  private String like(String value, Glob glob) {
    if (glob.isExact()) {
      return value + " = " + condition.text(glob.exact());
    }
    if (glob.opensRight() && glob.pieces().size() == 2) {
      return "startsWith(%s, %s)".formatted(value, condition.text(glob.pieces().getFirst()));
    }
    return value + " LIKE " + condition.text(glob.likePattern());
  }

  /** By number where the bound is one, else by the alphabet. */
  private String compareText(String value, ValueTest.Comparison comparison, ValueTest.Bound bound)
      throws SearchException {
    Optional<Quantity> quantity = Quantity.parse(bound.text());
    if (quantity.isEmpty()) {
      return "%s %s %s".formatted(value, comparison.sql, condition.text(bound.text()));
    }
    if (quantity.get().kind() != Quantity.Kind.PLAIN) {
      throw FieldSql.wrong(
          bound, "the unit of %s is not known; compare with a plain number".formatted(field));
    }
    // Null, which is no match, where the text is no number.
    return "ifNull(toFloat64OrNull(%s) %s %s, 0)"
        .formatted(value, comparison.sql, condition.number(quantity.get().number()));
  }

  private String betweenText(String value, String exists, ValueTest.Between between)
      throws SearchException {
    List<String> both = new ArrayList<>();
    if (!between.low().isOpen()) {
      both.add(compareText(value, ValueTest.Comparison.AT_LEAST, between.low()));
    }
    if (!between.high().isOpen()) {
      both.add(compareText(value, ValueTest.Comparison.AT_MOST, between.high()));
    }
    return both.isEmpty() ? exists : "(" + String.join(" AND ", both) + ")";
  }
}
