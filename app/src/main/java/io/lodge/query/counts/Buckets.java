package io.lodge.query.counts;

import io.lodge.query.search.SearchTable;
import io.lodge.query.time.TimeRange;
import java.util.List;

/**
 * A range of time in steps of a length that people read easily, and that start where clocks do.
 *
 * @param startNanos of the first bucket, at the range's beginning or before it
 * @param stepNanos the length of each
 * @param count how many reach to the range's end
 */
public record Buckets(long startNanos, long stepNanos, int count) {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final List<Long> STEPS =
      List.of(
          MILLI,
          2 * MILLI,
          5 * MILLI,
          10 * MILLI,
          20 * MILLI,
          50 * MILLI,
          100 * MILLI,
          200 * MILLI,
          500 * MILLI,
          SECOND,
          2 * SECOND,
          5 * SECOND,
          10 * SECOND,
          15 * SECOND,
          30 * SECOND,
          MINUTE,
          2 * MINUTE,
          5 * MINUTE,
          10 * MINUTE,
          15 * MINUTE,
          30 * MINUTE,
          HOUR,
          2 * HOUR,
          3 * HOUR,
          6 * HOUR,
          12 * HOUR,
          DAY,
          2 * DAY,
          7 * DAY,
          14 * DAY,
          30 * DAY,
          90 * DAY);

  private static final long LONGEST = 365 * DAY;

  /**
   * The shortest steps of which the range has no more than this many, but for the cut ones at its
   * ends.
   */
  public static Buckets of(TimeRange range, int most) {
    long least = Math.ceilDiv(range.lengthNanos(), most);
    long step =
        STEPS.stream()
            .filter(one -> one >= least)
            .findFirst()
            .orElse(Math.ceilDiv(least, LONGEST) * LONGEST);
    long start = Math.floorDiv(range.fromNanos(), step) * step;
    return new Buckets(start, step, (int) Math.ceilDiv(range.toNanos() - start, step));
  }

  /** Whether whole seconds are enough to tell the bucket of a row. */
  boolean ofWholeSeconds() {
    return stepNanos % SECOND == 0;
  }

  public long startMillis() {
    return startNanos / MILLI;
  }

  public long stepMillis() {
    return stepNanos / MILLI;
  }

  /** The number of a row's bucket, from 0, as SQL. */
  String sql(SearchTable table) {
    if (ofWholeSeconds() && table.coarseTime().isPresent()) {
      return "intDiv(toUInt32(%s) - %d, %d)"
          .formatted(table.coarseTime().get(), startNanos / SECOND, stepNanos / SECOND);
    }
    return "intDiv(toUnixTimestamp64Nano(%s) - %d, %d)"
        .formatted(table.time(), startNanos, stepNanos);
  }
}
