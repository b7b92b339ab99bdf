package io.lodge.query.traces;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowTable;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.Levels;
import io.lodge.query.time.TimeRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which services there are, how they do, and who calls whom.
 *
 * @param services by name
 * @param edges the most frequent first
 * @param edgesShare of the traces, those that edges were looked for in; calls and errors are scaled
 *     up by it
 * @param operations of the service that was asked for, the most frequent first; empty if none was
 */
public record ServiceMap(
    List<OfService> services, List<Edge> edges, double edgesShare, List<Operation> operations) {
  /** A join holds about 100 B for each span: 200 MB at most. */
  private static final long JOINED_SPANS_MAX = 2_000_000;

  private static final int SERVICES_MAX = 1_000;
  private static final int EDGES_MAX = 5_000;
  private static final int OPERATIONS_MAX = 500;

  /** What others ask of a service: not what it does for that within itself. */
  private static final String IS_REQUEST =
      "(SpanKind IN ('Server', 'Consumer') OR ParentSpanId = '')";

  /**
   * One service.
   *
   * @param spans of any kind
   * @param requests those of them that others asked for: of servers and consumers, or with no
   *     parent
   * @param errors requests with an error
   * @param rate requests per second
   * @param p50 nanoseconds that requests took; p95, p99 likewise
   */
  public record OfService(
      String name,
      long spans,
      long requests,
      long errors,
      double rate,
      long p50,
      long p95,
      long p99,
      long logs,
      long logErrors) {
    public double errorRate() {
      return requests == 0 ? 0 : (double) errors / requests;
    }
  }

  /** Calls of one service by another; {@code p95} is of the called one's span, in nanoseconds. */
  public record Edge(String from, String to, long calls, long errors, long p95) {}

  /** Spans of one name and kind. */
  public record Operation(String name, String kind, long spans, long errors, long p50, long p95) {}

  /**
   * Looks at a range.
   *
   * @param service whose operations are wanted; empty for none
   */
  public static ServiceMap of(Execution execution, TimeRange range, String service)
      throws QueryFault, InterruptedException {
    Filter spans = Filter.of(RowTable.TRACES, "", range);
    Filter logs = Filter.of(RowTable.LOGS, "", range);
    List<JsonRow> ofSpans = execution.all(spans.statement(ofServices(spans)));
    List<JsonRow> ofLogs = execution.all(logs.statement(ofLogs(logs)));
    long total = ofSpans.stream().mapToLong(row -> row.count("spans")).sum();
    long every = Math.max(1, Math.ceilDiv(total, JOINED_SPANS_MAX));
    List<Edge> edges =
        execution.all(spans.statement(edges(spans, every))).stream()
            .map(row ->
                new Edge(
                    row.text("caller"),
                    row.text("callee"),
                    row.count("calls") * every,
                    row.count("errors") * every,
                    row.count("p95")))
            .toList();
    return new ServiceMap(
        services(ofSpans, ofLogs, range.lengthNanos() / 1e9),
        edges,
        1.0 / every,
        service.isEmpty() ? List.of() : operations(execution, spans, service));
  }

  private static String ofServices(Filter spans) {
    return """
    SELECT
        ServiceName AS name,
        count() AS spans,
        countIf(%1$s) AS requests,
        countIf(StatusCode = 'Error' AND %1$s) AS errors,
        arrayMap(q -> toUInt64(ifNotFinite(q, 0)), quantilesIf(0.5, 0.95, 0.99)(Duration, %1$s)) AS took
    FROM %2$s
    WHERE %3$s
    GROUP BY name
    ORDER BY spans DESC
    LIMIT %4$d\
    """
        .formatted(IS_REQUEST, spans.from(), spans.where(), SERVICES_MAX);
  }

  private static String ofLogs(Filter logs) {
    return """
    SELECT name, sum(rows) AS logs, sumIf(rows, %s IN ('error', 'fatal')) AS errors
    FROM
    (
        SELECT ServiceName AS name, SeverityNumber, SeverityText, count() AS rows
        FROM %s
        WHERE %s
        GROUP BY name, SeverityNumber, SeverityText
    )
    WHERE name != ''
    GROUP BY name
    ORDER BY logs DESC
    LIMIT %d\
    """
        .formatted(Levels.sql(), logs.from(), logs.where(), SERVICES_MAX);
  }

  /** Whole traces are left out, so that no span misses its parent. */
  private static String edges(Filter spans, long every) {
    String sample = every == 1 ? "" : " AND cityHash64(TraceId) %% %d = 0".formatted(every);
    return """
    SELECT
        caller, callee, count() AS calls, countIf(failed) AS errors,
        toUInt64(quantile(0.95)(took)) AS p95
    FROM
    (
        SELECT
            sipHash64(TraceId, ParentSpanId) AS parent, ServiceName AS callee,
            StatusCode = 'Error' AS failed, Duration AS took
        FROM %1$s
        WHERE %2$s AND ParentSpanId != ''%3$s
    ) AS child
    INNER JOIN
    (
        SELECT sipHash64(TraceId, SpanId) AS span, ServiceName AS caller
        FROM %1$s
        WHERE %2$s%3$s
    ) AS parent ON child.parent = parent.span
    WHERE caller != callee
    GROUP BY caller, callee
    ORDER BY calls DESC, caller, callee
    LIMIT %4$d\
    """
        .formatted(spans.from(), spans.where(), sample, EDGES_MAX);
  }

  private static List<OfService> services(
      List<JsonRow> ofSpans, List<JsonRow> ofLogs, double seconds) {
    Map<String, JsonRow> spans = byName(ofSpans);
    Map<String, JsonRow> logs = byName(ofLogs);
    Set<String> names = new TreeSet<>(spans.keySet());
    names.addAll(logs.keySet());
    JsonRow none = new JsonRow(Map.of());
    return names.stream()
        .map(name -> {
          JsonRow span = spans.getOrDefault(name, none);
          JsonRow log = logs.getOrDefault(name, none);
          List<Long> took = span.list("took").isEmpty() ? List.of(0L, 0L, 0L) : span.counts("took");
          return new OfService(
              name,
              span.count("spans"),
              span.count("requests"),
              span.count("errors"),
              span.count("requests") / seconds,
              took.get(0),
              took.get(1),
              took.get(2),
              log.count("logs"),
              log.count("errors"));
        })
        .toList();
  }

  private static Map<String, JsonRow> byName(List<JsonRow> rows) {
    Map<String, JsonRow> byName = new LinkedHashMap<>();
    rows.forEach(row -> byName.put(row.text("name"), row));
    return byName;
  }

  private static List<Operation> operations(Execution execution, Filter spans, String service)
      throws QueryFault, InterruptedException {
    Map<String, String> values = new LinkedHashMap<>(spans.parameters());
    values.put("service", Statement.escaped(service));
    Statement statement =
        new Statement(
            """
            SELECT
                SpanName AS name, SpanKind AS kind, count() AS spans,
                countIf(StatusCode = 'Error') AS errors,
                arrayMap(q -> toUInt64(q), quantiles(0.5, 0.95)(Duration)) AS took
            FROM %s
            WHERE ServiceName = {service:String} AND %s
            GROUP BY name, kind
            ORDER BY spans DESC, name, kind
            LIMIT %d\
            """
                .formatted(spans.from(), spans.where(), OPERATIONS_MAX),
            values);
    return execution.all(statement).stream()
        .map(row ->
            new Operation(
                row.text("name"),
                row.text("kind"),
                row.count("spans"),
                row.count("errors"),
                row.counts("took").get(0),
                row.counts("took").get(1)))
        .toList();
  }
}
