package io.lodge.query.counts;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowTable;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.FieldValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A field's most frequent values.
 *
 * @param field as it was asked for
 * @param values the most frequent first
 * @param distinct how many values there are; of very many, a part is looked at
 * @param other rows that have another value
 */
public record Facet(String field, List<Value> values, long distinct, long other) {
  /** Values that are told apart: more take memory and mean nothing to people. */
  private static final int KEYS_MAX = 200_000;

  private static final Map<String, String> OF_MANY_SOME =
      Map.of("max_rows_to_group_by", Integer.toString(KEYS_MAX), "group_by_overflow_mode", "any");

  /** A value and the rows that have it. */
  public record Value(String value, long count) {}

  /** What is shown of a table where nobody says. */
  public static List<String> defaultFields(RowTable table) {
    return switch (table.word()) {
      case "logs" ->
          List.of(
              "level", "service", "namespace", "pod", "container", "cluster", "region", "scope");
      case "traces" -> List.of("service", "name", "kind", "status", "namespace", "pod");
      case "events" -> List.of("dataset", "service", "host", "status", "application");
      case "analytics" ->
          List.of(
              "event",
              "browser",
              "os",
              "device_type",
              "country_code",
              "pathname",
              "model",
              "provider");
      default -> List.of("level", "logger", "namespace", "pod", "thread_name", "source_file");
    };
  }

  /**
   * Counts the values of each field as if the search did not restrict the field itself, so that the
   * values which it leaves out can be chosen too. The others in one pass, these in one each.
   */
  public static List<Facet> ofEachAlone(
      Execution execution, Filter filter, List<String> fields, int limit)
      throws QueryFault, InterruptedException {
    List<String> free = fields.stream().filter(f -> filter.without(f).equals(filter)).toList();
    Map<String, Facet> found = new LinkedHashMap<>();
    if (!free.isEmpty()) {
      of(execution, filter, free, limit).forEach(facet -> found.put(facet.field(), facet));
    }
    List<Facet> facets = new ArrayList<>();
    for (String field : fields) {
      Facet own = found.get(field);
      facets.add(
          own != null
              ? own
              : of(execution, filter.without(field), List.of(field), limit).getFirst());
    }
    return facets;
  }

  /** Counts the values of each field, in one pass over the filter's rows. */
  public static List<Facet> of(Execution execution, Filter filter, List<String> fields, int limit)
      throws QueryFault, InterruptedException {
    Source source = Source.of(execution, filter, fields, 0);
    Map<String, String> values = new LinkedHashMap<>(source.parameters());
    List<String> columns = new ArrayList<>();
    List<String> sets = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      FieldValue value = filter.value(fields.get(i), "f" + i);
      values.putAll(value.parameters());
      columns.add("%s AS v%d".formatted(value.sql(), i));
      sets.add("(v%d)".formatted(i));
    }
    String sql =
        """
        SELECT field, value, count, count() OVER (PARTITION BY field) AS distinct, sum(count) OVER (PARTITION BY field) AS total
        FROM
        (
            SELECT %s AS field, %s AS value, sum(rows) AS count
            FROM (SELECT %s, %s AS rows FROM %s)
            GROUP BY GROUPING SETS (%s)
        )
        WHERE value != ''
        ORDER BY field, count DESC, value
        LIMIT %d BY field\
        """
            .formatted(
                number(fields.size()),
                text(fields.size()),
                String.join(", ", columns),
                source.one(),
                source.from(),
                String.join(", ", sets),
                limit);
    return read(fields, execution.all(new Statement(sql, values).with(OF_MANY_SOME)));
  }

  /** The place of the field whose set a row is of. */
  private static String number(int fields) {
    StringBuilder sql = new StringBuilder("multiIf(");
    for (int i = 0; i < fields; i++) {
      sql.append("grouping(v%1$d) = 0, %1$d, ".formatted(i));
    }
    return sql.append("-1)").toString();
  }

  private static String text(int fields) {
    StringBuilder sql = new StringBuilder("multiIf(");
    for (int i = 0; i < fields; i++) {
      sql.append("grouping(v%1$d) = 0, toString(v%1$d), ".formatted(i));
    }
    return sql.append("'')").toString();
  }

  private static List<Facet> read(List<String> fields, List<JsonRow> rows) {
    List<Facet> facets = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      int place = i;
      List<JsonRow> own = rows.stream().filter(row -> row.count("field") == place).toList();
      List<Value> values =
          own.stream().map(row -> new Value(row.text("value"), row.count("count"))).toList();
      long shown = values.stream().mapToLong(Value::count).sum();
      facets.add(
          own.isEmpty()
              ? new Facet(fields.get(i), values, 0, 0)
              : new Facet(
                  fields.get(i),
                  values,
                  own.getFirst().count("distinct"),
                  own.getFirst().count("total") - shown));
    }
    return facets;
  }

  /** The values of one field that begin with a text in any case, the most frequent first. */
  public static List<Value> complete(
      Execution execution, Filter filter, String field, String prefix, int limit)
      throws QueryFault, InterruptedException {
    FieldValue value = filter.value(field, "f0");
    Source source = Source.of(execution, filter, List.of(field), 0);
    Map<String, String> values = new LinkedHashMap<>(source.parameters());
    values.putAll(value.parameters());
    String begins = "";
    if (!prefix.isEmpty()) {
      values.put("prefix", Statement.escaped(prefix));
      begins = " AND startsWith(lowerUTF8(value), lowerUTF8({prefix:String}))";
    }
    String sql =
        """
        SELECT toString(%s) AS value, %s AS count
        FROM %s AND value != ''%s
        GROUP BY value
        ORDER BY count DESC, value
        LIMIT %d\
        """
            .formatted(value.sql(), source.count(), source.from(), begins, limit);
    return execution.all(new Statement(sql, values).with(OF_MANY_SOME)).stream()
        .map(row -> new Value(row.text("value"), row.count("count")))
        .toList();
  }
}
