package io.lodge.query.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code level:error}, {@code level:>=warn}: by severity number where a record has one, else by
 * what its severity text says.
 */
final class LevelSql {
  private final Condition condition;

  LevelSql(Condition condition) {
    this.condition = condition;
  }

  String sql(Search.Field field) throws SearchException {
    return switch (field.test()) {
      case ValueTest.Exists any -> "(SeverityNumber > 0 OR SeverityText != '')";
      case ValueTest.Like like when like.value().isExact() -> is(field, like.value().exact());
      case ValueTest.Like like ->
          "lower(SeverityText) LIKE "
              + condition.text(like.value().likePattern().toLowerCase(Locale.ROOT));
      case ValueTest.Matches matches ->
          "match(SeverityText, %s)".formatted(condition.text(matches.regex()));
      case ValueTest.Compare compare -> compared(compare);
      case ValueTest.Between between ->
          either(
              severity ->
                  (between.low().isOpen() || severity.first() >= firstOf(between.low()))
                      && (between.high().isOpen() || severity.first() <= firstOf(between.high())),
              List.of(between.low(), between.high()));
    };
  }

  /** A level by its name, or none. */
  private String is(Search.Field field, String name) throws SearchException {
    if (name.equalsIgnoreCase(Levels.NONE)) {
      return "%s = '%s'".formatted(Levels.sql(), Levels.NONE);
    }
    Optional<Severity> severity = Severity.of(name);
    if (severity.isEmpty()) {
      throw wrong(new ValueTest.Bound(name, field.valueAt()));
    }
    return either(severity.get()::equals, List.of());
  }

  private static SearchException wrong(ValueTest.Bound bound) {
    String name = bound.text();
    return new SearchException(
        "'%s' is no level; want trace, debug, info, warn, error, fatal or none%s; SeverityText:%s asks for the text as sent"
            .formatted(
                name,
                Levels.nearest(name).map(near -> ": did you mean " + near + "?").orElse(""),
                name.matches("[\\w.-]+") ? name : '"' + name.replace("\"", "\\\"") + '"'),
        bound.at(),
        bound.at() + name.length());
  }

  private String compared(ValueTest.Compare compare) throws SearchException {
    ValueTest.Bound bound = compare.bound();
    return either(
        severity -> {
          int order = Integer.compare(severity.first(), firstOf(bound));
          return switch (compare.comparison()) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            case AT_LEAST -> order >= 0;
          };
        },
        List.of(bound));
  }

  private static int firstOf(ValueTest.Bound bound) {
    return Severity.of(bound.text()).map(Severity::first).orElse(0);
  }

  private String either(Predicate<Severity> wanted, List<ValueTest.Bound> bounds)
      throws SearchException {
    for (ValueTest.Bound bound : bounds) {
      if (!bound.isOpen() && Severity.of(bound.text()).isEmpty()) {
        throw wrong(bound);
      }
    }
    List<String> ranges = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Arrays.stream(Severity.values())
        .filter(wanted)
        .forEach(severity -> {
          ranges.add(
              "SeverityNumber BETWEEN %d AND %d".formatted(severity.first(), severity.last()));
          severity.names().forEach(name -> names.add("'" + name + "'"));
        });
    return ranges.isEmpty()
        ? "0"
        : "(%s OR (SeverityNumber = 0 AND lower(SeverityText) IN (%s)))"
            .formatted(String.join(" OR ", ranges), String.join(", ", names));
  }
}
