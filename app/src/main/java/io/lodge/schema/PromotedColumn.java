package io.lodge.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column that was promoted, as ClickHouse's catalog tells of it.
 *
 * @param column its name
 * @param type ClickHouse's type
 * @param map the column of attributes that it is computed from
 * @param key in this map
 */
public record PromotedColumn(String column, String type, String map, String key) {
  private static final String ACCESS = "(\\w+)\\['((?:[^'\\\\]|\\\\['\\\\])*)'\\]";

  /** What {@link Promotion} computes columns with. */
  private static final Pattern EXPRESSION =
      Pattern.compile(
          ACCESS + "|accurateCastOr(?:Null|Default)\\(toString\\(" + ACCESS + "\\), '.*'\\)");

  /** By this comment promoted columns are known. */
  public static String mark() {
    return Promotion.MARK;
  }

  /**
   * Reads the expression of a column.
   *
   * @param expression {@code default_expression} of {@code system.columns}
   * @return empty if it is none that this build writes
   */
  public static Optional<PromotedColumn> of(String column, String type, String expression) {
    Matcher shape = EXPRESSION.matcher(expression);
    if (!shape.matches()) {
      return Optional.empty();
    }
    int at = shape.group(1) == null ? 3 : 1;
    String key = shape.group(at + 1).replaceAll("\\\\(['\\\\])", "$1");
    return Optional.of(new PromotedColumn(column, type, shape.group(at), key));
  }
}
