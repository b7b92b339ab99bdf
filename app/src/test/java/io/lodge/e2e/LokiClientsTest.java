package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loggers that push to Loki (winston-loki in protobuf and in JSON, pino-loki) push to Lodge: what
 * they logged is what SQL finds, line by line and field by field.
 */
class LokiClientsTest {
  private static final NodeProject CLIENTS = new NodeProject("js-loki");

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() throws Exception {
    CLIENTS.install();
    // What was sent, not what the shipped rules make of JSON lines.
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms", "route.built_in=false");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  @Test
  void whatLoggersLoggedIsWhatSqlFinds() throws Exception {
    List<List<String>> sent =
        CLIENTS
            .node("loggers.mjs", lodge.at().otlpHttpUrl().toString())
            .lines()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .map(LokiClientsTest::expected)
            .toList();
    assertThat(sent).hasSize(405);
    lodge.awaitEmptyJournal();
    Sql sql = lodge.reader();
    assertThat(
            sql.rows(
                "SELECT ResourceAttributes['app'], toUnixTimestamp64Nano(Timestamp), SeverityText,"
                    + " SeverityNumber, ServiceName, Body, toString(mapSort(LogAttributes)), TraceId"
                    + " FROM otel.generic_logs"))
        .containsExactlyInAnyOrderElementsOf(sent);
    assertThat(
            sql.rows(
                "SELECT DISTINCT ServiceName, Namespace, toString(mapSort(mapFilter((k, v) ->"
                    + " k NOT IN ('level', 'hostname'), ResourceAttributes)))"
                    + " FROM otel.generic_logs ORDER BY 1"))
        .containsExactly(
            List.of("pino-json", "", "{'app':'pino-json'}"),
            List.of("winston-json", "shop", winstonLabels("winston-json")),
            List.of("winston-protobuf", "shop", winstonLabels("winston-protobuf")));
    assertThat(sql.number("SELECT count() FROM otel.dead_letters")).isZero();
  }

  private static String winstonLabels(String app) {
    return "{'app':'%s','k8s.namespace.name':'shop','note':'tab\\tand é'}".formatted(app);
  }

  private static List<String> expected(JsonObject said) {
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonElement> entry : said.getAsJsonObject("metadata").entrySet()) {
      metadata.put(entry.getKey(), entry.getValue().getAsString());
    }
    String level = said.get("level").getAsString();
    int number =
        switch (level) {
          case "debug" -> 5;
          case "info" -> 9;
          case "warn" -> 13;
          case "error" -> 17;
          case "critical" -> 18;
          default -> throw new AssertionError(level);
        };
    StringBuilder map = new StringBuilder();
    metadata.forEach((key, value) ->
        map.append(map.isEmpty() ? "" : ",").append("'%s':'%s'".formatted(key, value)));
    String app = said.get("app").getAsString();
    return List.of(
        app,
        said.get("ms").getAsLong() + "000000",
        level,
        Integer.toString(number),
        app,
        said.get("line").getAsString(),
        "{" + map + "}",
        metadata.getOrDefault("trace_id", ""));
  }
}
