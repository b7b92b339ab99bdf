package io.lodge.api.ask;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQuestionTest {
  private static AskedApi api;

  /** Two days of logs, most of them in groups of one time, some the same in everything. */
  @BeforeAll
  static void fill() throws IOException {
    api = AskedApi.empty();
    api.run(
        """
        INSERT INTO otel.generic_logs_landing
          (Timestamp, ReceivedAt, ServiceName, SeverityText, SeverityNumber, Body, ResourceAttributes, LogAttributes)
        SELECT
          toDateTime64('2026-11-21 12:00:00', 9, 'UTC') - toIntervalSecond(intDiv(number, 7) * 173 + 1) AS Timestamp,
          Timestamp,
          ['cart', 'checkout', 'search'][number % 3 + 1],
          'INFO', 9,
          if(number % 7 < 3, 'the same line', concat('line number ', toString(number))),
          map('k8s.pod.name', if(number % 7 < 3, 'twin', concat('pod-', toString(number % 5)))),
          if(number % 2 = 0, map('user.id', toString(number)), map())
        FROM numbers(7000)
        """);
    api.run(
        "INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, ServiceName, Body)"
            + " SELECT toDateTime64('2026-11-21 11:30:00.123456789', 9, 'UTC'), now64(9), 'twins', 'twin' FROM numbers(40)");
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void givesRowsNewestFirstWithThePlanAndTheEnd() throws Exception {
    var found = api.stream("/api/search", "q", "service:cart", "limit", "5");
    assertThat(found.rows()).hasSize(5);
    assertThat(found.column("ServiceName")).containsOnly("cart");
    assertThat(found.column("Timestamp"))
        .isSortedAccordingTo((a, b) -> b.compareTo(a))
        .first()
        .isEqualTo("1795262399000000000");
    assertThat(found.rows().getFirst().values())
        .containsKeys("id", "ReceivedAt", "Body", "SeverityText", "ResourceAttributes")
        .doesNotContainKeys("TraceId", "EventName", "ScopeAttributes", "TraceFlags");
    assertThat(found.plan().values())
        .containsOnlyKeys("table", "from", "to", "sql", "parameters", "statement");
    assertThat(found.plan().count("from")).isEqualTo(1795258800000L);
    assertThat(found.plan().count("to")).isEqualTo(1795262400000L);
    assertThat(found.end().count("rows")).isEqualTo(5);
    assertThat(found.end().text("truncated")).isEqualTo("true");
    assertThat(found.end().text("complete")).isEqualTo("true");
    assertThat(found.end().text("next")).isNotEmpty();
    assertThat(found.end().count("rows_read")).isPositive();
    assertThat(found.progress()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "service:cart", "\"the same\"", "it's \\\\ \"quo'ted\\n\""})
  void theStatementRunsAsItIsAndFindsTheSame(String q) throws Exception {
    var found = api.stream("/api/search", "q", q, "from", "now-2d", "limit", "300");
    String statement = found.plan().text("statement");
    long rows = api.number("SELECT count() FROM (" + statement + ")");
    assertThat(rows).isEqualTo(found.rows().size());
  }

  @ParameterizedTest
  @CsvSource({"desc,30", "desc,1", "asc,37", "desc,333"})
  void pagesNeitherLoseNorDoubleRows(String order, int limit) throws Exception {
    String[] filter = {"q", "pod:twin OR service:twins", "from", "now-20h", "order", order};
    var whole = api.stream("/api/search", with(filter, "limit", "10000"));
    assertThat(whole.end().text("truncated")).isEqualTo("false");
    assertThat(whole.rows()).hasSizeGreaterThan(1000);
    List<String> paged = new ArrayList<>();
    String next = "";
    int pages = limit == 1 ? 60 : 10_000;
    do {
      var page = api.stream("/api/search", with(filter, "limit", "" + limit, "cursor", next));
      paged.addAll(addresses(page));
      next = page.end().text("next");
      pages--;
    } while (!next.isEmpty() && pages > 0);
    assertThat(paged).isEqualTo(addresses(whole).subList(0, paged.size()));
    assertThat(new HashSet<>(paged)).hasSameSizeAs(paged);
    if (limit > 1) {
      assertThat(paged).hasSameSizeAs(whole.rows());
    }
  }

  private static List<String> addresses(AskedApi.Streamed page) {
    return page.rows().stream().map(row -> row.text("Timestamp") + "/" + row.text("id")).toList();
  }

  private static String[] with(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void windowsGiveTheSameRowsAsOneQuery() throws Exception {
    String where =
        "Timestamp >= toDateTime64('2026-11-20 01:00:00', 9, 'UTC') AND ServiceName = 'cart'";
    var found =
        api.stream(
            "/api/search", "q", "service:cart", "from", "2026-11-20T01:00:00Z", "limit", "10000");
    assertThat(found.rows())
        .hasSize((int) api.number("SELECT count() FROM otel.generic_logs WHERE " + where));
    assertThat(found.progress()).as("windows").hasSizeGreaterThan(3);
    assertThat(found.column("Timestamp")).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(found.end().values()).doesNotContainKey("next");
    assertThat(found.end().text("truncated")).isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource({
    "q,(a,bad_search,0,1",
    "q,level:>loud,bad_search,7,11",
    "q,level:loud,bad_search,6,10",
    "q,x /(/,bad_search,2,5",
    "q,body:/a{2000}/ y,bad_search,5,14",
    "q,ok (pod:/x/ OR pod:/[z-a]/),bad_search,19,26",
    "from,yesterday,bad_request,,",
    "limit,0,bad_request,,",
    "limit,10001,bad_request,,",
    "table,nothing,bad_request,,",
    "cursor,x,bad_request,,",
    "cursor,0-1795262400000000000-1795262399000000000-18446744073709551616-1,bad_request,,",
    "qq,x,bad_request,,"
  })
  void saysWhatIsWrongWithTheRequest(
      String name, String value, String code, @Nullable String from, @Nullable String to)
      throws Exception {
    var response = api.get("/api/search", name, value);
    assertThat(response.statusCode()).isEqualTo(400);
    JsonRow error = AskedApi.json(response.body()).object("error");
    assertThat(error.text("code")).isEqualTo(code);
    assertThat(error.text("message")).isNotEmpty();
    assertThat(error.text("from")).isEqualTo(from == null ? "" : from);
    assertThat(error.text("to")).isEqualTo(to == null ? "" : to);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/search", "/api/histogram", "/api/tail", "/api/traces"})
  void aBadRegularExpressionIsSaidBeforeAnythingIsRead(String path) throws Exception {
    var response = api.get(path, "q", "service:cart /(foo/");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    JsonRow error = AskedApi.json(response.body()).object("error");
    assertThat(error.text("code")).isEqualTo("bad_search");
    assertThat(error.text("message"))
        .isEqualTo("cannot take this regular expression: missing ): (foo; its syntax is RE2's");
    assertThat(error.count("from")).isEqualTo(13);
    assertThat(error.count("to")).isEqualTo(19);
  }

  @Test
  void leavingKillsTheQuery() throws Exception {
    slowTable();
    var request = api.request("/api/search", "q", SLOW, "table", "logs", "from", "0");
    CompletableFuture<HttpResponse<InputStream>> asked =
        api.client().sendAsync(request, BodyHandlers.ofInputStream());
    await("the query runs", () -> running() > 0);
    asked.cancel(true);
    await("the query is gone", () -> running() == 0);
  }

  @Test
  void aSearchThatRunsOutOfTimeKeepsWhatItFoundAndSaysSo() throws Exception {
    slowTable();
    try (AskedApi hurried =
        new AskedApi(new QueryLimits(Duration.ofSeconds(1), 2L << 30, 1_000_000, 8))) {
      var found = hurried.stream("/api/search", "q", SLOW_OR_CART, "from", "0", "limit", "10000");
      assertThat(found.end().text("stopped_by")).isEqualTo("time");
      assertThat(found.end().text("complete")).isEqualTo("false");
      assertThat(found.end().text("truncated")).isEqualTo("true");
      assertThat(found.rows()).isNotEmpty();
      assertThat(found.end().text("next")).isNotEmpty();
    }
  }

  /** Twenty expressions that look at every byte, and find nothing. */
  private static final String SLOW =
      IntStream.range(0, 20).mapToObj("/(x|xx)+y%d/"::formatted).collect(joining(" OR ", "(", ")"));

  private static final String SLOW_OR_CART = "service:cart OR " + SLOW;

  /** Old rows that the slow search takes many seconds for. */
  private static void slowTable() throws IOException {
    if (api.number("SELECT count() FROM otel.generic_logs WHERE ServiceName = 'slow'") > 0) {
      return;
    }
    api.run(
        """
        INSERT INTO otel.generic_logs_0 (Timestamp, EventTime, EventDate, ServiceName, Body)
        SELECT toDateTime64('2026-11-01 00:00:00', 9, 'UTC') + toIntervalMillisecond(number % 80000000) AS Timestamp,
          Timestamp, Timestamp, 'slow', concat('slow', repeat('x', 300), toString(number % 1000))
        FROM numbers(1000000)
        """);
  }

  private static long running() throws IOException {
    return api.number(
        "SELECT count() FROM system.processes WHERE query LIKE '%generic_logs%' AND query NOT LIKE '%system.processes%'");
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void oneUserMayNotTakeEverything() throws Exception {
    slowTable();
    try (AskedApi narrow =
        new AskedApi(new QueryLimits(Duration.ofSeconds(20), 2L << 30, 1_000_000, 1))) {
      var asked =
          narrow
              .client()
              .sendAsync(
                  narrow.request("/api/search", "q", SLOW, "from", "0"), BodyHandlers.ofString());
      await("the query runs", () -> running() > 0);
      var refused = narrow.get("/api/search");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"busy\"", "\"limit\":\"concurrency\"");
      assertThat(refused.headers().firstValue("retry-after")).isPresent();
      var invented =
          HttpRequest.newBuilder(narrow.request("/api/search").uri())
              .header("Authorization", "Bearer somebody-else")
              .build();
      assertThat(narrow.client().send(invented, BodyHandlers.ofString()).statusCode())
          .as("without keys everybody is one user")
          .isEqualTo(503);
      asked.cancel(true);
      await("the place is free", () -> narrow.get("/api/search").statusCode() == 200);
    }
  }

  @Test
  void pagesEndWhereAnAnswerMayHaveFewRows() throws Exception {
    try (AskedApi few = new AskedApi(new QueryLimits(Duration.ofSeconds(20), 2L << 30, 20, 8))) {
      String[] filter = {"q", "service:twins", "from", "now-20h", "limit", "200"};
      List<String> paged = new ArrayList<>();
      String next = "";
      do {
        var response = few.get("/api/search", with(filter, "cursor", next));
        if (response.statusCode() == 422) {
          assertThat(response.body()).contains("\"limit\":\"rows\"", "query.max_rows");
          break;
        }
        var page = AskedApi.Streamed.of(response.body());
        assertThat(page.rows()).isNotEmpty();
        paged.addAll(addresses(page));
        next = page.end().text("next");
      } while (!next.isEmpty());
      assertThat(paged).hasSize(20);
      var apart = few.stream("/api/search", "q", "service:cart", "limit", "200");
      assertThat(apart.rows()).hasSize(19);
      assertThat(apart.end().text("next")).isNotEmpty();
    }
  }

  @Test
  void aCursorBehindManyCopiesIsTaken() throws Exception {
    String cursor = "0-1795262400000000000-1795262399000000000-18446744073709551615-123456789";
    assertThat(api.get("/api/search", "cursor", cursor, "q", "service:nobody").statusCode())
        .isEqualTo(200);
  }

  @Test
  void theTableIsChosenByNamesAndByWhoseRowsThereAre() throws Exception {
    api.run(
        """
        INSERT INTO otel.server_text_log_landing (Timestamp, ReceivedAt, ServiceName, Body)
        VALUES ('2026-11-21 11:59:00', '2026-11-21 11:59:00', 'chdb-7', 'Loading data parts')
        """);
    assertThat(tableOf("service:cart")).isEqualTo("otel.generic_logs");
    assertThat(tableOf("service:chdb-7")).isEqualTo("otel.server_text_log");
    assertThat(tableOf("service:chdb-7 parts level:none")).isEqualTo("otel.server_text_log");
    assertThat(tableOf("service:nobody")).isEqualTo("otel.generic_logs");
    assertThat(tableOf("service:chdb-7 OR parts"))
        .as("no row must be of it")
        .isEqualTo("otel.generic_logs");
    assertThat(tableOf("query_id:x")).as("by its names alone").isEqualTo("otel.server_text_log");
    assertThat(tableOf("duration:>1s service:chdb-7")).isEqualTo("otel.otel_traces");
    assertThat(tableOf("words alone")).isEqualTo("otel.generic_logs");
  }

  private static String tableOf(String q) throws Exception {
    return api.stream("/api/search", "q", q, "table", "auto").plan().text("table");
  }
}
