package io.lodge.schema;

import java.util.regex.Pattern;

/**
 * A key of a map of attributes that becomes a column: written from now on, and computed from the
 * map where a part is older. No part is rewritten; merges write the column as they pass.
 *
 * @param table the stored table, {@code otel.wide_events_0}
 * @param column the column's name: the key with {@code _} for what names cannot have
 * @param type its type
 * @param expression what it is computed from, {@code labels['region']}
 */
public record Promotion(String table, String column, String type, String expression) {
  /** By it {@code demote} knows its own: a column of the build is never dropped. */
  static final String MARK = "promoted by lodge";

  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_]+(\\([A-Za-z0-9_(), ']*\\))?");
  private static final Pattern NULLABLE = Pattern.compile("Nullable\\((.*)\\)");

  /**
   * The column for a key.
   *
   * @param table {@code wide_events}, {@code generic_logs} or {@code otel_traces}
   * @param key of the record's own attributes, or with the map's name before it: {@code
   *     ResourceAttributes.k8s.deployment.name}
   * @param type ClickHouse's type; a value that is none of it becomes the type's default, or NULL
   *     in a {@code Nullable}
   * @throws IllegalArgumentException if there is no such table, or the type cannot be one
   */
  public static Promotion of(String table, String key, String type) {
    PromotableTable of = PromotableTable.named(table);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("cannot promote a key of " + table + ": it is empty");
    }
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "cannot promote %s: unexpected type; got '%s' want one such as String, UInt32 or Float64"
              .formatted(key, type));
    }
    String map = of.maps().getFirst();
    String name = key;
    for (String other : of.maps()) {
      if (key.startsWith(other + ".") && key.length() > other.length() + 1) {
        map = other;
        name = key.substring(other.length() + 1);
      }
    }
    return new Promotion(of.target(), column(name), type, expression(of, map, name, type));
  }

  private static String column(String name) {
    String word = name.replaceAll("[^A-Za-z0-9_]", "_");
    return Character.isDigit(word.charAt(0)) ? "_" + word : word;
  }

  private static String expression(PromotableTable of, String map, String name, String type) {
    String value = map + "[" + quoted(name) + "]";
    var nullable = NULLABLE.matcher(type);
    if (type.equals("String") || type.equals("LowCardinality(String)")) {
      return value;
    }
    if (type.equals("Float64") && !of.numbers().isEmpty()) {
      return of.numbers() + "[" + quoted(name) + "]";
    }
    // Values of some maps are LowCardinality, which the casts do not take off.
    String text = "toString(" + value + ")";
    return nullable.matches()
        ? "accurateCastOrNull(%s, %s)".formatted(text, quoted(nullable.group(1)))
        : "accurateCastOrDefault(%s, %s)".formatted(text, quoted(type));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** The statement that adds the column; safe to run twice. */
  String sql() {
    return "ALTER TABLE %s ADD COLUMN IF NOT EXISTS `%s` %s MATERIALIZED %s COMMENT '%s' CODEC(ZSTD(1))"
        .formatted(table, column, type, expression, MARK);
  }
}
