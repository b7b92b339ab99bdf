package io.lodge.query.counts;

import io.lodge.query.rows.Filter;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.time.TimeRange;
import java.util.List;

/**
 * The kinds of lines there are: the text with what varies taken out. ClickHouse takes out numbers,
 * addresses and ids; lines that then differ in few words are one pattern.
 *
 * @param sampled whether only a part of the rows was looked at; counts are scaled up then
 * @param sampleRows that were looked at
 * @param more whether there are other patterns
 */
public record Patterns(boolean sampled, long sampleRows, List<Pattern> patterns, boolean more) {
  /** Masking takes some fifty microseconds of CPU a row, for this range and the one before. */
  private static final long SAMPLE_MAX = 20_000;

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

  /** The most frequent patterns of the filter's rows. */
  public static Patterns of(Execution execution, Filter filter, int limit)
      throws QueryFault, InterruptedException {
    if (filter.table().search().text().isEmpty()) {
      throw QueryFault.badRequest("cannot find patterns: the table has no text");
    }
    long total = count(execution, filter);
    long every = Math.max(1, Math.ceilDiv(total, SAMPLE_MAX));
    List<JsonRow> masked = execution.all(MaskedLines.statement(filter, every));
    List<AlikeLines> kinds = AlikeLines.of(masked);
    long sampleRows = kinds.stream().mapToLong(AlikeLines::count).sum();
    List<AlikeLines> before =
        AlikeLines.of(execution.all(MaskedLines.statement(before(filter), every)));
    List<Pattern> patterns =
        kinds.stream().limit(limit).map(one -> one.pattern(every, sampleRows, before)).toList();
    boolean more = kinds.size() > limit || masked.size() == MaskedLines.MOST;
    return new Patterns(every > 1, sampleRows, patterns, more);
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
}
