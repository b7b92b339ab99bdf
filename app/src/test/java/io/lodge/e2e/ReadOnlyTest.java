package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.engine.Engine;
import io.lodge.engine.EngineEndpoint;
import io.lodge.engine.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  @BeforeAll
  static void start() throws Exception {
    engine = TestEngine.start(folder.resolve("engine"));
    makeStrictReader();
    EngineEndpoint users = engine.endpoint();
    embedded = RunningLodge.start(folder);
    byUrl = new LocalLodge(folder.resolve("a"), users.url(), engine);
    byUrlWithReader =
        new LocalLodge(
            folder.resolve("b"), users.url(), engine, "clickhouse.reader_user=" + users.reader());
    byUrlWithStrictReader =
        new LocalLodge(folder.resolve("c"), users.url(), engine, "clickhouse.reader_user=strict");
  }

  /** A user as ClickHouse's own profile {@code readonly} makes it: it may change no setting. */
  private static void makeStrictReader() throws IOException {
    Path users = folder.resolve("engine/users.xml");
    Files.writeString(
        users,
        Files.readString(users)
            .replace("</profiles>", STRICT_PROFILE + "</profiles>")
            .replace("</users>", STRICT_USER + "</users>"));
    // The library reads its users when it starts, and the supervisor starts it on the same files.
    ProcessHandle.of(engine.pid()).orElseThrow().destroyForcibly();
    Waiting.until("the engine is up again", () -> engine.restarts() == 1);
  }

  private static final String STRICT_PROFILE =
      """
      <strict>
        <cancel_http_readonly_queries_on_client_close>1</cancel_http_readonly_queries_on_client_close>
        <readonly>1</readonly>
      </strict>
      """;

  private static final String STRICT_USER =
      """
      <strict>
        <no_password/>
        <networks><ip>127.0.0.1</ip></networks>
        <profile>strict</profile>
        <grants><query>GRANT SELECT ON otel.*</query></grants>
      </strict>
      """;

  @AfterAll
  static void close() {
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
        Arguments.of("url, a user that may change no setting", byUrlWithStrictReader.reader()));
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
}
