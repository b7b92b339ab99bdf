package io.lodge.query.counts;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowTable;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.SearchFields;
import io.lodge.query.search.SearchTable;
import io.lodge.query.time.TimeRange;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where rows are counted: the table itself, or the table that has them counted already by five
 * minutes, with the rows of the cut five minutes at both ends. The answer is the same: the counted
 * table is asked only for what it tells apart, and only while it adds up to as many rows as there
 * are on the days asked for. Where rows were deleted, or stored before there was that table, it
 * does not.
 *
 * @param from what to write behind FROM, with its WHERE
 * @param count how many rows one of them stands for, as an aggregate
 * @param parameters the values of {@code from}
 */
record Source(String from, String count, Map<String, String> parameters) {
  private static final String COUNTED = "otel.generic_logs_counts";
  private static final long STEP_NANOS = Duration.ofMinutes(5).toNanos();

  /** Less is read as quickly from the rows. */
  private static final long LEAST_NANOS = Duration.ofHours(1).toNanos();

  /** A block that is being stored is in one of the tables for some milliseconds. */
  private static final int TRIES = 2;

  private static final Set<String> COLUMNS =
      Set.of(
          "SeverityNumber",
          "SeverityText",
          "ServiceName",
          "Namespace",
          "PodName",
          "ContainerName",
          "NodeName",
          "Cluster",
          "Cell",
          "Region",
          "ScopeName",
          "Tenant");

  Source {
    parameters = Map.copyOf(parameters);
  }

  /** How many rows one of them stands for. */
  String one() {
    return count.equals("count()") ? "1" : "Count";
  }

  /** The rows themselves. */
  static Source rows(Filter filter) {
    return new Source(filter.from() + "\nWHERE " + filter.where(), "count()", filter.parameters());
  }

  /**
   * The quickest exact source.
   *
   * @param fields that are counted by
   * @param stepNanos of buckets that are counted by; 0 for none
   */
  static Source of(Execution execution, Filter filter, List<String> fields, long stepNanos)
      throws QueryFault, InterruptedException {
    Optional<Set<String>> columns = columns(filter, fields);
    TimeRange whole = inside(filter.range());
    if (columns.isEmpty()
        || stepNanos % STEP_NANOS != 0
        || whole.lengthNanos() < LEAST_NANOS
        || !addsUp(execution, whole)) {
      return rows(filter);
    }
    return counted(filter, whole, columns.get());
  }

  /** The columns that the fields are in; empty if the counted table lacks one. */
  private static Optional<Set<String>> columns(Filter filter, List<String> fields) {
    if (!filter.table().word().equals(RowTable.LOGS.word())
        || filter.asked().isEmpty()
        || SearchFields.looksAtText(filter.asked().get())) {
      return Optional.empty();
    }
    Set<String> asked = new LinkedHashSet<>(SearchFields.of(filter.asked().get()));
    asked.addAll(fields);
    Set<String> columns = new LinkedHashSet<>();
    SearchTable table = filter.table().search();
    for (String field : asked) {
      String column = table.columnOf(field).orElse("");
      if (column.equals("Level")) {
        columns.addAll(List.of("SeverityNumber", "SeverityText"));
      } else if (COLUMNS.contains(column)) {
        columns.add(column);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(columns);
  }

  /** The whole five minutes of a range. */
  private static TimeRange inside(TimeRange range) {
    return new TimeRange(
        Math.ceilDiv(range.fromNanos(), STEP_NANOS) * STEP_NANOS,
        Math.floorDiv(range.toNanos(), STEP_NANOS) * STEP_NANOS);
  }

  private static boolean addsUp(Execution execution, TimeRange whole)
      throws QueryFault, InterruptedException {
    // Both sides are in the server's time zone, as the partitions are.
    Statement statement =
        new Statement(
            """
            SELECT
                (SELECT count() FROM %s WHERE toDate(Timestamp) BETWEEN toDate(toDateTime({first:UInt32})) AND toDate(toDateTime({last:UInt32}))) AS stored,
                (SELECT sum(Count) FROM %s WHERE toDate(EventTime) BETWEEN toDate(toDateTime({first:UInt32})) AND toDate(toDateTime({last:UInt32}))) AS counted\
            """
                .formatted(RowTable.LOGS.search().name(), COUNTED),
            Map.of(
                "first", Long.toString(seconds(whole.fromNanos())),
                "last", Long.toString(seconds(whole.toNanos()))));
    for (int tried = 0; tried < TRIES; tried++) {
      JsonRow sums = execution.quietly(statement).getFirst();
      if (sums.count("stored") == sums.count("counted")) {
        return true;
      }
    }
    return false;
  }

  private static long seconds(long nanos) {
    return Math.min(nanos / 1_000_000_000, 0xFFFF_FFFFL);
  }

  private static Source counted(Filter filter, TimeRange whole, Set<String> columns) {
    TimeRange range = filter.range();
    Filter head = filter.within(new TimeRange(range.fromNanos(), whole.fromNanos()));
    Filter tail = filter.within(new TimeRange(whole.toNanos(), range.toNanos()));
    String list = columns.isEmpty() ? "" : String.join(", ", columns) + ", ";
    Map<String, String> values = new LinkedHashMap<>();
    values.put("whole_from", TimeRange.secondText(whole.fromNanos()));
    values.put("whole_to", TimeRange.secondText(whole.toNanos()));
    values.putAll(head.parameters("head_"));
    values.putAll(tail.parameters("tail_"));
    String from =
        """
        (
            SELECT EventTime, %1$sCount FROM %2$s
            WHERE EventTime >= {whole_from:DateTime('UTC')} AND EventTime < {whole_to:DateTime('UTC')} AND %3$s
            UNION ALL
            SELECT EventTime, %1$stoUInt64(1) AS Count FROM %4$s WHERE %5$s
            UNION ALL
            SELECT EventTime, %1$stoUInt64(1) AS Count FROM %4$s WHERE %6$s
        )
        WHERE 1\
        """
            .formatted(
                list,
                COUNTED,
                filter.search().sql(),
                filter.from(),
                head.where("head_"),
                tail.where("tail_"));
    return new Source(from, "sum(Count)", values);
  }
}
