package io.lodge.query.traces;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowTable;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Rows;
import io.lodge.query.run.Statement;
import io.lodge.query.search.Glob;
import io.lodge.query.search.Search;
import io.lodge.query.search.SearchException;
import io.lodge.query.search.SearchSql;
import io.lodge.query.search.ValueTest;
import io.lodge.query.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One trace with its logs. Its time comes from {@code otel_traces_trace_id_ts} first, so that the
 * spans are looked for in minutes and not in a month of them.
 *
 * @param startNanos of its first span
 * @param durationNanos to the end of the last of them to end
 * @param spans by their beginning, each a JSON object
 * @param truncated whether it has more spans, or larger ones, than are held: the earliest are here
 * @param logs by their time, each a JSON object
 * @param logsTruncated whether it has more of them
 */
public record Trace(
    String id,
    long startNanos,
    long durationNanos,
    List<byte[]> spans,
    boolean truncated,
    List<byte[]> logs,
    boolean logsTruncated) {
  /** More than a waterfall can show. */
  static final int SPANS_MAX = 20_000;

  private static final int LOGS_MAX = 1_000;

  /** Of spans or logs: an answer is held whole, and a browser parses it in a second or two. */
  private static final long HELD_BYTES_MAX = 48L << 20;

  private static final long SECOND = 1_000_000_000L;

  /** What a trace did may be logged a little before it, by another clock, or after it. */
  private static final long LOGS_AROUND_NANOS = Duration.ofMinutes(5).toNanos();

  private static final String SPANS =
      """
      SELECT
          toUnixTimestamp64Nano(s.Timestamp) AS Timestamp,
          s.Duration AS Duration,
          SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, StatusCode, StatusMessage,
          ScopeName, ScopeVersion, TraceState, SpanAttributes, ResourceAttributes,
          arrayMap(
              (at, name, attributes) -> CAST(
                  (toUnixTimestamp64Nano(at), name, attributes),
                  'Tuple(Timestamp Int64, Name String, Attributes Map(String, String))'),
              s.Events.Timestamp, s.Events.Name, s.Events.Attributes) AS Events,
          arrayMap(
              (trace, span, state, attributes) -> CAST(
                  (trace, span, state, attributes),
                  'Tuple(TraceId String, SpanId String, TraceState String, Attributes Map(String, String))'),
              s.Links.TraceId, s.Links.SpanId, s.Links.TraceState, s.Links.Attributes) AS Links
      FROM otel.otel_traces AS s
      WHERE s.TraceId = {id:String}
        AND s.Timestamp >= {from:DateTime64(9, 'UTC')} AND s.Timestamp < {to:DateTime64(9, 'UTC')}
      ORDER BY s.Timestamp, SpanId
      LIMIT %d\
      """
          .formatted(SPANS_MAX + 1);

  /** Reads a trace. */
  public static Trace of(Execution execution, String typedId)
      throws QueryFault, InterruptedException {
    String id = TraceIds.stored(typedId);
    TimeRange range = range(execution, id);
    Held spans = new Held(SPANS_MAX);
    spans.read(
        execution,
        new Statement(
            SPANS,
            Map.of(
                "id", id,
                "from", TimeRange.nanosText(range.fromNanos()),
                "to", TimeRange.nanosText(range.toNanos()))));
    if (spans.rows.isEmpty()) {
      throw missing(id);
    }
    Held logs = new Held(LOGS_MAX);
    logs.read(execution, logs(id, range));
    long start = number(spans.rows.getFirst(), 0);
    long end = start;
    for (byte[] span : spans.rows) {
      end = Math.max(end, number(span, 0) + number(span, 1));
    }
    return new Trace(id, start, end - start, spans.rows, spans.more, logs.rows, logs.more);
  }

  /** When it was, in whole seconds. */
  private static TimeRange range(Execution execution, String id)
      throws QueryFault, InterruptedException {
    JsonRow row =
        execution
            .all(
                new Statement(
                    """
                    SELECT count() AS known, toUInt32(min(Start)) AS first, toUInt32(max(End)) AS last
                    FROM otel.otel_traces_trace_id_ts
                    WHERE TraceId = {id:String}\
                    """,
                    Map.of("id", id)))
            .getFirst();
    if (row.count("known") == 0) {
      throw missing(id);
    }
    return new TimeRange(row.count("first") * SECOND, (row.count("last") + 1) * SECOND);
  }

  private static QueryFault missing(String id) {
    return QueryFault.notFound(
        "cannot find trace %s: no span of it is stored; it may be older than spans are kept, or not sampled"
            .formatted(id));
  }

  private static Statement logs(String id, TimeRange range) throws QueryFault {
    TimeRange around =
        new TimeRange(
            Math.max(0, range.fromNanos() - LOGS_AROUND_NANOS),
            range.toNanos() + LOGS_AROUND_NANOS);
    Search ofTrace = new Search.Field("TraceId", new ValueTest.Like(Glob.of(id)), 0);
    try {
      Filter filter =
          new Filter(
              RowTable.LOGS,
              Optional.of(ofTrace),
              SearchSql.of(ofTrace, RowTable.LOGS.search()),
              around);
      return filter.statement(
          """
          SELECT
              toUnixTimestamp64Nano(time) AS Timestamp,
              id, SpanId, SeverityText, SeverityNumber, Body, ServiceName
          FROM
          (
              SELECT %s AS id, Timestamp AS time, SpanId, SeverityText, SeverityNumber, Body, ServiceName
              FROM %s
              WHERE %s
              ORDER BY Timestamp
              LIMIT %d
          )
          ORDER BY time\
          """
              .formatted(RowTable.LOGS.id(), filter.from(), filter.where(), LOGS_MAX + 1));
    } catch (SearchException e) {
      throw QueryFault.of(e);
    }
  }

  /** The n-th member of a row, a number in quotes, as are those that SPANS begins with. */
  private static long number(byte[] row, int n) {
    String head = new String(row, 0, Math.min(row.length, 100), US_ASCII);
    return Long.parseLong(head.split("\"", 4 * n + 5)[4 * n + 3]);
  }

  /** Rows, as many as may be held. */
  private static final class Held {
    private final int max;
    private final List<byte[]> rows = new ArrayList<>();
    private boolean more;

    Held(int max) {
      this.max = max;
    }

    void read(Execution execution, Statement statement) throws QueryFault, InterruptedException {
      execution.show(statement);
      long heldBytes = 0;
      try (Rows found = execution.open(statement)) {
        while (found.next()) {
          byte[] row = found.json();
          heldBytes += row.length;
          if (rows.size() == max || heldBytes > HELD_BYTES_MAX) {
            more = true;
            return;
          }
          rows.add(row);
        }
      }
    }
  }
}
