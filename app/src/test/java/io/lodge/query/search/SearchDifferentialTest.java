package io.lodge.query.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.query.search.ReferenceSearch.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Generated searches over generated logs: ClickHouse finds the rows that the plain meaning of the
 * search finds, with indexes and without.
 */
class SearchDifferentialTest {
  private static final String TABLE = "default.search_differential";
  private static final int ROWS = 1500;
  private static final int SEARCHES = Integer.getInteger("lodge.test.searches", 250);

  private static final String RED = "\u001b[1;31m";
  private static final String PLAIN = "\u001b[0m";

  private static final List<String> WORDS =
      List.of(
          "connection",
          "refused",
          "by",
          "peer",
          "Timeout",
          "ERROR",
          "err",
          "error",
          "errors",
          "foo_bar",
          "/var/log",
          "50%",
          "a.b(c)",
          "Größe",
          "größer",
          "x",
          "404",
          "[main]",
          "日本語",
          RED + "error" + PLAIN,
          RED + "connection" + PLAIN + " refused");

  private static final List<String> VALUES =
      List.of("checkout", "cart", "web-1", "web-22", "", "7", "42", "5.5", "-3", "a_b", "A*b");

  /** Column, type and expression, as {@code lodge schema promote} writes them. */
  private static final List<String[]> PROMOTED =
      List.of(
          new String[] {"status", "LowCardinality(String)", "LogAttributes['status']"},
          new String[] {"user_id", "String", "ResourceAttributes['user.id']"},
          new String[] {"path", "String", "LogAttributes['path']"},
          new String[] {
            "size", "Float64", "accurateCastOrDefault(toString(LogAttributes['size']), 'Float64')"
          },
          new String[] {
            "ratio",
            "Nullable(Float64)",
            "accurateCastOrNull(toString(LogAttributes['ratio']), 'Float64')"
          });

  private static final SearchTable WITH_PROMOTED =
      LogTables.logs()
          .withPromoted(
              List.of(
                  new Promoted("LogAttributes", "status", "status", Promoted.Holds.TEXT, 0),
                  new Promoted("ResourceAttributes", "user.id", "user_id", Promoted.Holds.TEXT, 0),
                  new Promoted("LogAttributes", "path", "path", Promoted.Holds.TEXT, 0),
                  new Promoted("LogAttributes", "size", "size", Promoted.Holds.NUMBER_OR_ZERO, 0),
                  new Promoted(
                      "LogAttributes", "ratio", "ratio", Promoted.Holds.NUMBER_OR_NULL, 0)));

  private static final List<String> ODD_NUMBERS =
      List.of(
          "5",
          "5.0",
          "+5",
          " 5",
          "5 ",
          "0",
          "-0",
          "0.0",
          "",
          "abc",
          "nan",
          "inf",
          "-inf",
          "1e3",
          "1e400",
          "0x10",
          "5,5",
          "5.5.5",
          ".5",
          "5.",
          "-5",
          "١",
          "1_000",
          "18446744073709551616",
          "true",
          "5s");

  private final Random random = new Random(20_261_121);
  private final ClickHouse clickHouse = TestServer.open();
  private final List<Row> rows = new ArrayList<>();

  @BeforeEach
  void fill() throws IOException {
    clickHouse.execute(Query.of("DROP TABLE IF EXISTS " + TABLE));
    clickHouse.execute(Query.of(smallGranules()));
    insert(0, ROWS / 2);
    // Parts that are older than a promoted column compute it, the others have it.
    for (String[] column : PROMOTED) {
      clickHouse.execute(
          Query.of(
              "ALTER TABLE "
                  + TABLE
                  + " ADD COLUMN %s %s MATERIALIZED %s".formatted((Object[]) column)));
    }
    insert(ROWS / 2, ROWS);
  }

  private void insert(int from, int to) throws IOException {
    StringBuilder json = new StringBuilder();
    for (int id = from; id < to; id++) {
      Row row = row(id);
      rows.add(row);
      json.append(json(row)).append('\n');
    }
    clickHouse.execute(
        Query.of("INSERT INTO " + TABLE + " FORMAT JSONEachRow\n" + json)
            .withSetting("max_query_size", "100000000"));
  }

  @AfterEach
  void drop() throws IOException {
    clickHouse.execute(Query.of("DROP TABLE " + TABLE));
    clickHouse.close();
  }

