package io.lodge.query.ledger;

import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import java.util.List;

/**
 * A table whose rows say when and for whom they were received, so that the ledger can be held
 * against them.
 *
 * @param name what it is read from
 * @param time the column that its rows expire by; empty if that is the time of receipt
 * @param keptDays after which rows expire
 */
record CountedTable(String name, String time, int keptDays) {
  static final List<CountedTable> ALL =
      List.of(
          new CountedTable("otel.generic_logs", "Timestamp", 180),
          new CountedTable("otel.server_text_log", "Timestamp", 180),
          new CountedTable("otel.keeper_log", "Timestamp", 7),
          new CountedTable("otel.otel_traces", "Timestamp", 30),
          new CountedTable("otel.otel_metrics_gauge", "TimeUnix", 400),
          new CountedTable("otel.otel_metrics_sum", "TimeUnix", 400),
          new CountedTable("otel.otel_metrics_histogram", "TimeUnix", 400),
          new CountedTable("otel.otel_metrics_exponential_histogram", "TimeUnix", 400),
          new CountedTable("otel.otel_metrics_summary", "TimeUnix", 400),
          new CountedTable("otel.wide_events", "Timestamp", 180),
          new CountedTable("otel.dead_letters", "", 180));

  /** Differences shown of a table, at most. */
  static final int DIFFERENCES_MAX = 10_000;

  /**
   * Where the ledger and the table differ, by minute, tenant and service. Rows that were within a
   * day of their expiry when they came are left out on both sides: the table may have forgotten
   * them. The ledger is read first, so that a segment stored meanwhile is more than it says, never
   * less.
   */
  Statement differences(TimeRange range) {
    return new Statement(
        """
        SELECT minute, tenant, service, sum(in_ledger) AS said, sum(in_table) AS found
        FROM
        (
            SELECT
                intDiv(toUnixTimestamp(Minute), 60) AS minute, Tenant AS tenant, ServiceName AS service,
                toInt64(Rows) - toInt64(RowsLate) AS in_ledger, toInt64(0) AS in_table
            FROM otel.delivery_ledger
            WHERE Side = 'stored' AND Table = '%s'
                AND Minute >= toStartOfMinute({from:DateTime('UTC')}) AND Minute < {to:DateTime('UTC')}
            UNION ALL
            SELECT
                intDiv(toUnixTimestamp(ReceivedAt), 60) AS minute, Tenant AS tenant, ServiceName AS service,
                toInt64(0) AS in_ledger, toInt64(count()) AS in_table
            FROM %s
            WHERE ReceivedAt >= toStartOfMinute({from:DateTime('UTC')})
                AND ReceivedAt < toStartOfMinute({to:DateTime('UTC')} + 59)%s
            GROUP BY minute, tenant, service
            %s
        )
        GROUP BY minute, tenant, service
        HAVING said != found
        ORDER BY minute, tenant, service
        LIMIT %d\
        """
            .formatted(name, name, condition(), refusedRows(), DIFFERENCES_MAX),
        LedgerSql.values(range));
  }

  private String condition() {
    return time.isEmpty()
        ? " AND Kind != 'row'"
        : " AND %s >= ReceivedAt - toIntervalDay(%d)".formatted(time, keptDays - 1);
  }

  /** Rows that ClickHouse would not take are dead letters by themselves: they are there too. */
  private String refusedRows() {
    return time.isEmpty()
        ? ""
        : """
        UNION ALL
            SELECT
                intDiv(toUnixTimestamp(ReceivedAt), 60) AS minute, Tenant AS tenant, ServiceName AS service,
                toInt64(0) AS in_ledger, toInt64(count()) AS in_table
            FROM otel.dead_letters
            WHERE Kind = 'row' AND replaceRegexpOne(Target, '(_landing|_0)$', '') = '%s'
                AND ReceivedAt >= toStartOfMinute({from:DateTime('UTC')})
                AND ReceivedAt < toStartOfMinute({to:DateTime('UTC')} + 59)
            GROUP BY minute, tenant, service\
        """
            .formatted(name);
  }

  /**
   * How many rows the ledger says a table has of the range; also of tables that are not counted.
   */
  static Statement said(TimeRange range) {
    return new Statement(
        """
        SELECT Table AS table, sum(Rows) AS rows, sum(RowsLate) AS late
        FROM otel.delivery_ledger
        WHERE Side = 'stored' AND Table != ''
            AND Minute >= toStartOfMinute({from:DateTime('UTC')}) AND Minute < {to:DateTime('UTC')}
        GROUP BY table
        ORDER BY table\
        """,
        LedgerSql.values(range));
  }

  /** Segments whose rows of the ledger are there more than once. */
  static Statement twice(TimeRange range) {
    return new Statement(
        """
        SELECT Segment AS segment, count() AS rows
        FROM otel.delivery_ledger
        WHERE Side = 'stored'
            AND Minute >= toStartOfMinute({from:DateTime('UTC')}) AND Minute < {to:DateTime('UTC')}
        GROUP BY Segment, Minute, Gateway, Tenant, Protocol, ServiceName, Table
        HAVING rows > 1
        LIMIT 1000\
        """,
        LedgerSql.values(range));
  }

  static boolean isCounted(String name) {
    return ALL.stream().anyMatch(table -> table.name.equals(name));
  }
}
