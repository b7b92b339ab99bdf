package io.lodge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.base.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  private static final EngineLibrary LIBRARY = new EngineLibrary(EngineLibrary.userCache());

  @TempDir Path dir;

  private final HttpClient http = HttpClient.newHttpClient();

  private String write(Engine engine, String sql) {
    EngineEndpoint endpoint = engine.endpoint();
    return TestEngine.sql(endpoint, endpoint.writer(), endpoint.writerPassword(), sql, http);
  }

  private String read(Engine engine, String sql) {
    return TestEngine.sql(engine.endpoint(), engine.endpoint().reader(), "", sql, http);
  }

  @Test
  void keepsTablesOverAnOrderlyRestart() {
    try (Engine engine = TestEngine.start(dir)) {
      write(engine, "CREATE DATABASE otel");
      write(engine, "CREATE TABLE otel.t (a UInt8) ENGINE = MergeTree ORDER BY a");
      write(engine, "INSERT INTO otel.t VALUES (1), (2)");
      write(engine, "SYSTEM FLUSH LOGS");
    }
    try (Engine engine = TestEngine.start(dir)) {
      assertThat(write(engine, "SELECT count() FROM otel.t")).isEqualTo("2");
      write(engine, "SYSTEM FLUSH LOGS");
      assertThat(write(engine, "SELECT count() > 0 FROM system.query_log")).isEqualTo("1");
    }
  }

  @Test
  void comesBackByItselfAfterKill9() throws Exception {
    try (Engine engine = TestEngine.start(dir)) {
      write(engine, "CREATE DATABASE otel");
      write(engine, "CREATE TABLE otel.t (a UInt8) ENGINE = MergeTree ORDER BY a");
      write(engine, "INSERT INTO otel.t VALUES (1), (2)");
      write(engine, "SYSTEM FLUSH LOGS");
      long killed = engine.pid();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      awaitUp(engine, 1);
      assertThat(engine.pid()).isNotEqualTo(killed);
      assertThat(write(engine, "SELECT count() FROM otel.t")).isEqualTo("2");
      write(engine, "SYSTEM FLUSH LOGS");
      assertThat(write(engine, "SELECT count() > 0 FROM system.query_log")).isEqualTo("1");
    }
  }

  private static void awaitUp(Engine engine, int restarts) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (engine.restarts() < restarts) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void leavesNoProcessBehindWhenClosed() {
    Engine engine = TestEngine.start(dir);
    ProcessHandle child = ProcessHandle.of(engine.pid()).orElseThrow();
    engine.close();
    assertThat(child.isAlive()).isFalse();
    assertThat(dir).isDirectoryNotContaining("glob:**/crash-*");
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    int port = FreePorts.one();
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EngineParent.class.getName(),
                dir.toString(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid = Long.parseLong(parent.inputReader().readLine());
    ProcessHandle engine = ProcessHandle.of(pid).orElseThrow();
    assertThat(engine.isAlive()).isTrue();
    parent.destroyForcibly().waitFor();
    engine.onExit().get(10, TimeUnit.SECONDS);
    assertThat(engine.isAlive()).isFalse();
    assertThat(dir).isDirectoryNotContaining("glob:**/crash-*");
  }

  @Test
  void readerReadsWithinLimitsAndDoesNothingElse() {
    try (Engine engine = TestEngine.start(dir)) {
      write(engine, "CREATE DATABASE otel");
      write(engine, "CREATE TABLE otel.t (a UInt8) ENGINE = MergeTree ORDER BY a");
      assertThat(read(engine, "SELECT count() FROM otel.t")).isEqualTo("0");
      assertThat(read(engine, "SELECT version()")).isEqualTo(EngineLibrary.CLICKHOUSE_VERSION);
      assertThat(read(engine, "SELECT count() > 0 FROM system.tables")).isEqualTo("1");
      List<String> forbidden =
          List.of(
              "INSERT INTO otel.t VALUES (1)",
              "CREATE TABLE otel.u (a UInt8) ENGINE = Memory",
              "ALTER TABLE otel.t ADD COLUMN b UInt8",
              "DROP TABLE otel.t",
              "SELECT * FROM file('/etc/passwd', LineAsString)",
              "SELECT * FROM url('http://127.0.0.1:1/', LineAsString)",
              "SELECT * FROM remote('127.0.0.1:1', system.one)",
              "SELECT * FROM s3('http://127.0.0.1:1/b/k', 'CSV')",
              "SYSTEM STOP LISTEN HTTP",
              "SELECT 1 SETTINGS readonly = 0",
              "SELECT 1 SETTINGS max_execution_time = 0",
              "SELECT 1 SETTINGS max_execution_time = 3600",
              "SELECT 1 SETTINGS max_memory_usage = 0",
              "SELECT number FROM numbers(1000001)");
      for (String sql : forbidden) {
        assertThat(read(engine, sql)).as(sql).contains("DB::Exception");
      }
    }
  }

  @Test
  void clientsThatNameNobodyReadLikeTheReader() {
    try (Engine engine = TestEngine.start(dir)) {
      write(engine, "CREATE DATABASE otel");
      write(engine, "CREATE TABLE otel.t (a UInt8) ENGINE = MergeTree ORDER BY a");
      assertThat(asDefault(engine, "SELECT count() FROM otel.t")).isEqualTo("0");
      for (String sql :
          List.of(
              "INSERT INTO otel.t VALUES (1)",
              "CREATE DATABASE x",
              "SYSTEM STOP LISTEN TCP",
              "SET readonly = 0",
              "SELECT 1 SETTINGS readonly = 0",
              "SELECT 1 SETTINGS max_execution_time = 0",
              "SELECT * FROM file('/etc/passwd', LineAsString)",
              "SELECT * FROM url('http://127.0.0.1:1/', LineAsString)")) {
        assertThat(asDefault(engine, sql)).as(sql).contains("DB::Exception");
      }
    }
  }

  @Test
  void nobodyEndsTheSessionThatKeepsItAlive() {
    try (Engine engine = TestEngine.start(dir)) {
      assertThat(asDefault(engine, "KILL QUERY WHERE query LIKE '%sleep%' SYNC"))
          .doesNotContain("sleepEachRow");
      assertThat(write(engine, "SELECT count() FROM system.processes WHERE user = ''"))
          .isEqualTo("1");
    }
  }

  @Test
  void clientsThatNameNobodyReadNothingWhereTheReaderHasAPassword() {
    EngineOptions open = TestEngine.options(dir, FreePorts.one(), FreePorts.one());
    EngineOptions closed =
        new EngineOptions(
            dir, open.http(), open.tcp(), open.binary(), "s3cret", false, open.limits());
    try (Engine engine = TestEngine.start(closed)) {
      write(engine, "CREATE DATABASE otel");
      write(engine, "CREATE TABLE otel.t (a UInt8) ENGINE = MergeTree ORDER BY a");
      String sql = "SELECT count() FROM otel.t";
      assertThat(asDefault(engine, sql)).contains("ACCESS_DENIED");
      assertThat(read(engine, sql)).contains("AUTHENTICATION_FAILED");
      assertThat(TestEngine.sql(engine.endpoint(), "reader", "s3cret", sql, http)).isEqualTo("0");
    }
  }

  private String asDefault(Engine engine, String sql) {
    return TestEngine.sql(engine.endpoint(), "default", "", sql, http);
  }

  @Test
  void refusesAFolderThatAnotherEngineHas() {
    try (Engine engine = TestEngine.start(dir)) {
      EngineOptions again = TestEngine.options(dir, FreePorts.one(), FreePorts.one());
      assertThatThrownBy(() -> Engine.start(again, LIBRARY, line -> {}))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("another Lodge runs on it");
      assertThat(write(engine, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesTwoHostsBecauseItWouldOpenBothPortsOnBoth() {
    EngineOptions one = TestEngine.options(dir, FreePorts.one(), FreePorts.one());
    EngineOptions two =
        new EngineOptions(
            dir,
            new InetSocketAddress("0.0.0.0", one.http().getPort()),
            one.tcp(),
            one.binary(),
            "",
            true,
            one.limits());
    assertThatThrownBy(() -> Engine.start(two, LIBRARY, line -> {}))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("set engine.http and engine.tcp to one host");
  }

  @Test
  void leavesNoProcessBehindWhenClosedWhileItRestarts() throws Exception {
    Engine engine = TestEngine.start(dir);
    ProcessHandle killed = ProcessHandle.of(engine.pid()).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().get(10, TimeUnit.SECONDS);
    engine.close();
    assertThat(ProcessHandle.of(engine.pid()).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aFullServerDoesNotOutliveItsKilledHost() throws Exception {
    try (Engine engine = TestEngine.start(withBinary())) {
      ProcessHandle host = ProcessHandle.of(engine.pid()).orElseThrow();
      ProcessHandle server = host.descendants().findFirst().orElseThrow();
      host.destroyForcibly();
      server.onExit().get(10, TimeUnit.SECONDS);
      awaitUp(engine, 1);
      assertThat(read(engine, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void goesOnTryingWhenItsFilesCannotBeRemoved() throws Exception {
    try (Engine engine = TestEngine.start(dir)) {
      Path deep = new EngineFiles(dir).tables().resolve("data/system/deep_log");
      // Longer than a path may be: to walk there fails, also for root.
      shell(
          "mkdir -p '%s' && cd '%s' && n=$(printf 'd%%.0s' $(seq 200)) && for i in $(seq 25); do mkdir $n && cd -P ./$n || exit 1; done"
              .formatted(deep, deep));
      ProcessHandle.of(engine.pid()).orElseThrow().destroyForcibly();
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() < end) {
        assertThat(engine.restarts()).isZero();
        Thread.sleep(20);
      }
      shell("rm -rf '%s'".formatted(deep));
      awaitUp(engine, 1);
    }
  }

  private static void shell(String script) throws Exception {
    Process process = new ProcessBuilder("bash", "-c", script).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private EngineOptions withBinary() throws Exception {
    EngineOptions plain = TestEngine.options(dir, FreePorts.one(), FreePorts.one());
    return new EngineOptions(
        dir,
        plain.http(),
        plain.tcp(),
        Optional.of(serverFromTheLibrary()),
        "",
        false,
        plain.limits());
  }

  @Test
  void runsAFullServerInsteadOfTheLibrary() throws Exception {
    Engine engine = TestEngine.start(withBinary());
    List<ProcessHandle> server =
        ProcessHandle.of(engine.pid()).orElseThrow().descendants().toList();
    assertThat(server).isNotEmpty();
    assertThat(read(engine, "SELECT 1")).isEqualTo("1");
    engine.close();
    assertThat(server).noneMatch(ProcessHandle::isAlive);
  }

  /**
   * Stands for a {@code clickhouse} binary: takes its arguments and is the library underneath. Like
   * the binary it does not care for its standard input, and ends on SIGTERM.
   */
  private Path serverFromTheLibrary() throws Exception {
    Path script = dir.resolve("clickhouse");
    Files.writeString(
        script,
        """
        #!/bin/sh
        [ "$1" = server ] || exit 64
        config=${2#--config-file=}
        fifo="$0.$$"
        mkfifo "$fifo"
        exec 0<>"$fifo"
        exec '%s/bin/java' -Xrs --enable-native-access=ALL-UNNAMED -cp '%s' %s library '%s' "$config" '%s'
        """
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                EngineHost.class.getName(),
                LIBRARY.file(line -> {}),
                new EngineFiles(dir).tables()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  @Test
  void keepsItsSecretsFromOtherUsers() throws IOException {
    try (Engine engine = TestEngine.start(dir)) {
      assertThat(engine.endpoint().toString()).doesNotContain(engine.endpoint().writerPassword());
    }
    for (String name : List.of("users.xml", "config.xml", "writer.password")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void saysWhyItDoesNotStart() throws Exception {
    int port = FreePorts.one();
    try (Engine engine =
        TestEngine.start(TestEngine.options(dir.resolve("a"), port, FreePorts.one()))) {
      assertThat(engine.pid()).isPositive();
      Path second = dir.resolve("b");
      EngineOptions options =
          TestEngine.options(second, FreePorts.one(), engine.endpoint().url().getPort());
      assertThatThrownBy(() -> Engine.start(options, LIBRARY, line -> {}))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("cannot start the engine")
          .hasMessageContaining("Address already in use");
    }
  }
}
