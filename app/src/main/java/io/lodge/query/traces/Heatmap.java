package io.lodge.query.traces;

import io.lodge.query.counts.Buckets;
import io.lodge.query.rows.Filter;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Spans counted by their beginning and, on a scale of fifths of a power of ten, by how long they
 * took.
 *
 * @param durations nanoseconds: the lower bound of each row, from the shortest that there is to the
 *     longest; empty if there are no spans
 * @param cells spans and those of them with an error, for each bucket one for each of {@code
 *     durations}
 */
public record Heatmap(Buckets buckets, List<Long> durations, List<Cell> cells) {
  /** Each row is 1.58 times as long as the last: twenty rows from 1 ms to 10 s. */
  private static final int ROWS_PER_POWER = 5;

  /** The spans of one cell. */
  public record Cell(long spans, long errors) {
    private static final Cell NONE = new Cell(0, 0);
  }

  /** Counts the filter's spans. */
  public static Heatmap of(Execution execution, Filter filter, int most)
      throws QueryFault, InterruptedException {
    Buckets buckets = Buckets.of(filter.range(), most);
    // The small addend: 1 ms is log10 6 and must not become 5.999…
    String sql =
        """
        SELECT
            intDiv(toUnixTimestamp64Nano(Timestamp) - %d, %d) AS bucket,
            toUInt16(floor(log10(greatest(Duration, 1)) * %d + 1e-9)) AS step,
            count() AS spans,
            countIf(StatusCode = 'Error') AS errors
        FROM %s
        WHERE %s
        GROUP BY bucket, step\
        """
            .formatted(
                buckets.startNanos(),
                buckets.stepNanos(),
                ROWS_PER_POWER,
                filter.from(),
                filter.where());
    return of(buckets, execution.all(new Statement(sql, filter.parameters())));
  }

  private static Heatmap of(Buckets buckets, List<JsonRow> rows) {
    int low = (int) rows.stream().mapToLong(row -> row.count("step")).min().orElse(0);
    int high = (int) rows.stream().mapToLong(row -> row.count("step")).max().orElse(-1);
    List<Long> durations = new ArrayList<>();
    for (int step = low; step <= high; step++) {
      durations.add(Math.round(Math.pow(10, (double) step / ROWS_PER_POWER)));
    }
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < buckets.count() * durations.size(); i++) {
      cells.add(Cell.NONE);
    }
    for (JsonRow row : rows) {
      int at = (int) (row.count("bucket") * durations.size() + row.count("step") - low);
      cells.set(at, new Cell(row.count("spans"), row.count("errors")));
    }
    return new Heatmap(buckets, durations, cells);
  }
}
