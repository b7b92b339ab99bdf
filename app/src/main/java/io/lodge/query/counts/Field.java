package io.lodge.query.counts;

import io.lodge.query.rows.Filter;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.search.SearchTable;
import io.lodge.query.search.SearchTable.AttributeMap;
import io.lodge.query.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A field that searches can name.
 *
 * @param name as typed
 * @param column where its values are
 * @param kind {@code text}, {@code id}, {@code number}, {@code duration}, {@code level} or {@code
 *     attribute}
 * @param source {@code column}, {@code promoted}, or which attributes: {@code attributes}, {@code
 *     resource}, {@code scope}, {@code labels}
 * @param count rows of the sample that have it
 */
public record Field(String name, String column, String kind, String source, long count) {
  /** The newest rows, of which the attributes are listed. */
  public static final int SAMPLE_ROWS = 10_000;

  /** Of attributes that are listed: the most frequent. */
  private static final int KEYS_MAX = 2_000;

  /**
   * The fields of some rows.
   *
   * @param more whether there are other attributes
   */
  public record Found(List<Field> fields, boolean more) {}

  private static final long RECENT_NANOS = Duration.ofHours(1).toNanos();

  /** The fields of the filter's newest rows whose name begins so, the most frequent first. */
  public static Found of(Execution execution, Filter whole, String prefix)
      throws QueryFault, InterruptedException {
    Filter filter = recent(execution, whole);
    List<Field> fields = new ArrayList<>(columns(execution, filter));
    List<Field> attributes = attributes(execution, filter);
    fields.addAll(attributes.subList(0, Math.min(KEYS_MAX, attributes.size())));
    String begin = prefix.toLowerCase(Locale.ROOT);
    List<Field> named =
        fields.stream()
            .filter(field -> field.name.toLowerCase(Locale.ROOT).startsWith(begin))
            .sorted(Comparator.comparingLong(Field::count).reversed().thenComparing(Field::name))
            .toList();
    return new Found(named, attributes.size() > KEYS_MAX);
  }

  /** The range's last hour where it has rows enough: ordering a day's takes a second. */
  private static Filter recent(Execution execution, Filter whole)
      throws QueryFault, InterruptedException {
    TimeRange range = whole.range();
    long from = Math.max(range.fromNanos(), range.toNanos() - RECENT_NANOS);
    Filter recent = whole.within(new TimeRange(from, range.toNanos()));
    String sql =
        "SELECT count() AS count FROM %s WHERE %s".formatted(recent.from(), recent.where());
    List<JsonRow> counted = execution.quietly(recent.statement(sql));
    return counted.getFirst().count("count") >= SAMPLE_ROWS ? recent : whole;
  }

  private static List<Field> columns(Execution execution, Filter filter)
      throws QueryFault, InterruptedException {
    SearchTable table = filter.table().search();
    Set<String> names = new TreeSet<>(table.columns().keySet());
    List<String> counted = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (String column : names) {
      boolean level = table.columns().get(column) == SearchTable.Kind.LEVEL;
      String stored = level ? "SeverityText" : column;
      if (!read.contains(stored)) {
        read.add(stored);
      }
      counted.add("countIf(notEmpty(toString(%s))) AS c_%s".formatted(stored, column));
    }
    String sql =
        "SELECT %s\nFROM (SELECT %s FROM %s)"
            .formatted(
                String.join(", ", counted),
                String.join(", ", read),
                newest(filter, String.join(", ", read)));
    List<JsonRow> rows = execution.all(filter.statement(sql));
    JsonRow counts = rows.isEmpty() ? new JsonRow(Map.of()) : rows.getFirst();
    List<Field> fields = new ArrayList<>();
    for (String column : names) {
      SearchTable.Kind kind = table.columns().getOrDefault(column, SearchTable.Kind.TEXT);
      fields.add(
          new Field(
              table.shortName(column),
              column,
              kind.name().toLowerCase(Locale.ROOT),
              "column",
              counts.count("c_" + column)));
    }
    return fields;
  }

  private static List<Field> attributes(Execution execution, Filter filter)
      throws QueryFault, InterruptedException {
    List<AttributeMap> maps = filter.table().search().maps();
    List<String> keys = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      keys.add("arrayMap(k -> (%1$d, toString(k)), mapKeys(m%1$d))".formatted(i));
      named.add("%s AS m%d".formatted(maps.get(i).column(), i));
    }
    String sql =
        """
        SELECT key.1 AS map, key.2 AS name, count() AS count
        FROM (SELECT arrayJoin(arrayConcat(%s)) AS key FROM %s)
        GROUP BY map, name
        ORDER BY count DESC, name
        LIMIT %d\
        """
            .formatted(
                String.join(", ", keys), newest(filter, String.join(", ", named)), KEYS_MAX + 1);
    List<Field> fields = new ArrayList<>();
    for (JsonRow row : execution.all(filter.statement(sql))) {
      AttributeMap map = maps.get((int) row.count("map"));
      fields.add(
          new Field(
              name(filter.table().search(), map, row.text("name")),
              map.column(),
              "attribute",
              map.prefix().substring(0, map.prefix().length() - 1),
              row.count("count")));
    }
    return fields;
  }

  /** A key that is also a column's name is only reached with its map's name before it. */
  private static String name(SearchTable table, AttributeMap map, String key) {
    return table.hasColumn(key) ? map.prefix() + key : key;
  }

  private static String newest(Filter filter, String columns) {
    return "(SELECT %s FROM %s WHERE %s ORDER BY %s DESC LIMIT %d)"
        .formatted(
            columns, filter.from(), filter.where(), filter.table().search().time(), SAMPLE_ROWS);
  }
}
