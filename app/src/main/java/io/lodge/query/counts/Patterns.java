package io.lodge.query.counts;

import io.lodge.query.rows.Filter;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.Levels;
import io.lodge.query.time.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kinds of lines there are: the text with what varies taken out. ClickHouse takes out numbers,
 * addresses and ids; lines that then differ in few words are one pattern.
 *
 * @param sampled whether only a part of the rows was looked at; counts are scaled up then
 * @param sampleRows that were looked at
 */
public record Patterns(boolean sampled, long sampleRows, List<Pattern> patterns) {
  /** Masking takes some fifty microseconds of CPU a row, for this range and the one before. */
  private static final long SAMPLE_MAX = 20_000;

  private static final int MASKED_MAX = 2_000;
  private static final int TREND_BUCKETS = 20;

  /** What comes later in a line rarely tells its kind. */
  private static final int CHARACTERS_MAX = 400;

  /** What is taken out and what stands for it, in this order. RE2. */
  private static final Map<String, String> MASKS = masks();

  /**
   * One kind of lines.
   *
   * @param count rows, scaled up if sampled
   * @param share of all rows, 0 to 1
   * @param level the most frequent
   * @param example a row: its id, time, source and text
   * @param trend rows of the sample in twenty steps of the range
   * @param previous rows in the range of the same length before this one
   */
  public record Pattern(
      String template,
      long count,
      double share,
      String level,
      JsonRow example,
      List<Long> trend,
      long previous) {
    /** Whether it did not occur before. */
    public boolean isNew() {
      return previous == 0;
    }
  }

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

  /** The most frequent patterns of the filter's rows. */
  public static Patterns of(Execution execution, Filter filter, int limit)
      throws QueryFault, InterruptedException {
    if (filter.table().search().text().isEmpty()) {
      throw QueryFault.badRequest("cannot find patterns: the table has no text");
    }
    long total = count(execution, filter);
    long every = Math.max(1, Math.ceilDiv(total, SAMPLE_MAX));
    List<Merged> merged = merge(execution.all(statement(filter, every)));
    Set<String> kinds = new HashSet<>();
    long sampleRows = merged.stream().mapToLong(one -> one.count).sum();
    List<Merged> before = merge(execution.all(statement(before(filter), every)));
    List<Pattern> patterns = new ArrayList<>();
    for (Merged one : merged.subList(0, Math.min(limit, merged.size()))) {
      if (kinds.add(one.template())) {
        patterns.add(one.pattern(every, sampleRows, before));
      }
    }
    return new Patterns(every > 1, sampleRows, patterns);
  }

  private static Filter before(Filter filter) {
    TimeRange range = filter.range();
    return filter.within(
        new TimeRange(Math.max(0, range.fromNanos() - range.lengthNanos()), range.fromNanos()));
  }

  private static long count(Execution execution, Filter filter)
      throws QueryFault, InterruptedException {
    return execution
        .all(
            filter.statement(
                "SELECT count() AS count FROM %s WHERE %s"
                    .formatted(filter.from(), filter.where())))
        .getFirst()
        .count("count");
  }

  private static Statement statement(Filter filter, long every) {
    Map<String, String> values = new LinkedHashMap<>(filter.parameters());
    String text = filter.table().search().text().orElse("''");
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
                intDiv(toUnixTimestamp64Nano(Timestamp) - %4$d, %5$d) AS bucket,
                tuple(%6$s, toUnixTimestamp64Nano(Timestamp), ServiceName, %7$s) AS row
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
                every == 1 ? "" : " AND sipHash64(Timestamp) %% %d = 0".formatted(every),
                MASKED_MAX);
    return new Statement(sql, values);
  }

  /** Masked lines that are alike in most words, as one. */
  private static final class Merged {
    private final List<String> words;
    private final JsonRow first;
    private final long[] trend = new long[TREND_BUCKETS];
    private long count;

    Merged(JsonRow first) {
      this.first = first;
      words = new ArrayList<>(List.of(first.text("template").split(" ", -1)));
      add(first);
    }

    void add(JsonRow row) {
      count += row.count("count");
      List<Long> more = row.counts("trend");
      for (int i = 0; i < Math.min(trend.length, more.size()); i++) {
        trend[i] += more.get(i);
      }
    }

    boolean isLike(List<String> other) {
      if (other.size() != words.size()) {
        return false;
      }
      int same = 0;
      for (int i = 0; i < words.size(); i++) {
        same += words.get(i).equals(other.get(i)) || words.get(i).equals(ANY) ? 1 : 0;
      }
      // Two of three words, and the first: short lines stay apart.
      return 3 * same >= 2 * words.size() && words.size() > 2;
    }

    void widen(List<String> other) {
      for (int i = 0; i < words.size(); i++) {
        if (!words.get(i).equals(other.get(i))) {
          words.set(i, ANY);
        }
      }
    }

    String template() {
      return String.join(" ", words);
    }

    Pattern pattern(long every, long rows, List<Merged> before) {
      long previous =
          before.stream()
              .filter(one -> isLike(one.words) || one.template().equals(template()))
              .mapToLong(one -> one.count)
              .sum();
      return new Pattern(
          template(),
          count * every,
          rows == 0 ? 0 : (double) count / rows,
          first.text("level"),
          example(first.list("example")),
          java.util.Arrays.stream(trend).boxed().toList(),
          previous * every);
    }

    private static JsonRow example(List<?> row) {
      Map<String, Object> example = new LinkedHashMap<>();
      List<String> names = List.of("id", "Timestamp", "ServiceName", "Body");
      for (int i = 0; i < Math.min(names.size(), row.size()); i++) {
        example.put(names.get(i), row.get(i).toString());
      }
      return new JsonRow(example);
    }

    private static final String ANY = "<*>";
  }

  private static List<Merged> merge(List<JsonRow> masked) {
    Map<Integer, List<Merged>> byLength = new LinkedHashMap<>();
    for (JsonRow row : masked) {
      List<String> words = List.of(row.text("template").split(" ", -1));
      List<Merged> alike = byLength.computeIfAbsent(words.size(), length -> new ArrayList<>());
      alike.stream()
          .filter(one -> one.isLike(words))
          .findFirst()
          .ifPresentOrElse(
              one -> {
                one.widen(words);
                one.add(row);
              },
              () -> alike.add(new Merged(row)));
    }
    return byLength.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong((Merged one) -> one.count).reversed())
        .toList();
  }
}
