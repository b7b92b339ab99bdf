package io.lodge.query.traces;

import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import java.util.List;
import java.util.Map;

/** What is told of a trace in a list, as SQL: of all its spans, whether they match or not. */
final class TraceSummary {
  private static final String SUMMARY =
      """
      SELECT
          s.TraceId AS TraceId,
          toUnixTimestamp64Nano(min(s.Timestamp)) AS Timestamp,
          max(toUnixTimestamp64Nano(s.Timestamp) + toInt64(s.Duration)) - Timestamp AS Duration,
          argMin(ServiceName, (ParentSpanId != '', s.Timestamp)) AS RootService,
          argMin(SpanName, (ParentSpanId != '', s.Timestamp)) AS RootName,
          argMin(s.StatusCode, (ParentSpanId != '', s.Timestamp)) AS StatusCode,
          toUInt32(count()) AS Spans,
          toUInt32(countIf(s.StatusCode = 'Error')) AS Errors,
          arrayReverseSort(
              service -> (service.spans, service.name),
              arrayMap(
                  (name, spans) -> CAST((name, spans), 'Tuple(name String, spans UInt32)'),
                  mapKeys(sumMap(map(ServiceName, toUInt64(1)))),
                  mapValues(sumMap(map(ServiceName, toUInt64(1)))))) AS Services
      FROM otel.otel_traces AS s
      WHERE s.TraceId IN %s AND s.Timestamp >= bounds.1 AND s.Timestamp < bounds.2
      GROUP BY s.TraceId\
      """;

  /**
   * When the traces were, as their table of times says, and what else is known of it. Nanoseconds,
   * as the spans have: compared with {@code < DateTime}, ClickHouse 26.7 skips the rows of the last
   * second by its index, since it takes that for {@code <= DateTime - 1}.
   */
  private static final String BOUNDS =
      """
      (
          SELECT (toDateTime64(min(Start), 9), toDateTime64(max(End), 9) + toIntervalSecond(1))
          FROM (SELECT Start, End FROM otel.otel_traces_trace_id_ts WHERE TraceId IN %s%s)
      ) AS bounds
      """;

  /** The spans that match: a trace that the table of times does not know is found all the same. */
  private static final String KNOWN =
      " UNION ALL SELECT toDateTime({from:DateTime64(9, 'UTC')}), toDateTime({to:DateTime64(9, 'UTC')})";

  private TraceSummary() {}

  /**
   * Of the traces that another query finds.
   *
   * @param matching a query of the ids
   */
  static String sql(String matching) {
    return "WITH found AS\n(\n%s\n),\n%s%s\nORDER BY Timestamp DESC"
        .formatted(
            matching,
            BOUNDS.formatted("(SELECT TraceId FROM found)", ""),
            SUMMARY.formatted("(SELECT TraceId FROM found)"));
  }

  /**
   * Of some traces.
   *
   * @param spans a range in which each of them has a span
   */
  static Statement of(List<String> ids, TimeRange spans) {
    return new Statement(
        "WITH "
            + BOUNDS.formatted("{ids:Array(String)}", KNOWN)
            + SUMMARY.formatted("{ids:Array(String)}"),
        Map.of(
            "ids", Statement.array(ids),
            "from", TimeRange.nanosText(spans.fromNanos()),
            "to", TimeRange.nanosText(spans.toNanos())));
  }
}
