package io.lodge.query.ledger;

import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The statements over {@code otel.delivery_ledger}; ranges are whole minutes. */
final class LedgerSql {
  /** Cells that differ, at most: in a healthy hour those of its last seconds. */
  static final int CELLS_MAX = 50_000;

  private static final String SUMS =
      List.of("received", "stored").stream()
          .flatMap(side ->
              Map.of(
                      "requests", "Requests",
                      "records", "Records",
                      "dead_lettered", "DeadLettered",
                      "dropped", "Dropped",
                      "bytes", "Bytes")
                  .entrySet()
                  .stream()
                  .sorted(Map.Entry.comparingByKey())
                  .map(sum ->
                      "sumIf(%s, Side = '%s') AS %s_%s"
                          .formatted(sum.getValue(), side, side, sum.getKey())))
          .collect(Collectors.joining(",\n    "));

  private static final String RANGE =
      "Minute >= toStartOfMinute({from:DateTime('UTC')}) AND Minute < {to:DateTime('UTC')}";

  private LedgerSql() {}

  /** Both sides, summed. */
  static Statement sums(TimeRange range, List<Grouping> by) {
    return new Statement(
        """
        SELECT
            %s
            %s
        FROM otel.delivery_ledger
        WHERE %s AND Side != 'refused'
        %s\
        """
            .formatted(columns(by), SUMS, RANGE, groupBy(by, List.of())),
        values(range));
  }

  /** Refused requests, by reason. */
  static Statement refused(TimeRange range, List<Grouping> by) {
    return new Statement(
        """
        SELECT
            %s
            Reason AS reason, sum(Requests) AS requests
        FROM otel.delivery_ledger
        WHERE %s AND Side = 'refused'
        %s\
        """
            .formatted(columns(by), RANGE, groupBy(by, List.of("reason"))),
        values(range));
  }

  /** Cells whose sides differ, the oldest first. */
  static Statement unequal(TimeRange range) {
    return new Statement(
        """
        SELECT
            intDiv(toUnixTimestamp(Minute), 60) AS minute, Gateway AS gateway, Tenant AS tenant,
            Protocol AS protocol, ServiceName AS service, Table AS table,
            %s
        FROM otel.delivery_ledger
        WHERE %s AND Side != 'refused'
        GROUP BY minute, gateway, tenant, protocol, service, table
        HAVING received_requests != stored_requests OR received_records != stored_records
            OR received_dead_lettered != stored_dead_lettered OR received_dropped != stored_dropped
        ORDER BY minute
        LIMIT %d\
        """
            .formatted(SUMS, RANGE, CELLS_MAX),
        values(range));
  }

  private static String columns(List<Grouping> by) {
    return by.stream()
        .map(one -> one.column() + " AS " + one.word() + ",")
        .collect(Collectors.joining(" "));
  }

  private static String groupBy(List<Grouping> by, List<String> more) {
    List<String> names =
        java.util.stream.Stream.concat(by.stream().map(Grouping::word), more.stream()).toList();
    return names.isEmpty() ? "" : "GROUP BY " + String.join(", ", names);
  }

  /** A range that ends within a minute's first second has that minute too, as all others. */
  static Map<String, String> values(TimeRange range) {
    return Map.of(
        "from", TimeRange.secondText(range.fromNanos()),
        "to", TimeRange.secondText(Math.addExact(range.toNanos(), 999_999_999)));
  }
}