  @Test
  void findsWhatTheSearchMeansWithIndexesAndWithout() throws Exception {
    int found = 0;
    int through = 0;
    for (int i = 0; i < SEARCHES; i++) {
      String typed = search(3);
      Search search = SearchParser.parse(typed);
      List<String> want =
          rows.stream()
              .filter(row -> ReferenceSearch.matches(search, row))
              .map(row -> Integer.toString(row.id()))
              .toList();
      SearchSql sql = SearchSql.of(search, LogTables.logs());
      assertThat(ids(sql, "1"))
          .as("%s → %s %s", typed, sql.sql(), sql.parameters())
          .isEqualTo(want);
      assertThat(ids(sql, "0")).as("without indexes: %s", typed).isEqualTo(want);
      SearchSql promoted = SearchSql.of(search, WITH_PROMOTED);
      if (!promoted.equals(sql)) {
        through++;
        assertThat(ids(promoted, "1"))
            .as("promoted: %s → %s %s", typed, promoted.sql(), promoted.parameters())
            .isEqualTo(want);
        assertThat(ids(promoted, "0")).as("promoted, without indexes: %s", typed).isEqualTo(want);
      }
      found += want.isEmpty() ? 0 : 1;
    }
    assertThat(found).as("searches that find something").isGreaterThan(SEARCHES / 4);
    assertThat(through).as("searches through promoted columns").isGreaterThan(SEARCHES / 10);
  }

