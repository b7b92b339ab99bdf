package io.lodge.api.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces, heatmap and services over traces whose shape is known. */
class TracesTest {
  /** 2026-11-21T12:00:00Z, in nanoseconds. */
  private static final long NOW = 1_795_262_400_000_000_000L;

  private static final long MS = 1_000_000;

  private static AskedApi api;

  /**
   * 1200 traces, number n began n · 3 s and 1 ms before now: a request to {@code web} of n % 100 +
   * 1 ms, which calls {@code cart} (every tenth fails), which within itself looks into its cache;
   * and one trace of 20,100 spans two hours ago.
   */
  @BeforeAll
  static void fill() throws IOException {
    api = AskedApi.empty();
    api.run(
        """
        INSERT INTO otel.otel_traces_landing
          (Timestamp, ReceivedAt, Duration, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName,
           StatusCode, StatusMessage, SpanAttributes, ResourceAttributes, ScopeName,
           `Events.Timestamp`, `Events.Name`, `Events.Attributes`, `Events.DroppedAttributesCount`,
           `Links.TraceId`, `Links.SpanId`, `Links.TraceState`, `Links.Attributes`,
           `Links.DroppedAttributesCount`, `Links.Flags`)
        WITH intDiv(number, 3) AS n, number % 3 AS depth
        SELECT
          fromUnixTimestamp64Nano(1795262400000000000 - n * 3000000000 - 1000000 + depth * 100000, 'UTC') AS Timestamp,
          Timestamp,
          toUInt64((n % 100 + 1) * 1000000 - depth * 200000),
          leftPad(lower(hex(n + 1)), 32, '0'),
          leftPad(toString(depth + 1), 16, '0'),
          if(depth = 0, '', leftPad(toString(depth), 16, '0')),
          ['GET /cart', 'Cart/Get', 'cache'][depth + 1],
          ['Server', 'Server', 'Internal'][depth + 1],
          ['web', 'cart', 'cart'][depth + 1],
          if(depth = 1 AND n % 10 = 0, 'Error', 'Unset'),
          if(depth = 1 AND n % 10 = 0, 'out of "stock"', ''),
          map('user.id', toString(n)), map('host.name', 'h1'), 'test',
          if(depth = 1, [Timestamp], []), if(depth = 1, ['looked'], []), if(depth = 1, [map('k', 'v')], []), if(depth = 1, [0], []),
          if(depth = 2, ['ab'], []), if(depth = 2, ['cd'], []), if(depth = 2, ['s'], []), if(depth = 2, [map('l', 'w')], []),
          if(depth = 2, [0], []), if(depth = 2, [0], [])
        FROM numbers(3600)
        """);
    api.run(
        """
        INSERT INTO otel.otel_traces_landing
          (Timestamp, ReceivedAt, Duration, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, StatusCode)
        SELECT
          fromUnixTimestamp64Nano(1795255200000000000 + number * 1000, 'UTC') AS Timestamp, Timestamp,
          1000, repeat('f', 32), leftPad(lower(hex(number + 1)), 16, '0'), '', 'batch', 'Internal', 'batch', 'Ok'
        FROM numbers(20100)
        """);
    api.run(
        """
        INSERT INTO otel.generic_logs_landing
          (Timestamp, ReceivedAt, ServiceName, SeverityText, SeverityNumber, Body, TraceId, SpanId)
        SELECT
          toDateTime64('2026-11-21 11:59:57', 9, 'UTC') + toIntervalMillisecond(number) AS Timestamp, Timestamp,
          'cart', if(number = 1, 'ERROR', 'INFO'), if(number = 1, 17, 9),
          concat('line ', toString(number)), leftPad('2', 32, '0'), leftPad('2', 16, '0')
        FROM numbers(3)
        """);
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static String id(long n) {
    return String.format("%032x", n + 1);
  }

  @Test
  void aTraceHasItsSpansAndItsLogs() throws Exception {
    // The id of an older tool: short, and in capitals.
    JsonRow trace = api.data("/api/trace/B");
    assertThat(trace.text("trace_id")).isEqualTo(id(10));
    long start = NOW - 30_000_000_000L - MS;
    assertThat(trace.count("start")).isEqualTo(start);
    assertThat(trace.count("duration")).isEqualTo(11 * MS);
    List<JsonRow> spans = trace.objects("spans");
    assertThat(spans)
        .extracting(span -> span.text("SpanName"))
        .containsExactly("GET /cart", "Cart/Get", "cache");
    JsonRow second = spans.get(1);
    assertThat(second.text("Timestamp")).isEqualTo(Long.toString(start + 100_000));
    assertThat(second.text("Duration")).isEqualTo("10800000");
    assertThat(second.text("ParentSpanId")).isEqualTo("0000000000000001");
    assertThat(second.text("StatusCode")).isEqualTo("Error");
    assertThat(second.text("StatusMessage")).isEqualTo("out of \"stock\"");
    assertThat(second.object("SpanAttributes").text("user.id")).isEqualTo("10");
    assertThat(second.object("ResourceAttributes").text("host.name")).isEqualTo("h1");
    JsonRow event = second.objects("Events").getFirst();
    assertThat(event.text("Timestamp")).isEqualTo(Long.toString(start + 100_000));
    assertThat(event.text("Name")).isEqualTo("looked");
    assertThat(event.object("Attributes").text("k")).isEqualTo("v");
    JsonRow link = spans.get(2).objects("Links").getFirst();
    assertThat(link.values())
        .containsEntry("TraceId", "ab")
        .containsEntry("SpanId", "cd")
        .containsEntry("TraceState", "s");
    assertThat(trace.objects("logs")).isEmpty();
    assertThat(trace.values()).containsEntry("truncated", false);

    List<JsonRow> logs = api.data("/api/trace/" + id(1)).objects("logs");
    assertThat(logs)
        .extracting(log -> log.text("Body"))
        .containsExactly("line 0", "line 1", "line 2");
    assertThat(logs.get(1).text("Timestamp")).isEqualTo("1795262397001000000");
    JsonRow found = api.stream("/api/search", "q", "\"line 1\"", "limit", "1").rows().getFirst();
    assertThat(logs.get(1).text("id")).isEqualTo(found.text("id"));
  }

  @Test
  void aTraceOfTooManySpansSaysSo() throws Exception {
    JsonRow trace = api.data("/api/trace/" + "f".repeat(32));
    assertThat(trace.objects("spans")).hasSize(20_000);
    assertThat(trace.values()).containsEntry("truncated", true);
  }

  @Test
  void aTraceThatIsNotThereIsNotFound() throws Exception {
    assertThat(api.get("/api/trace/abcdef").statusCode()).isEqualTo(404);
    assertThat(api.get("/api/trace/abcdef").body()).contains("\"code\":\"not_found\"");
    assertThat(api.get("/api/trace/%27x").statusCode()).isEqualTo(400);
  }

  @Test
  void tracesComeNewestFirstAndOnce() throws Exception {
    var answer = api.stream("/api/traces", "limit", "1000");
    assertThat(answer.column("TraceId"))
        .isEqualTo(LongStream.range(0, 1000).mapToObj(TracesTest::id).toList());
    assertThat(answer.end().values()).containsEntry("truncated", true);
    JsonRow row = answer.rows().get(20);
    assertThat(row.text("Timestamp")).isEqualTo(Long.toString(NOW - 60_000_000_000L - MS));
    assertThat(row.count("Duration")).isEqualTo(21 * MS);
    assertThat(row.text("RootService")).isEqualTo("web");
    assertThat(row.text("RootName")).isEqualTo("GET /cart");
    assertThat(row.text("StatusCode")).isEqualTo("Unset");
    assertThat(row.count("Spans")).isEqualTo(3);
    assertThat(row.count("Errors")).isEqualTo(1);
    assertThat(row.objects("Services"))
        .extracting(service -> service.text("name") + "=" + service.text("spans"))
        .containsExactly("cart=2", "web=1");
    assertThat(
            api.number(
                "SELECT uniqExact(TraceId) FROM (%s)"
                    .formatted(answer.plan().text("statement").replace("LIMIT 1000", "LIMIT 900"))))
        .isEqualTo(900);
  }

  @Test
  void aTraceAcrossTwoWindowsComesOnce() throws Exception {
    // The first window begins 5 min before: between the first and the third span of trace 100.
    String to = "2026-11-21T11:59:59.99915Z";
    var answer = api.stream("/api/traces", "from", "now-1h", "to", to, "limit", "1000");
    assertThat(answer.column("TraceId")).doesNotHaveDuplicates().hasSize(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "service,cart,1200",
    "service,nobody,0",
    "operation,cache,1200",
    "status,error,120",
    "min_duration,100ms,12",
    "max_duration,0.6ms,12",
    "q,user.id:7,1",
    "q,service:batch,0",
  })
  void tracesAreThoseOfWhichASpanMatches(String parameter, String value, int traces)
      throws Exception {
    int found = 0;
    for (String from : List.of("now-30m", "now-60m")) {
      String to = from.equals("now-30m") ? "now" : "now-30m";
      found +=
          api.stream("/api/traces", parameter, value, "from", from, "to", to, "limit", "1000")
              .rows()
              .size();
    }
    assertThat(found).isEqualTo(traces);
  }

  @Test
  void allThatIsAskedMustHoldForOneSpan() throws Exception {
    assertThat(api.stream("/api/traces", "service", "web", "status", "error").rows()).isEmpty();
    assertThat(api.get("/api/traces", "status", "bad").statusCode()).isEqualTo(400);
    assertThat(api.get("/api/traces", "min_duration", "long").body()).contains("min_duration");
    assertThat(api.get("/api/traces", "q", "a:(").body()).contains("bad_search");
  }

  @Test
  void theHeatmapCountsEverySpan() throws Exception {
    JsonRow map = api.data("/api/traces/heatmap", "service", "web", "buckets", "30");
    List<?> durations = map.list("durations");
    long buckets = map.count("buckets");
    List<List<?>> cells = map.list("cells").stream().<List<?>>map(cell -> (List<?>) cell).toList();
    assertThat(cells).hasSize((int) buckets * durations.size());
    // 1 ms to 100 ms: fifths of powers of ten, both ends exact.
    assertThat(durations).hasSize(11);
    assertThat(durations.getFirst()).isEqualTo("1000000");
    assertThat(durations.getLast()).isEqualTo("100000000");
    assertThat(cells.stream().mapToDouble(cell -> (Double) cell.get(0)).sum()).isEqualTo(1200);
    JsonRow failed = api.data("/api/traces/heatmap", "service", "cart");
    assertThat(
            failed.list("cells").stream()
                .mapToDouble(cell -> (Double) ((List<?>) cell).get(1))
                .sum())
        .isEqualTo(120);
    assertThat(api.data("/api/traces/heatmap", "q", "name:nothing").list("durations")).isEmpty();
  }

  @Test
  void statusAndKindAreFoundInAnyCase() throws Exception {
    long errors = spans("status:Error");
    assertThat(errors).isPositive();
    for (String search :
        List.of("status:error", "status:ERROR", "status:err*", "status:[error TO error]")) {
      assertThat(spans(search)).as(search).isEqualTo(errors);
    }
    assertThat(spans("-status:error kind:internal"))
        .isEqualTo(spans("-status:Error kind:Internal"));
    assertThat(spans("status:/error/")).isZero();
  }

  private long spans(String search) throws Exception {
    return api.data("/api/histogram", "table", "traces", "q", search).objects("buckets").stream()
        .flatMap(bucket -> bucket.counts("counts").stream())
        .mapToLong(count -> count)
        .sum();
  }

  @Test
  void servicesHaveRateErrorsDurationAndCallers() throws Exception {
    JsonRow data = api.data("/api/services", "service", "cart");
    assertThat(data.objects("services"))
        .extracting(one -> one.text("name"))
        .containsExactly("cart", "web");
    JsonRow cart = data.objects("services").getFirst();
    assertThat(cart.text("spans")).isEqualTo("2400");
    assertThat(cart.text("requests")).isEqualTo("1200");
    assertThat(cart.text("errors")).isEqualTo("120");
    assertThat(cart.number("rate")).isEqualTo(1200 / 3600.0);
    assertThat(cart.number("error_rate")).isEqualTo(0.1);
    assertThat(cart.count("p50")).isBetween(49 * MS, 51 * MS);
    assertThat(cart.count("p99")).isBetween(97 * MS, 100 * MS);
    assertThat(cart.text("logs")).isEqualTo("3");
    assertThat(cart.text("log_errors")).isEqualTo("1");
    assertThat(data.objects("edges")).hasSize(1);
    JsonRow edge = data.objects("edges").getFirst();
    assertThat(edge.values())
        .containsEntry("from", "web")
        .containsEntry("to", "cart")
        .containsEntry("calls", "1200")
        .containsEntry("errors", "120");
    assertThat(data.number("edges_share")).isEqualTo(1);
    assertThat(data.objects("operations"))
        .extracting(one -> one.text("name") + " " + one.text("kind") + " " + one.text("spans"))
        .containsExactly("Cart/Get Server 1200", "cache Internal 1200");
  }
}
