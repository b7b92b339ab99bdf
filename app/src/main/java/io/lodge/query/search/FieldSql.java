package io.lodge.query.search;

import io.lodge.query.search.SearchTable.AttributeMap;
import io.lodge.query.search.SearchTable.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One {@code field:value} → SQL: over a column, or the maps of attributes and what was promoted of
 * them.
 */
final class FieldSql {
  private final SearchTable table;
  private final Condition condition;
  private final Search.Field field;

  FieldSql(SearchTable table, Condition condition, Search.Field field) {
    this.table = table;
    this.condition = condition;
    this.field = field;
  }

  String sql() throws SearchException {
    Optional<String> column = table.columnOf(field.field());
    if (column.isPresent()) {
      return ofColumn(column.get(), table.kindOf(column.get()));
    }
    return ofMaps();
  }

  private String ofColumn(String column, Kind kind) throws SearchException {
    return switch (kind) {
      case LEVEL -> new LevelSql(condition).sql(field);
      case TEXT -> ofText(column, column, field.test());
      case WORD -> ofWord(column);
      case ID -> ofText(column, column, lowered(field.test()));
      case NUMBER -> ofNumber(column, Quantity.Kind.PLAIN);
      case DURATION -> ofNumber(column, Quantity.Kind.DURATION);
    };
  }

  private String ofText(String column, String value, ValueTest test) throws SearchException {
    return new TextValueSql(condition, field.field()).ofPresent(value, column + " != ''", test);
  }

  /** In any case; an expression sees the word as it is stored, and has its own way to say so. */
  private String ofWord(String column) throws SearchException {
    return field.test() instanceof ValueTest.Matches
        ? ofText(column, column, field.test())
        : ofText(column, "lower(" + column + ")", lowered(field.test()));
  }

  private static ValueTest lowered(ValueTest test) {
    return switch (test) {
      case ValueTest.Like like -> new ValueTest.Like(like.value().lowered());
      case ValueTest.Compare compare ->
          new ValueTest.Compare(compare.comparison(), compare.bound().lowered());
      case ValueTest.Between between ->
          new ValueTest.Between(between.low().lowered(), between.high().lowered());
      case ValueTest.Exists exists -> exists;
      case ValueTest.Matches matches -> matches;
    };
  }

  /**
   * An attribute of any kind: a record has it where any of its maps has it. A prefix such as {@code
   * resource.} asks one map alone, which an index may answer.
   */
  private String ofMaps() throws SearchException {
    for (AttributeMap map : table.maps()) {
      if (field.field().startsWith(map.prefix())
          && field.field().length() > map.prefix().length()) {
        return ofMap(map.column(), field.field().substring(map.prefix().length()));
      }
    }
    List<String> any = new ArrayList<>();
    for (AttributeMap map : table.maps()) {
      any.add(ofMap(map.column(), field.field()));
    }
    return "(" + String.join(" OR ", any) + ")";
  }

  private String ofMap(String column, String key) throws SearchException {
    Optional<Promoted> promoted = table.promoted(column, key);
    if (promoted.isPresent()) {
      Optional<String> sql = new PromotedSql(condition, field, promoted.get()).sql();
      if (sql.isPresent()) {
        return sql.get();
      }
    }
    String place = condition.text(key);
    String value = column + "[" + place + "]";
    String exists = "mapContains(" + column + ", " + place + ")";
    return new TextValueSql(condition, field.field()).ofPresent(value, exists, field.test());
  }

  private String ofNumber(String column, Quantity.Kind kind) throws SearchException {
    return switch (field.test()) {
      case ValueTest.Exists any -> "1";
      case ValueTest.Like like when like.value().isExact() ->
          column + " = " + number(new ValueTest.Bound(like.value().exact(), field.valueAt()), kind);
      case ValueTest.Like like ->
          "toString(%s) LIKE %s".formatted(column, condition.text(like.value().likePattern()));
      case ValueTest.Matches matches ->
          "match(toString(%s), %s)".formatted(column, condition.text(matches.regex()));
      case ValueTest.Compare compare ->
          "%s %s %s".formatted(column, compare.comparison().sql, number(compare.bound(), kind));
      case ValueTest.Between between -> betweenNumbers(column, between, kind);
    };
  }

  private String betweenNumbers(String column, ValueTest.Between between, Quantity.Kind kind)
      throws SearchException {
    List<String> both = new ArrayList<>();
    if (!between.low().isOpen()) {
      both.add(column + " >= " + number(between.low(), kind));
    }
    if (!between.high().isOpen()) {
      both.add(column + " <= " + number(between.high(), kind));
    }
    return both.isEmpty() ? "1" : "(" + String.join(" AND ", both) + ")";
  }

  private String number(ValueTest.Bound bound, Quantity.Kind kind) throws SearchException {
    Quantity quantity =
        Quantity.parse(bound.text())
            .orElseThrow(() ->
                wrong(
                    bound,
                    kind == Quantity.Kind.DURATION
                        ? noDuration(bound)
                        : "%s is a number; got '%s'".formatted(field.field(), bound.text())));
    if (quantity.kind() != kind) {
      throw wrong(
          bound,
          kind == Quantity.Kind.DURATION
              ? noDuration(bound)
              : "%s has no unit; want a plain number".formatted(field.field()));
    }
    return condition.number(quantity.number());
  }

  private String noDuration(ValueTest.Bound bound) {
    return "%s is a duration; got '%s' want a number and one of ns, us, ms, s, m, h, d%s"
        .formatted(
            field.field(),
            bound.text(),
            Quantity.nearestDuration(bound.text())
                .map(near -> ": did you mean " + near + "?")
                .orElse(", as in 250ms or 1.5s"));
  }

  static SearchException wrong(ValueTest.Bound bound, String message) {
    return new SearchException(message, bound.at(), bound.at() + bound.text().length());
  }
}
