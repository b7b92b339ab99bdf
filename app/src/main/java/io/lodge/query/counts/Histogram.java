package io.lodge.query.counts;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowTable;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.FieldValue;
import io.lodge.query.search.Levels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows counted by time and by a field's values.
 *
 * @param groups the values; the last may be {@link #OTHER}
 * @param counts for each bucket one number for each group
 */
public record Histogram(Buckets buckets, List<String> groups, List<long[]> counts) {
  /** The rows of all values that are not among the most frequent. */
  public static final String OTHER = "other";

  /** As many colours as people tell apart. */
  private static final int GROUPS_MAX = 12;

  /** By level for logs, by status for spans; events, which have neither, by what happened. */
  public static String defaultField(RowTable table) {
    return switch (table.word()) {
      case "traces" -> "status";
      case "events" -> "dataset";
      case "analytics" -> "event";
      default -> "level";
    };
  }

  /** Counts the filter's rows. */
  public static Histogram of(Execution execution, Filter filter, String field, int most)
      throws QueryFault, InterruptedException {
    Buckets buckets = Buckets.of(filter.range(), most);
    boolean byLevel = field.equals("level") && filter.table().search().hasColumn("level");
    FieldValue value = filter.value(field, "f0");
    Source source = Source.of(execution, filter, List.of(field), buckets.stepNanos());
    Map<String, String> values = new LinkedHashMap<>(source.parameters());
    values.putAll(value.parameters());
    String bucket = buckets.sql(filter.table().search());
    String sql = byLevel ? ofLevels(source, bucket) : ofValues(source, bucket, value);
    List<JsonRow> rows = execution.all(new Statement(sql, values));
    return of(buckets, rows, byLevel ? Levels.words() : List.of());
  }

  /** By the columns as they are stored, and then by the level they mean: few rows are looked at. */
  private static String ofLevels(Source source, String bucket) {
    return """
    SELECT bucket, %s AS value, sum(rows) AS count
    FROM
    (
        SELECT %s AS bucket, SeverityNumber, SeverityText, %s AS rows
        FROM %s
        GROUP BY bucket, SeverityNumber, SeverityText
    )
    GROUP BY bucket, value
    ORDER BY bucket\
    """
        .formatted(Levels.sql(), bucket, source.count(), source.from());
  }

  private static String ofValues(Source source, String bucket, FieldValue value) {
    return """
    WITH
        (
            SELECT groupArray(v)
            FROM (SELECT toString(%1$s) AS v FROM %2$s GROUP BY v ORDER BY %3$s DESC, v LIMIT %4$d)
        ) AS top
    SELECT %5$s AS bucket, if(has(top, toString(%1$s)), toString(%1$s), '%6$s') AS value, %3$s AS count
    FROM %2$s
    GROUP BY bucket, value
    ORDER BY bucket\
    """
        .formatted(value.sql(), source.from(), source.count(), GROUPS_MAX - 1, bucket, OTHER);
  }

  private static Histogram of(Buckets buckets, List<JsonRow> rows, List<String> fixed) {
    List<String> groups = fixed.isEmpty() ? byTotal(rows) : fixed;
    Map<String, Integer> places = new TreeMap<>();
    groups.forEach(group -> places.put(group, places.size()));
    List<long[]> counts = new ArrayList<>();
    for (int i = 0; i < buckets.count(); i++) {
      counts.add(new long[groups.size()]);
    }
    for (JsonRow row : rows) {
      int bucket = (int) row.count("bucket");
      if (bucket >= 0 && bucket < counts.size()) {
        counts.get(bucket)[places.getOrDefault(row.text("value"), 0)] += row.count("count");
      }
    }
    return new Histogram(buckets, groups, counts);
  }

  private static List<String> byTotal(List<JsonRow> rows) {
    Map<String, Long> totals = new TreeMap<>();
    rows.forEach(row -> totals.merge(row.text("value"), row.count("count"), Long::sum));
    List<String> groups = new ArrayList<>(totals.keySet());
    groups.sort((a, b) -> Long.compare(totals.getOrDefault(b, 0L), totals.getOrDefault(a, 0L)));
    if (groups.remove(OTHER)) {
      groups.add(OTHER);
    }
    return groups;
  }
}