  @Test
  void columnsOfNumbersPassWhatTheirTextsPass() throws Exception {
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < ODD_NUMBERS.size(); i++) {
      Map<String, String> log = Map.of("size", ODD_NUMBERS.get(i), "ratio", ODD_NUMBERS.get(i));
      json.append(json(new Row(ROWS + i, "odd", "", "", 0, "", log, Map.of()))).append('\n');
    }
    clickHouse.execute(Query.of("INSERT INTO " + TABLE + " FORMAT JSONEachRow\n" + json));
    int through = 0;
    for (String key : List.of("attributes.size", "attributes.ratio")) {
      for (String test :
          List.of(
              ">5",
              ">=5",
              "<5",
              "<=5",
              ">-1",
              "<-1",
              ">0",
              ">=0",
              "<0",
              "<=0",
              "[1 TO 20]",
              "[-5 TO 5]",
              "[5 TO *]",
              "[* TO 5]",
              ">=1e300",
              "5",
              "*",
              ">x",
              "/5/",
              "<0.1")) {
        Search search = SearchParser.parse(key + ":" + test);
        SearchSql map = SearchSql.of(search, LogTables.logs());
        SearchSql promoted = SearchSql.of(search, WITH_PROMOTED);
        through += map.equals(promoted) ? 0 : 1;
        assertThat(ids(promoted, "1"))
            .as("%s:%s → %s", key, test, promoted.sql())
            .isEqualTo(ids(map, "1"));
        SearchSql not = SearchSql.of(new Search.Not(search), WITH_PROMOTED);
        assertThat(ids(not, "1"))
            .as("-%s:%s", key, test)
            .doesNotContainAnyElementsOf(ids(map, "1"));
      }
    }
    assertThat(through).isGreaterThan(16);
  }

  @Test
  void aValueIsTheSameThroughItsColumn() throws Exception {
    for (String field : List.of("status", "user.id", "path", "attributes.path", "size")) {
      String map = value(LogTables.logs(), field);
      assertThat(value(WITH_PROMOTED, field)).as(field).isEqualTo(map);
    }
  }

  private String value(SearchTable table, String field) throws IOException {
    FieldValue value = FieldValue.of(table, field, "f0");
    return clickHouse.text(
        new Query(
            "SELECT groupArray(v) FROM (SELECT %s AS v FROM %s ORDER BY toUInt32(SpanId))"
                .formatted(value.sql(), TABLE),
            value.parameters(),
            Map.of()));
  }

  @Test
  void aRareWordReadsFewGranules() throws Exception {
    assertThat(granulesRead("needleword")).isLessThan(3);
    assertThat(granulesRead("\"needleword in\"")).isLessThan(3);
    assertThat(granulesRead("redneedle")).isLessThan(3);
    assertThat(granulesRead("\"redneedle in\"")).isLessThan(3);
    assertThat(granulesRead("attributes.request.id:needlevalue")).isLessThan(3);
  }

  private long granulesRead(String typed) throws Exception {
    SearchSql sql = SearchSql.of(SearchParser.parse(typed), LogTables.logs());
    String plan =
        clickHouse.text(
            query("EXPLAIN indexes = 1 SELECT count() FROM %s WHERE %s", sql)
                .withSetting("use_query_condition_cache", "0"));
    List<String> granules =
        plan.lines().filter(line -> line.contains("Granules:")).map(String::strip).toList();
    assertThat(granules).as(plan).isNotEmpty();
    return Long.parseLong(granules.getLast().replaceAll("Granules: (\\d+)/.*", "$1"));
  }

  private List<String> ids(SearchSql sql, String useIndexes) throws IOException {
    return clickHouse.lines(
        query("SELECT SpanId FROM %s WHERE %s ORDER BY toUInt32(SpanId)", sql)
            .withSetting("use_skip_indexes", useIndexes)
            .withSetting("use_query_condition_cache", "0"));
  }

  private static Query query(String statement, SearchSql sql) {
    return new Query(statement.formatted(TABLE, sql.sql()), sql.parameters(), Map.of());
  }

  /** The real table, with granules so small that indexes have something to leave out. */
  private static String smallGranules() throws IOException {
    try (InputStream file =
        SearchDifferentialTest.class.getResourceAsStream(
            "/io/lodge/schema/020_generic_logs_0.sql")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8)
              .replace("otel.generic_logs_0", TABLE)
          + ", index_granularity = 16";
    }
  }

  private Row row(int id) {
    Map<String, String> log = new TreeMap<>();
    Map<String, String> resource = new TreeMap<>();
    for (String key : List.of("status", "user.id", "path")) {
      if (random.nextBoolean()) {
        (random.nextBoolean() ? log : resource).put(key, pick(VALUES));
      }
    }
    int severity = random.nextInt(4) == 0 ? 0 : random.nextInt(25);
    String severityText =
        random.nextBoolean() ? "" : pick(ReferenceSearch.LEVELS).toUpperCase(Locale.ROOT);
    String body = words(1 + random.nextInt(6));
    if (id == 777) {
      log.put("request.id", "needlevalue");
      body += " needleword in haystack";
    }
    if (id == 888) {
      body += RED + "redneedle" + PLAIN + " in haystack";
    }
    return new Row(id, body, pick(VALUES), pick(VALUES), severity, severityText, log, resource);
  }

  private String words(int count) {
    StringBuilder words = new StringBuilder(pick(WORDS));
    for (int i = 1; i < count; i++) {
      words.append(pick(List.of(" ", " ", "-", ", ", ""))).append(pick(WORDS));
    }
    return words.toString();
  }

  private String search(int depth) {
    if (depth == 0 || random.nextInt(3) > 0) {
      return leaf();
    }
    return switch (random.nextInt(4)) {
      case 0 -> "(" + search(depth - 1) + " OR " + search(depth - 1) + ")";
      case 1 -> "-(" + search(depth - 1) + ")";
      default -> search(depth - 1) + " " + search(depth - 1);
    };
  }

  private String leaf() {
    return switch (random.nextInt(8)) {
      case 0 -> "\"" + words(1 + random.nextInt(2)) + "\"";
      case 1 -> escaped(pick(WORDS));
      case 2 -> cut(pick(WORDS)) + "*";
      case 3 -> "*" + cut(pick(WORDS)) + "*" + cut(pick(WORDS));
      case 4 -> "level:" + pick(List.of("", ">=", "<")) + pick(ReferenceSearch.LEVELS);
      case 5 -> pick(List.of("service", "pod", "status", "user.id")) + ":" + value();
      case 6 ->
          pick(List.of("status", "path", "pod"))
              + ":"
              + pick(List.of(">", ">=", "<", "<="))
              + pick(List.of("7", "6.5", "-3", "b", "x"));
      default -> pick(List.of("status", "nothing")) + ":[" + pick(List.of("*", "5")) + " TO 42]";
    };
  }

  private String value() {
    return switch (random.nextInt(4)) {
      case 0 -> "*";
      case 1 -> "\"" + pick(VALUES) + "\"";
      case 2 -> "w*" + pick(List.of("", "2", "-1"));
      default -> "/^[a-c]/";
    };
  }

  private static String escaped(String word) {
    return word.replaceAll("([()*\"\\\\])", "\\\\$1");
  }

  /** A part of a word that has no syntax in it. */
  private String cut(String word) {
    String plain = word.replaceAll("[^\\p{L}\\p{N}_]", "");
    return plain.isEmpty() ? "a" : plain.substring(0, 1 + random.nextInt(plain.length()));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String json(Row row) {
    return """
    {"Timestamp":"2080-11-21 10:00:00","EventDate":"2080-11-21","EventTime":"2080-11-21 10:00:00",\
    "SpanId":"%d","Body":%s,"ServiceName":%s,"PodName":%s,"SeverityNumber":%d,"SeverityText":%s,\
    "LogAttributes":%s,"ResourceAttributes":%s}\
    """
        .formatted(
            row.id(),
            quoted(row.body()),
            quoted(row.service()),
            quoted(row.pod()),
            row.severityNumber(),
            quoted(row.severityText()),
            json(row.log()),
            json(row.resource()));
  }

  private static String json(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u001b", "\\u001b")
        + '"';
  }
}
