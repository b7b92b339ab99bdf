package io.lodge.api.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Statements of people, answered line by line, and what there is to write them with. */
class SqlLinesTest {
  private static AskedApi api;

  @BeforeAll
  static void open() throws IOException {
    api = AskedApi.empty();
    api.run(
        """
        INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, ServiceName, Body)
        SELECT toDateTime64('2026-11-20 10:00:00', 9, 'UTC') + number * 3600 AS Timestamp, Timestamp, 'a', 'b'
        FROM numbers(24)
        """);
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static HttpRequest request(AskedApi api, String sql, String... pairs) {
    List<String> query = new ArrayList<>(List.of("stream", "1"));
    query.addAll(List.of(pairs));
    HttpRequest get = api.request("/api/sql", query.toArray(String[]::new));
    return HttpRequest.newBuilder(get.uri()).POST(BodyPublishers.ofString(sql)).build();
  }

  private static HttpResponse<String> ask(String sql, String... pairs) throws Exception {
    return api.client().send(request(api, sql, pairs), BodyHandlers.ofString());
  }

  private static List<JsonRow> lines(String body) {
    return body.lines().map(AskedApi::json).toList();
  }

  private static List<Object> rows(String body) {
    List<Object> rows = new ArrayList<>();
    lines(body).forEach(line -> rows.addAll(line.list("rows")));
    return rows;
  }

  private static JsonRow last(String body) {
    return lines(body).getLast();
  }

  @Test
  void columnsComeOnceAndValuesAreExact() throws Exception {
    String body =
        ask(
                "SELECT toUInt64(18446744073709551615) AS n, {x:String} AS x, toDecimal64(1.5, 2) AS d, nan AS f,"
                    + " toDateTime('2026-01-02 03:04:05', 'UTC') AS t, [1, 2] AS a; ",
                "param_x",
                "it's")
            .body();
    List<JsonRow> meta =
        lines(body).stream().flatMap(line -> line.objects("meta").stream()).toList();
    assertThat(meta)
        .extracting(column -> column.text("name") + " " + column.text("type"))
        .containsExactly(
            "n UInt64",
            "x String",
            "d Decimal(18, 2)",
            "f Float64",
            "t DateTime('UTC')",
            "a Array(UInt8)");
    assertThat(rows(body))
        .containsExactly(
            List.of(
                "18446744073709551615",
                "it's",
                "1.5",
                "nan",
                "2026-01-02 03:04:05",
                List.of(1.0, 2.0)));
    assertThat(last(body).object("end").values())
        .containsEntry("rows", 1.0)
        .containsEntry("truncated", false);
  }

  @Test
  void anAnswerWithoutRowsHasItsColumns() throws Exception {
    String body = ask("SELECT 1 AS one WHERE 0").body();
    assertThat(lines(body).stream().flatMap(line -> line.objects("meta").stream()))
        .extracting(column -> column.text("name"))
        .containsExactly("one");
    assertThat(last(body).object("end").count("rows")).isZero();
  }

  @Test
  void stopsAtItsLimitAndSaysSo() throws Exception {
    String body = ask("SELECT number FROM system.numbers", "limit", "123").body();
    assertThat(rows(body)).hasSize(123);
    assertThat(last(body).object("end").values()).containsEntry("truncated", true);
    String whole = ask("SELECT number FROM numbers(123)", "limit", "123").body();
    assertThat(last(whole).object("end").values()).containsEntry("truncated", false);
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    String body =
        ask("SELECT sum(sleepEachRow(0.05)) FROM numbers(20) SETTINGS max_block_size = 1").body();
    List<JsonRow> progress =
        lines(body).stream()
            .filter(line -> line.values().containsKey("progress"))
            .map(line -> line.object("progress"))
            .toList();
    assertThat(progress).hasSizeGreaterThan(1);
    assertThat(progress.getLast().count("rows_read"))
        .isGreaterThan(progress.getFirst().count("rows_read"));
    assertThat(progress.getLast().text("total_rows")).isEqualTo("20");
    assertThat(last(body).object("end").count("rows_read")).isEqualTo(20);
  }

  @Test
  void whatClickHouseDoesNotTakeIsABadQuery() throws Exception {
    var refused = ask("SELECT nothing FROM nowhere");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(AskedApi.json(refused.body()).object("error").values())
        .containsEntry("code", "bad_query")
        .containsEntry("clickhouse_code", 60.0);
    assertThat(ask("INSERT INTO otel.generic_logs_landing (Body) VALUES ('x')").statusCode())
        .isEqualTo(403);
    assertThat(ask("SELECT 1 FORMAT TSV").body()).contains("bad_request", "FORMAT TSV");
    assertThat(ask(" ").statusCode()).isEqualTo(400);
    assertThat(ask("SELECT 1", "format", "TSV").body()).contains("unexpected query parameter");
  }

  @Test
  void aFailureAfterTheFirstRowsIsTheLastLine() throws Exception {
    String failed =
        ask(
                "SELECT throwIf(number = 900000, 'enough') FROM system.numbers SETTINGS max_block_size = 1000",
                "limit",
                "1000000")
            .body();
    assertThat(rows(failed)).isNotEmpty();
    assertThat(last(failed).object("error").values()).containsEntry("code", "bad_query");
    assertThat(last(failed).object("error").text("message")).contains("enough");
  }

  @Test
  void aGuardThatIsHitIsNamed() throws Exception {
    QueryLimits few = new QueryLimits(Duration.ofSeconds(30), 2L << 30, 50_000, 8);
    try (AskedApi other = new AskedApi(few)) {
      String body =
          other
              .client()
              .send(
                  request(
                      other,
                      "SELECT number FROM system.numbers SETTINGS max_block_size = 1000",
                      "limit",
                      "1000000"),
                  BodyHandlers.ofString())
              .body();
      assertThat(last(body).object("error").values())
          .containsEntry("code", "limit_exceeded")
          .containsEntry("limit", "rows");
    }
  }

  @Test
  void leavingEndsTheStatement() throws Exception {
    String mark = "left-" + System.nanoTime();
    String running =
        "SELECT count() FROM system.processes WHERE query LIKE '%"
            + mark
            + "%' AND query NOT LIKE '%system.processes%'";
    try (InputStream in =
        api.client()
            .send(
                request(
                    api, "SELECT number, '" + mark + "' FROM system.numbers", "limit", "1000000"),
                BodyHandlers.ofInputStream())
            .body()) {
      assertThat(in.read()).isEqualTo('{');
      assertThat(api.number(running)).isEqualTo(1);
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (api.number(running) > 0 && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertThat(api.number(running)).isZero();
  }

  @Test
  void tablesHaveTheirSizeAndRetention() throws Exception {
    List<JsonRow> tables = api.data("/api/tables").objects("tables");
    assertThat(tables)
        .extracting(table -> table.text("name"))
        .doesNotHaveDuplicates()
        .contains("generic_logs_0", "otel_traces_0")
        .doesNotContain("generic_logs");
    JsonRow logs =
        tables.stream()
            .filter(t -> t.text("name").equals("generic_logs_0"))
            .findFirst()
            .orElseThrow();
    assertThat(logs.values())
        .containsEntry("database", "otel")
        .containsEntry("read_name", "generic_logs")
        .containsEntry("rows", "24")
        .containsEntry("ttl", "180 days")
        .containsEntry("partitions", 2.0);
    assertThat(logs.count("bytes")).isPositive();
    assertThat(logs.count("uncompressed")).isPositive();
    assertThat(logs.count("oldest")).isEqualTo(1795168800000L);
    assertThat(logs.count("newest")).isEqualTo(1795251600000L);
    JsonRow traces =
        tables.stream()
            .filter(t -> t.text("name").equals("otel_traces_0"))
            .findFirst()
            .orElseThrow();
    assertThat(traces.values())
        .containsEntry("rows", "0")
        .containsEntry("ttl", "30 days")
        .doesNotContainKey("oldest");
  }

  @Test
  void theSchemaHasColumnsFunctionsAndKeywords() throws Exception {
    JsonRow schema = api.data("/api/schema");
    JsonRow logs =
        schema.objects("tables").stream()
            .filter(table -> table.text("name").equals("generic_logs"))
            .findFirst()
            .orElseThrow();
    assertThat(logs.objects("columns"))
        .extracting(column -> column.text("name") + " " + column.text("type"))
        .startsWith("Timestamp DateTime64(9)")
        .contains("Body String");
    assertThat(schema.list("functions")).asString().contains("toStartOfHour", "quantile");
    assertThat(schema.list("keywords")).asString().contains("SELECT", "GROUP BY");
  }

  @Test
  void theSystemPageAnswersInItsShape() throws Exception {
    JsonRow system = api.data("/api/system");
    assertThat(system.text("version")).isEqualTo("test");
    assertThat(system.object("clickhouse").text("version")).startsWith("26.");
    assertThat(system.object("clickhouse").values()).containsEntry("ready", true);
    assertThat(system.object("journal").values()).doesNotContainKey("oldest_age_ms");
  }
}
