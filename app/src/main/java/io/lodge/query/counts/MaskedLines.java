package io.lodge.query.counts;

import io.lodge.query.rows.Filter;
import io.lodge.query.run.Statement;
import io.lodge.query.search.Levels;
import io.lodge.query.search.SearchText;
import io.lodge.query.time.TimeRange;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lines with numbers, addresses and ids taken out by ClickHouse, and how many there are of each.
 */
final class MaskedLines {
  /** More kinds are not told apart. */
  static final int MOST = 2_000;

  static final int TREND_BUCKETS = 20;

  /** What comes later in a line rarely tells its kind. */
  private static final int CHARACTERS_MAX = 400;

  /** What is taken out and what stands for it, in this order. RE2. */
  private static final Map<String, String> MASKS = masks();

  private MaskedLines() {}

  private static Map<String, String> masks() {
    Map<String, String> masks = new LinkedHashMap<>();
    masks.put(
        "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", "<uuid>");
    masks.put(
        "\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)?",
        "<time>");
    masks.put("\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?::\\d+)?\\b", "<ip>");
    masks.put("[\\w.+-]+@[\\w-]+\\.[\\w.-]+", "<email>");
    masks.put(
        "\\b(?:0x[0-9a-fA-F]+|[0-9a-f]*\\d[0-9a-f]*[a-f][0-9a-f]{6,}|[0-9a-f]*[a-f][0-9a-f]*\\d[0-9a-f]{6,})\\b",
        "<hex>");
    masks.put("\\d+(?:\\.\\d+)?", "<num>");
    return masks;
  }

  /**
   * The most frequent masked lines.
   *
   * @param every one row of so many is looked at
   */
  static Statement statement(Filter filter, long every) {
    Map<String, String> values = new LinkedHashMap<>(filter.parameters());
    String text = filter.table().search().text().map(SearchText::sql).orElse("''");
    String masked = "substringUTF8(%s, 1, %d)".formatted(text, CHARACTERS_MAX);
    int i = 0;
    for (Map.Entry<String, String> mask : MASKS.entrySet()) {
      values.put("m" + i, Statement.escaped(mask.getKey()));
      masked = "replaceRegexpAll(%s, {m%d:String}, '%s')".formatted(masked, i, mask.getValue());
      i++;
    }
    TimeRange range = filter.range();
    long step = Math.max(1, Math.ceilDiv(range.lengthNanos(), TREND_BUCKETS));
    boolean levels = filter.table().search().hasColumn("level");
    String sql =
        """
        SELECT template, count() AS count, topK(1)(level)[1] AS level, any(row) AS example,
            sumForEach(arrayMap(i -> toUInt64(i = bucket), range(%1$d))) AS trend
        FROM
        (
            SELECT %2$s AS template, %3$s AS level,
                intDiv(toUnixTimestamp64Nano(%12$s) - %4$d, %5$d) AS bucket,
                tuple(%6$s, toUnixTimestamp64Nano(%12$s), %13$s, %7$s) AS row
            FROM %8$s
            WHERE %9$s%10$s
        )
        GROUP BY template
        ORDER BY count DESC, template
        LIMIT %11$d\
        """
            .formatted(
                TREND_BUCKETS,
                masked,
                levels ? Levels.sql() : "'" + Levels.NONE + "'",
                range.fromNanos(),
                step,
                filter.table().id(),
                text,
                filter.from(),
                filter.where(),
                every == 1 ? "" : " AND %s %% %d = 0".formatted(filter.table().sample(), every),
                MOST,
                filter.table().search().time(),
                filter.table().search().columnOf("service").orElse("''"));
    return new Statement(sql, values);
  }
}
