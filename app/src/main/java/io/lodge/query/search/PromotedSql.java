package io.lodge.query.search;

import java.util.Optional;

/**
 * A test of an attribute → SQL over its own column, where that tells as much as the map: the rows
 * are the same with it and without.
 */
record PromotedSql(Condition condition, Search.Field field, Promoted promoted) {

  /** The condition; empty if the map is to be asked. */
  Optional<String> sql() throws SearchException {
    return switch (promoted.holds()) {
      case TEXT -> ofText();
      case NUMBER_OR_ZERO ->
          isOfNumbers() && !passesZero() ? Optional.of(ofNumber()) : Optional.empty();
      case NUMBER_OR_NULL ->
          isOfNumbers() ? Optional.of("ifNull(" + ofNumber() + ", 0)") : Optional.empty();
    };
  }

  private String quoted() {
    return "`" + promoted.column() + "`";
  }

  /** The column does not tell an empty attribute from none. */
  private Optional<String> ofText() throws SearchException {
    if (TextValueSql.passesEmpty(field.test())) {
      return Optional.empty();
    }
    String sql = new TextValueSql(condition, field.field()).ofPresent(quoted(), "", field.test());
    if (field.test() instanceof ValueTest.Like like && like.value().isExact()) {
      // The index of values is the map's: it is asked, and the map is not read.
      String place = "%s[%s]".formatted(promoted.map(), condition.text(promoted.key()));
      return Optional.of(
          "(%s AND indexHint(%s = %s))"
              .formatted(sql, place, condition.text(like.value().exact())));
    }
    return Optional.of(sql);
  }

  private boolean isOfNumbers() {
    return switch (field.test()) {
      case ValueTest.Compare compare -> isPlain(compare.bound());
      case ValueTest.Between between ->
          isPlainOrOpen(between.low())
              && isPlainOrOpen(between.high())
              && !(between.low().isOpen() && between.high().isOpen());
      case ValueTest.Exists any -> false;
      case ValueTest.Like like -> false; // 1.0 is not the text 1
      case ValueTest.Matches matches -> false;
    };
  }

  private static boolean isPlainOrOpen(ValueTest.Bound bound) {
    return bound.isOpen() || isPlain(bound);
  }

  private static boolean isPlain(ValueTest.Bound bound) {
    return Quantity.parse(bound.text()).stream().anyMatch(q -> q.kind() == Quantity.Kind.PLAIN);
  }

  private boolean passesZero() {
    return switch (field.test()) {
      case ValueTest.Compare compare -> passes(compare.comparison(), compare.bound());
      case ValueTest.Between between ->
          passes(ValueTest.Comparison.AT_LEAST, between.low())
              && passes(ValueTest.Comparison.AT_MOST, between.high());
      case ValueTest.Exists any -> true;
      case ValueTest.Like like -> true;
      case ValueTest.Matches matches -> true;
    };
  }

  private static boolean passes(ValueTest.Comparison comparison, ValueTest.Bound bound) {
    if (bound.isOpen()) {
      return true;
    }
    double number = number(bound);
    return switch (comparison) {
      case LESS -> 0 < number;
      case AT_MOST -> 0 <= number;
      case MORE -> 0 > number;
      case AT_LEAST -> 0 >= number;
    };
  }

  private String ofNumber() {
    return switch (field.test()) {
      case ValueTest.Compare compare -> ofNumber(compare.comparison(), compare.bound());
      case ValueTest.Between between ->
          "(%s AND %s)"
              .formatted(
                  ofNumber(ValueTest.Comparison.AT_LEAST, between.low()),
                  ofNumber(ValueTest.Comparison.AT_MOST, between.high()));
      case ValueTest.Exists any -> throw noNumber();
      case ValueTest.Like like -> throw noNumber();
      case ValueTest.Matches matches -> throw noNumber();
    };
  }

  private String ofNumber(ValueTest.Comparison comparison, ValueTest.Bound bound) {
    return bound.isOpen()
        ? "1"
        : "%s %s %s".formatted(quoted(), comparison.sql, condition.number(number(bound)));
  }

  private static double number(ValueTest.Bound bound) {
    return Quantity.parse(bound.text()).orElseThrow().number();
  }

  private IllegalStateException noNumber() {
    return new IllegalStateException("unexpected test of a number: " + field.test());
  }
}
