package io.lodge.api.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histograms, facets, fields, values and patterns over the same rows. */
class CountsTest {
  private static AskedApi api;

  /** 6000 lines, one each second until 11:59:59, of six levels and none, of three services. */
  @BeforeAll
  static void fill() throws IOException {
    api = AskedApi.empty();
    api.run(
        """
        INSERT INTO otel.generic_logs_landing
          (Timestamp, ReceivedAt, ServiceName, SeverityText, SeverityNumber, Body, ResourceAttributes, LogAttributes)
        SELECT
          toDateTime64('2026-11-21 11:59:59', 9, 'UTC') - toIntervalSecond(number) AS Timestamp,
          Timestamp,
          ['cart', 'checkout', 'search'][number % 3 + 1],
          ['', 'Warning', 'ERR', '', 'whatever'][number % 5 + 1],
          [9, 0, 0, 0, 0][number % 5 + 1],
          if(number % 2 = 0,
             concat('Connection to 10.0.0.', toString(number % 250), ' refused after ', toString(number), ' ms'),
             concat('user u', toString(number % 9), ' logged in from ', toString(generateUUIDv4()))),
          map('k8s.pod.name', concat('pod-', toString(number % 4)), 'host.name', 'h1'),
          map('user.id', toString(number), 'http.method', ['GET', 'POST'][number % 2 + 1])
        FROM numbers(6000)
        """);
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static long number(String where) throws IOException {
    return api.number("SELECT count() FROM otel.generic_logs WHERE " + where);
  }

  @Test
  void countsByTimeAndLevel() throws Exception {
    JsonRow data = api.data("/api/histogram", "from", "now-1h", "buckets", "60");
    assertThat(data.list("groups"))
        .asString()
        .isEqualTo("[trace, debug, info, warn, error, fatal, none]");
    assertThat(data.count("step")).isEqualTo(60_000);
    assertThat(data.count("start")).isEqualTo(1795258800000L);
    List<JsonRow> buckets = data.objects("buckets");
    assertThat(buckets).hasSize(60);
    assertThat(buckets.getFirst().count("t")).isEqualTo(1795258800000L);
    assertThat(buckets)
        .allSatisfy(bucket ->
            assertThat(bucket.counts("counts")).containsExactly(0L, 0L, 12L, 12L, 12L, 0L, 24L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "7", "60", "2000"})
  void bucketsHoldEveryRowOnce(String buckets) throws Exception {
    JsonRow data =
        api.data(
            "/api/histogram",
            "q",
            "service:cart",
            "from",
            "2026-11-21T10:59:30.5Z",
            "buckets",
            buckets);
    long sum =
        data.objects("buckets").stream()
            .flatMap(bucket -> bucket.counts("counts").stream())
            .mapToLong(Long::longValue)
            .sum();
    assertThat(sum)
        .isEqualTo(
            number(
                "ServiceName = 'cart' AND Timestamp >= toDateTime64('2026-11-21 10:59:30.5', 9, 'UTC')"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"service", "user.id", "http.method", "resource.host.name"})
  void countsByAnyField(String by) throws Exception {
    JsonRow data = api.data("/api/histogram", "by", by, "from", "now-1d");
    long sum =
        data.objects("buckets").stream()
            .flatMap(bucket -> bucket.counts("counts").stream())
            .mapToLong(Long::longValue)
            .sum();
    assertThat(sum).isEqualTo(6000);
    assertThat(data.list("groups").size()).isBetween(1, 12);
  }

  @Test
  void facetsAreTheMostFrequentValues() throws Exception {
    JsonRow data =
        api.data(
            "/api/facets",
            "from",
            "now-1d",
            "fields",
            "service,level,http.method,user.id,nothing",
            "limit",
            "2");
    List<JsonRow> facets = data.objects("facets");
    assertThat(facets)
        .extracting(facet -> facet.text("field"))
        .containsExactly("service", "level", "http.method", "user.id", "nothing");
    JsonRow service = facets.getFirst();
    assertThat(service.objects("values"))
        .extracting(value -> value.text("value") + "=" + value.text("count"))
        .containsExactly("cart=2000", "checkout=2000");
    assertThat(service.text("distinct")).isEqualTo("3");
    assertThat(service.text("other")).isEqualTo("2000");
    assertThat(facets.get(1).objects("values").getFirst().text("value")).isEqualTo("none");
    assertThat(facets.get(3).text("distinct")).isEqualTo("6000");
    assertThat(facets.get(4).objects("values")).isEmpty();
  }

  @Test
  void aFieldThatIsSearchedForShowsItsOtherValuesToo() throws Exception {
    String q = "service.name:cart -level:error http.method:GET refused";
    List<JsonRow> facets =
        api.data(
                "/api/facets",
                "q",
                q,
                "from",
                "now-1d",
                "fields",
                "service,level,pod",
                "own",
                "lifted")
            .objects("facets");
    assertThat(values(facets.get(0))).containsExactlyInAnyOrder("cart", "checkout", "search");
    assertThat(values(facets.get(1))).contains("error", "warn");
    String restricted =
        "Body LIKE '%refused%' AND LogAttributes['http.method'] = 'GET' AND lower(SeverityText) != 'err'";
    assertThat(counted(facets.get(0))).isEqualTo(number(restricted));
    assertThat(counted(facets.get(2)))
        .as("what the search says of others holds for all")
        .isEqualTo(number(restricted + " AND ServiceName = 'cart'"));
    assertThat(
            values(
                api.data("/api/facets", "q", q, "from", "now-1d", "fields", "service")
                    .objects("facets")
                    .getFirst()))
        .containsExactly("cart");
  }

  @Test
  void aFieldWithinAnAlternativeIsNotLifted() throws Exception {
    JsonRow facet =
        api.data(
                "/api/facets",
                "q",
                "service:cart OR level:warn",
                "from",
                "now-1d",
                "fields",
                "service",
                "own",
                "lifted")
            .objects("facets")
            .getFirst();
    assertThat(counted(facet))
        .isEqualTo(number("ServiceName = 'cart' OR lower(SeverityText) = 'warning'"));
  }

  private static List<String> values(JsonRow facet) {
    return facet.objects("values").stream().map(value -> value.text("value")).toList();
  }

  private static long counted(JsonRow facet) {
    return facet.objects("values").stream().mapToLong(value -> value.count("count")).sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"trace", "debug", "info", "warn", "error", "fatal", "none"})
  void aLevelCountedIsTheLevelFound(String level) throws Exception {
    JsonRow facet =
        api.data("/api/facets", "from", "now-1d", "fields", "level").objects("facets").getFirst();
    long counted =
        facet.objects("values").stream()
            .filter(value -> value.text("value").equals(level))
            .mapToLong(value -> value.count("count"))
            .sum();
    var found =
        api.stream("/api/search", "q", "level:" + level, "from", "now-1d", "limit", "10000");
    assertThat(found.rows()).hasSize((int) counted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs", "server", "keeper", "traces", "events"})
  void everyTableAnswersEveryQuestion(String table) throws Exception {
    assertThat(api.data("/api/histogram", "table", table).objects("buckets"))
        .hasSizeBetween(60, 61);
    assertThat(api.data("/api/facets", "table", table).objects("facets")).isNotEmpty();
    assertThat(api.data("/api/fields", "table", table).objects("fields")).isNotEmpty();
    assertThat(api.data("/api/values", "table", table, "field", "service").list("values"))
        .isNotNull();
    assertThat(api.data("/api/patterns", "table", table).values()).containsKey("patterns");
    assertThat(api.stream("/api/search", "table", table).end().text("complete")).isEqualTo("true");
  }

  @Test
  void listsTheFieldsThatRowsHave() throws Exception {
    List<JsonRow> fields = api.data("/api/fields", "from", "now-1d").objects("fields");
    assertThat(fields)
        .extracting(field ->
            "%s %s %s %s"
                .formatted(
                    field.text("name"),
                    field.text("column"),
                    field.text("kind"),
                    field.text("source")))
        .contains(
            "service ServiceName text column",
            "level Level level column",
            "trace_id TraceId id column",
            "user.id LogAttributes attribute attributes",
            "host.name ResourceAttributes attribute resource",
            "resource.k8s.pod.name ResourceAttributes attribute resource");
    JsonRow user =
        fields.stream().filter(f -> f.text("name").equals("user.id")).findFirst().orElseThrow();
    assertThat(user.text("count")).isEqualTo("6000");
    assertThat(api.data("/api/fields", "from", "now-1d", "prefix", "HTTP.").objects("fields"))
        .extracting(field -> field.text("name"))
        .containsExactly("http.method");
  }

  @Test
  void completesValues() throws Exception {
    assertThat(
            api.data("/api/values", "field", "service", "prefix", "C", "from", "now-1d")
                .objects("values"))
        .extracting(value -> value.text("value"))
        .containsExactly("cart", "checkout");
    assertThat(
            api.data(
                    "/api/values",
                    "field",
                    "user.id",
                    "prefix",
                    "59",
                    "limit",
                    "3",
                    "from",
                    "now-1d")
                .objects("values"))
        .hasSize(3);
    assertThat(api.get("/api/values").statusCode()).isEqualTo(400);
  }

  @Test
  void findsThePatternsOfLines() throws Exception {
    JsonRow data = api.data("/api/patterns", "from", "now-30m");
    assertThat(data.text("sampled")).isEqualTo("false");
    assertThat(data.count("sample_rows")).isEqualTo(1800);
    List<JsonRow> patterns = data.objects("patterns");
    assertThat(patterns)
        .extracting(pattern -> pattern.text("template"))
        .containsExactlyInAnyOrder(
            "Connection to <ip> refused after <num> ms", "user u<num> logged in from <uuid>");
    assertThat(patterns)
        .allSatisfy(pattern -> {
          assertThat(pattern.text("count")).isEqualTo("900");
          assertThat(pattern.number("share")).isEqualTo(0.5);
          assertThat(pattern.text("new")).isEqualTo("false");
          assertThat(pattern.text("previous")).isEqualTo("900");
          assertThat(pattern.counts("trend")).hasSize(20).allMatch(count -> count == 45);
          assertThat(pattern.object("example").text("Body")).isNotEmpty();
        });
  }

  @Test
  void saysThatThereIsMoreThanItShows() throws Exception {
    String[][] asked = {
      {"/api/facets", "fields", "service", "limit"},
      {"/api/values", "field", "service", "limit"},
      {"/api/patterns", "q", "", "limit"}
    };
    for (String[] one : asked) {
      assertThat(truncated(one[0], one[1], one[2], "limit", "1")).as(one[0]).isEqualTo("true");
      assertThat(truncated(one[0], one[1], one[2], "limit", "3")).as(one[0]).isEqualTo("false");
    }
    assertThat(truncated("/api/facets", "fields", "user.id", "limit", "100")).isEqualTo("true");
    assertThat(truncated("/api/fields")).isEqualTo("false");
    api.run(
        """
        INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, LogAttributes)
        SELECT toDateTime64('2026-10-01 11:59:59', 9, 'UTC'), now64(9), map(concat('key.', toString(number)), 'x')
        FROM numbers(2001)
        """);
    assertThat(
            truncated("/api/fields", "from", "2026-10-01T00:00:00Z", "to", "2026-10-02T00:00:00Z"))
        .isEqualTo("true");
  }

  private static String truncated(String path, String... parameters) throws Exception {
    return AskedApi.json(api.get(path, parameters).body()).object("stats").text("truncated");
  }

  @Test
  void patternsThatBecomeTheSameAreOne() throws Exception {
    String lines =
        "'a b c d e f', 'a b c x y z', 'a b c x y k', 'a b c x l z', 'a b c m y z', 'a b c d e n', 'a b c d o f', 'a b c p e f'";
    api.run(
        """
        INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, ServiceName, Body)
        SELECT toDateTime64('2026-10-03 12:00:00', 9, 'UTC'), now64(9), 'same', line
        FROM (SELECT arrayJoin(arrayEnumerate([%1$s])) AS i, [%1$s][i] AS line)
        ARRAY JOIN range(toUInt64(11 - i)) AS copy
        """
            .formatted(lines));
    JsonRow data = api.data("/api/patterns", "q", "service:same", "from", "2026-10-03T00:00:00Z");
    assertThat(data.objects("patterns"))
        .extracting(pattern -> pattern.text("template") + "=" + pattern.text("count"))
        .containsExactly("a b c <*> <*> <*>=52");
  }

  @Test
  void oneMomentIsSampledLineByLine() throws Exception {
    api.run(
        """
        INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, ServiceName, Body)
        SELECT toDateTime64('2026-10-05 12:00:00', 9, 'UTC'), now64(9), 'moment', toString(number)
        FROM numbers(60000)
        """);
    JsonRow data = api.data("/api/patterns", "q", "service:moment", "from", "2026-10-05T00:00:00Z");
    assertThat(data.text("sampled")).isEqualTo("true");
    assertThat(data.count("sample_rows")).isBetween(18_000L, 22_000L);
    assertThat(data.objects("patterns").getFirst().count("count")).isBetween(54_000L, 66_000L);
  }

  @Test
  void saysWhatCountedRowsStandFor() throws Exception {
    api.run(
        """
        INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, ServiceName, Body, SampleRate)
        SELECT toDateTime64('2026-10-07 12:00:00', 9, 'UTC') + number, now64(9),
          ['every', 'some'][number % 2 + 1], 'line', [1, 20][number % 2 + 1]
        FROM numbers(300)
        """);
    for (String path : List.of("/api/histogram", "/api/facets", "/api/patterns")) {
      assertThat(sampled(path, "")).as(path).isEqualTo("150 rows, 3150 estimated");
      assertThat(sampled(path, "service:some")).as(path).isEqualTo("150 rows, 3000 estimated");
      assertThat(sampled(path, "service:every")).as(path).isEqualTo("none");
    }
  }

  private static String sampled(String path, String q) throws Exception {
    String body =
        api.get(path, "q", q, "from", "2026-10-07T11:00:00Z", "to", "2026-10-07T14:00:00Z").body();
    JsonRow stats = AskedApi.json(body).object("stats");
    assertThat(stats.values()).as(body).containsKey("complete");
    JsonRow sampled = stats.object("sampled");
    return sampled.values().isEmpty()
        ? "none"
        : "%d rows, %d estimated".formatted(sampled.count("rows"), sampled.count("estimate"));
  }
}
