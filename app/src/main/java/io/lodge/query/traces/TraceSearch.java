package io.lodge.query.traces;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowPage;
import io.lodge.query.rows.RowSink;
import io.lodge.query.run.Execution;
import io.lodge.query.run.Guard;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Rows;
import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import io.lodge.query.time.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Traces of which a span matches, one row for each, window by window: in the order of their newest
 * span that matches, the newest first. A row tells of the whole trace, also of spans that do not
 * match or lie outside the range. For one thread and one search.
 */
public final class TraceSearch {
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

  private final Execution execution;
  private final Filter filter;
  private final int limit;
  private final RowSink sink;
  private final Windows windows;
  private final Set<String> given = new HashSet<>();
  private boolean more;
  private long searchedNanos;

  /**
   * A search.
   *
   * @param filter of spans
   * @param limit traces, at most
   */
  public TraceSearch(Execution execution, Filter filter, int limit, RowSink sink) {
    this.execution = execution;
    this.filter = filter;
    this.limit = limit;
    this.sink = sink;
    windows = new Windows(filter.range(), true);
    searchedNanos = filter.range().toNanos();
  }

  /** The whole of the question as one statement. */
  public Statement plan() {
    String sql =
        "WITH found AS\n(\n%s\n),\n%s%s\nORDER BY Timestamp DESC"
            .formatted(
                matching(filter, limit),
                BOUNDS.formatted("(SELECT TraceId FROM found)", ""),
                SUMMARY.formatted("(SELECT TraceId FROM found)"));
    return filter.statement(sql);
  }

  /** Searches until there are enough traces, all is searched, or a guard is hit. */
  public RowPage run() throws QueryFault, InterruptedException {
    Optional<Guard> stoppedBy = Optional.empty();
    try {
      while (given.size() < limit && windows.hasNext()) {
        long beganNanos = System.nanoTime();
        int before = given.size();
        TimeRange window = windows.next();
        search(window);
        searchedNanos = window.fromNanos();
        windows.took(System.nanoTime() - beganNanos, given.size() == before);
        sink.progress(searched(), execution.cost());
      }
      more |= windows.hasNext();
    } catch (QueryFault e) {
      if (e.kind() != QueryFault.Kind.LIMIT_EXCEEDED) {
        throw e;
      }
      stoppedBy = e.guard();
      more = true;
    }
    return new RowPage(given.size(), more, stoppedBy, searched(), Optional.empty());
  }

  private static String matching(Filter within, int most) {
    return """
    SELECT TraceId, toUnixTimestamp64Nano(max(%1$s)) AS last
    FROM %2$s
    WHERE %3$s AND TraceId != ''
    GROUP BY TraceId
    ORDER BY last DESC, TraceId
    LIMIT %4$d\
    """
        .formatted(within.table().search().time(), within.from(), within.where(), most);
  }

  private void search(TimeRange window) throws QueryFault, InterruptedException {
    Filter within = filter.within(window);
    // Those given already may be among the newest of this window too, as long as they are.
    Statement statement = within.statement(matching(within, limit + 1));
    List<Found> found = new ArrayList<>();
    try (Rows rows = open(statement)) {
      while (rows.next()) {
        JsonRow row = JsonRow.parse(rows.json());
        if (!given.contains(row.text("TraceId"))) {
          found.add(new Found(row.text("TraceId"), row.count("last")));
        }
      }
    }
    int room = limit - given.size();
    if (found.size() > room) {
      more = true;
      found = found.subList(0, room);
    }
    if (!found.isEmpty()) {
      give(found);
    }
  }

  /** A trace and its newest span that matches. */
  private record Found(String id, long lastNanos) {}

  /** The newest first. */
  private void give(List<Found> found) throws QueryFault, InterruptedException {
    Statement summary =
        new Statement(
            "WITH "
                + BOUNDS.formatted("{ids:Array(String)}", KNOWN)
                + SUMMARY.formatted("{ids:Array(String)}"),
            Map.of(
                "ids", Statement.array(found.stream().map(Found::id).toList()),
                "from", TimeRange.nanosText(found.getLast().lastNanos),
                "to", TimeRange.nanosText(found.getFirst().lastNanos)));
    Map<String, byte[]> byId = new HashMap<>();
    try (Rows rows = open(summary)) {
      while (rows.next()) {
        byte[] json = rows.json();
        byId.put(JsonRow.parse(json).text("TraceId"), json);
      }
    }
    for (Found trace : found) {
      byte[] json = byId.get(trace.id);
      if (json != null) { // expired between the two statements
        sink.row(json);
      }
      given.add(trace.id);
    }
  }

  private Rows open(Statement statement) throws QueryFault, InterruptedException {
    return execution.open(statement, cost -> sink.progress(searched(), cost));
  }

  private TimeRange searched() {
    return new TimeRange(
        Math.max(searchedNanos, filter.range().fromNanos()), filter.range().toNanos());
  }
}
