package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.engine.Engine;
import io.lodge.engine.EngineEndpoint;
import io.lodge.engine.TestEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code /api/sql} reads and does nothing else, whosever ClickHouse it is. */
class ReadOnlyTest {
  private static final String[] FORBIDDEN = {
    "INSERT INTO otel.generic_logs_0 (Body) VALUES ('x')",
    "CREATE TABLE otel.mine (x UInt8) ENGINE = Memory",
    "DROP TABLE otel.generic_logs_0",
    "TRUNCATE TABLE otel.generic_logs_0",
    "ALTER TABLE otel.generic_logs_0 DELETE WHERE 1",
    "SELECT * FROM url('http://127.0.0.1:1/x', 'LineAsString')",
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT * FROM remote('127.0.0.1:1', 'system', 'one')",
    "SELECT 1 SETTINGS readonly = 0",
    "SELECT 1 SETTINGS max_execution_time = 100000",
    "SELECT 1 SETTINGS max_result_rows = 1000000000",
    "SELECT 1 SETTINGS max_memory_usage = 1000000000000",
    "SET readonly = 0",
    "SYSTEM SHUTDOWN"
  };

  @TempDir static Path folder;
  private static Engine engine;
  private static RunningLodge embedded;
  private static LocalLodge byUrl;
  private static LocalLodge byUrlWithReader;
  private static LocalLodge byUrlWithStrictReader;
  private static LocalLodge byUrlWithAllowedReader;

  @BeforeAll
  static void start() throws Exception {
    engine = TestEngine.start(folder.resolve("engine"));
    makeStrictReaders();
    EngineEndpoint users = engine.endpoint();
    embedded = RunningLodge.start(folder);
    byUrl = new LocalLodge(folder.resolve("a"), users.url(), engine);
    byUrlWithReader =
        new LocalLodge(
            folder.resolve("b"), users.url(), engine, "clickhouse.reader_user=" + users.reader());
    byUrlWithStrictReader =
        new LocalLodge(folder.resolve("c"), users.url(), engine, "clickhouse.reader_user=strict");
    byUrlWithAllowedReader =
        new LocalLodge(folder.resolve("d"), users.url(), engine, "clickhouse.reader_user=allowed");
  }

  /**
   * Two users as ClickHouse's own profile {@code readonly} makes them: one may change no setting,
   * the other those that docs/api.md says.
   */
  private static void makeStrictReaders() throws IOException {
    Path users = folder.resolve("engine/users.xml");
    Files.writeString(
        users,
        Files.readString(users)
            .replace("</profiles>", strictProfile("strict", "") + allowed() + "</profiles>")
            .replace("</users>", user("strict") + user("allowed") + "</users>"));
    Path config = folder.resolve("engine/config.xml");
    Files.writeString(
        config, Files.readString(config).replace("</clickhouse>", CONSTRAINTS + "</clickhouse>"));
    // The library reads its users when it starts, and the supervisor starts it on the same files.
    ProcessHandle.of(engine.pid()).orElseThrow().destroyForcibly();
    Waiting.until("the engine is up again", () -> engine.restarts() == 1);
  }

  /** As ClickHouse's own config.xml has it. */
  private static final String CONSTRAINTS =
      "<access_control_improvements><settings_constraints_replace_previous>true</settings_constraints_replace_previous></access_control_improvements>";

  private static String allowed() throws IOException {
    String documented = Files.readString(Path.of("../docs/api.md"));
    Matcher profile =
        Pattern.compile("<constraints>.*?</constraints>", Pattern.DOTALL).matcher(documented);
    assertThat(profile.find()).as("constraints in docs/api.md").isTrue();
    return strictProfile("allowed", profile.group());
  }

  private static String strictProfile(String name, String constraints) {
    return """
    <%1$s>
      <cancel_http_readonly_queries_on_client_close>1</cancel_http_readonly_queries_on_client_close>
      <readonly>1</readonly>
      %2$s
    </%1$s>
    """
        .formatted(name, constraints);
  }

  private static String user(String name) {
    return """
    <%1$s>
      <no_password/>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>%1$s</profile>
      <grants><query>GRANT SELECT ON otel.*</query><query>GRANT SELECT ON system.*</query></grants>
    </%1$s>
    """
        .formatted(name);
  }

  @AfterAll
  static void close() {
    byUrlWithAllowedReader.close();
    byUrlWithStrictReader.close();
    byUrlWithReader.close();
    byUrl.close();
    embedded.close();
    engine.close();
  }

  static Stream<Arguments> modes() {
    return Stream.of(
        Arguments.of("embedded", embedded.reader()),
        Arguments.of("url, the user that writes", byUrl.reader()),
        Arguments.of("url, a user that reads", byUrlWithReader.reader()),
        Arguments.of("url, a user that may change no setting", byUrlWithStrictReader.reader()),
        Arguments.of("url, a user that may change a few", byUrlWithAllowedReader.reader()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("modes")
  void readsAndNothingElse(String mode, Sql sql) {
    assertThat(sql.number("SELECT count() FROM otel.generic_logs")).isZero();
    assertThat(sql.value("SELECT sum(number) FROM numbers(10)")).isEqualTo("45");
    for (String statement : FORBIDDEN) {
      Http.Answer answer = sql.send(statement);
      assertThat(answer.status()).as(statement + " → " + answer.text()).isBetween(400, 403);
    }
    assertThat(sql.number("SELECT count() FROM system.tables WHERE name = 'generic_logs_0'"))
        .isOne();
  }

  static Stream<Arguments> answering() {
    return Stream.of(
        Arguments.of("embedded", embedded.at().apiUrl()),
        Arguments.of("url, the user that writes", byUrl.at().apiUrl()),
        Arguments.of("url, a user that reads", byUrlWithReader.at().apiUrl()),
        Arguments.of("url, a user that may change a few", byUrlWithAllowedReader.at().apiUrl()));
  }

  private static final String[] QUESTIONS = {
    "search?q=level:error",
    "histogram",
    "facets",
    "fields",
    "values?field=service",
    "patterns",
    "trace/0af7651916cd43dd8448eb211c80319c",
    "traces",
    "traces/heatmap",
    "services",
    "tables",
    "schema",
    "system"
  };

  @ParameterizedTest(name = "{0}")
  @MethodSource("answering")
  void answersEveryQuestion(String mode, URI api) {
    for (String question : QUESTIONS) {
      Http.Answer answer = Http.get(api.resolve("/api/" + question));
      assertThat(answer.status()).as(question + " → " + answer.text()).isIn(200, 404);
      assertThat(answer.text()).as(question).doesNotContain("clickhouse_code");
    }
    Http.Answer around = Http.get(api.resolve("/api/context?time=1795258800000000000&id=1"));
    assertThat(around.text()).contains("not_found");
    Http.Answer lines = Http.post(api.resolve("/api/sql?stream=1"), "SELECT toUInt64(1) AS one");
    assertThat(lines.text()).contains("[\"1\"]");
  }

  @Test
  void saysWhichSettingsAStrictUserNeeds() {
    for (String question : List.of("search", "histogram", "facets", "values?field=service")) {
      Http.Answer answer =
          Http.get(byUrlWithStrictReader.at().apiUrl().resolve("/api/" + question));
      assertThat(answer.status()).as(question).isEqualTo(403);
      assertThat(answer.text())
          .contains("changeable_in_readonly", "date_time_output_format", "max_rows_to_group_by");
    }
  }
}
