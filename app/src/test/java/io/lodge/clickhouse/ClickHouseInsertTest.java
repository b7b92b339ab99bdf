package io.lodge.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.lodge.clickhouse.InsertResult.Refused;
import io.lodge.clickhouse.InsertResult.RetryLater;
import io.lodge.clickhouse.InsertResult.Stored;
import io.lodge.clickhouse.InsertResult.Wait;
import io.lodge.engine.TestEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClickHouseInsertTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static ClickHouse clickHouse;

  @BeforeAll
  static void connect() {
    clickHouse = TestServer.open();
  }

  @AfterAll
  static void disconnect() {
    clickHouse.close();
  }

  @BeforeEach
  void tables() throws IOException {
    run("DROP DATABASE IF EXISTS inserts SYNC");
    run("CREATE DATABASE inserts");
    run("CREATE TABLE inserts.landing (day Date, n UInt64) ENGINE = Null");
    run(
        """
        CREATE TABLE inserts.target (day Date, n UInt64) ENGINE = MergeTree PARTITION BY day ORDER BY n
        SETTINGS non_replicated_deduplication_window = 10000\
        """);
    run("CREATE MATERIALIZED VIEW inserts.mv TO inserts.target AS SELECT * FROM inserts.landing");
  }

  @Test
  void storesABlockOfSeveralDaysOnceUnderItsToken() throws IOException {
    List<ByteBuffer> block = block(1000);
    for (int send = 0; send < 3; send++) {
      assertThat(insert(clickHouse, "t1", block)).isInstanceOf(Stored.class);
    }
    assertThat(stored()).isEqualTo(1000);
    assertThat(insert(clickHouse, "t2", block)).isInstanceOf(Stored.class);
    assertThat(stored()).isEqualTo(2000);
  }

  @Test
  void storesOnceWhatIsSentFourTimesAtOnce() throws Exception {
    List<ByteBuffer> block = block(200_000);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<InsertResult> send = () -> insert(clickHouse, "same", block);
      for (Future<InsertResult> result : threads.invokeAll(List.of(send, send, send, send))) {
        assertThat(result.get()).isInstanceOf(Stored.class);
      }
    }
    assertThat(stored()).isEqualTo(200_000);
  }

  @Test
  void storesOnceWhatIsResentAfterItsAnswerWasCut() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(proxy.url())) {
      List<ByteBuffer> block = block(1000);
      proxy.cutAnswersAfter(20);
      InsertResult cut = insert(behind, "cut", block);
      assertThat(cut).isInstanceOf(RetryLater.class);
      assertThat(((RetryLater) cut).kind()).isEqualTo(Wait.UNKNOWN_STATUS);
      proxy.cutAnswersAfter(0);
      assertThat(insert(behind, "cut", block)).isInstanceOf(RetryLater.class);
      assertThat(proxy.connections()).isEqualTo(3); // no byte of an answer: sent once more at once
      proxy.cutAnswersAfter(Long.MAX_VALUE);
      assertThat(insert(behind, "cut", block)).isInstanceOf(Stored.class);
      assertThat(stored()).isEqualTo(1000);
    }
  }

  @Test
  void waitsNoLongerThanItsTimeoutForAnAnswerWhoseEndNeverComes() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(proxy.url())) {
      proxy.holdBodies(true);
      InsertResult stored =
          behind.insert("inserts.landing", "hold", block(1000), Duration.ofSeconds(2));
      assertWaits(stored, 0, Wait.UNKNOWN_STATUS);
      assertThat(((RetryLater) stored).message()).contains("no more of the answer came within");
      InsertResult failed =
          behind.insert("inserts.nope", "hold", block(1000), Duration.ofSeconds(2));
      assertWaits(failed, 0, Wait.UNKNOWN_STATUS);
      proxy.holdBodies(false);
      assertThat(insert(behind, "hold", block(1000))).isInstanceOf(Stored.class);
      assertThat(stored()).isEqualTo(1000);
    }
  }

  @Test
  void aTwoHundredOfSomethingElseIsNotStored() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    other.start();
    URI url = URI.create("http://127.0.0.1:" + other.getAddress().getPort());
    try (ClickHouse wrong = TestServer.open(url)) {
      InsertResult result = insert(wrong, "t", block(1));
      assertWaits(result, 0, Wait.OPERATOR);
      assertThat(((RetryLater) result).message()).contains("no ClickHouse", "clickhouse.url");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aViewThatFailsIsNotTheDatasFault() throws IOException {
    run("CREATE TABLE inserts.mine (n UInt8) ENGINE = MergeTree ORDER BY n");
    view("inserts.my_mv", "toUInt8(concat('x', toString(n))) AS n FROM inserts.landing");
    assertViewFails(6, "inserts.my_mv");
    run("DROP VIEW inserts.my_mv SYNC");

    view("inserts.`my odd`", "toUInt8(concat('x', toString(n))) AS n FROM inserts.target");
    assertViewFails(6, "inserts.`my odd`");
    run("DROP VIEW inserts.`my odd` SYNC");

    run("ALTER TABLE inserts.mine ADD CONSTRAINT small CHECK n < 5");
    view("inserts.my_mv", "n FROM inserts.landing");
    assertViewFails(469, "inserts.my_mv");
    run("ALTER TABLE inserts.mine DROP CONSTRAINT small");
    assertThat(insert(clickHouse, "viewed", block(10))).isInstanceOf(Stored.class);
    assertThat(stored()).isEqualTo(10);
  }

  private static void view(String name, String select) throws IOException {
    run("CREATE MATERIALIZED VIEW " + name + " TO inserts.mine AS SELECT " + select);
  }

  private static void assertViewFails(int code, String view) throws IOException {
    InsertResult result = insert(clickHouse, "viewed", block(10));
    assertWaits(result, code, Wait.OPERATOR);
    assertThat(((RetryLater) result).message())
        .startsWith("the materialized view " + view + " fails");
  }

  @Test
  void asksTheOperatorWhenATableIsMissing() throws IOException {
    assertWaits(clickHouse.insert("inserts.nope", "t", block(1), TIMEOUT), 60, Wait.OPERATOR);
    assertWaits(clickHouse.insert("nowhere.nope", "t", block(1), TIMEOUT), 81, Wait.OPERATOR);
  }

  @Test
  void asksTheOperatorWhenAColumnIsMissing() throws IOException {
    List<ByteBuffer> wider = bytes("SELECT toDate('2026-01-01') AS day, 1::UInt64 AS n, 2 AS more");
    assertWaits(insert(clickHouse, "t", wider), 117, Wait.OPERATOR);
  }

  @Test
  void waitsWhenMergesAreBehind() throws IOException {
    run(
        """
        CREATE TABLE inserts.full (day Date, n UInt64) ENGINE = MergeTree ORDER BY n
        SETTINGS parts_to_throw_insert = 1, parts_to_delay_insert = 1, max_delay_to_insert = 1\
        """);
    run("SYSTEM STOP MERGES inserts.full");
    InsertResult last = new Stored(0);
    for (int n = 0; n < 3; n++) {
      last = clickHouse.insert("inserts.full", "f" + n, block(10), TIMEOUT);
    }
    assertWaits(last, 252, Wait.PRESSURE);
  }

  @Test
  void refusesDataThatCannotBeConverted() throws IOException {
    List<ByteBuffer> words = bytes("SELECT 'no day' AS day, 'no number' AS n");
    InsertResult result = insert(clickHouse, "t", words);
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(stored()).isZero();
  }

  @Test
  void resendsAFrameThatWasDamagedOnItsWay() throws IOException {
    byte[] frame = block(1000).getFirst().array().clone();
    frame[frame.length / 2] ^= 1;
    assertWaits(insert(clickHouse, "t", List.of(ByteBuffer.wrap(frame))), 271, Wait.UNKNOWN_STATUS);
    assertThat(stored()).isZero();
  }

  @Test
  void knowsWhatRealErrorsMean() throws IOException {
    assertThat(
            verdict(
                Query.of("SELECT sum(n) FROM (SELECT arrayJoin(range(1000000)) n)")
                    .withSetting("max_memory_usage", "1000000")))
        .isEqualTo(Wait.PRESSURE);
    assertThat(
            verdict(
                Query.of("INSERT INTO inserts.target VALUES ('2026-01-01', 1)")
                    .withSetting("readonly", "2")))
        .isEqualTo(Wait.OPERATOR);
    assertThat(verdict(Query.of("SELEC 1"))).isEqualTo(Wait.OPERATOR);
    assertThat(
            verdict(
                Query.of("SELECT sleepEachRow(1) FROM numbers(3)")
                    .withSetting("max_execution_time", "1")
                    .withSetting("max_block_size", "1")))
        .isEqualTo(Wait.UNKNOWN_STATUS);
  }

  @Test
  void goesToTheNextUrlWhenOneIsDownAndStaysThere() throws IOException {
    URI dead = deadUrl();
    try (CuttingProxy proxy = new CuttingProxy(TestServer.url());
        ClickHouse two =
            new ClickHouse(
                new ClickHouseEndpoints(
                    List.of(dead, proxy.url()),
                    TestEngine.shared().endpoint().writer(),
                    TestEngine.shared().endpoint().writerPassword(),
                    Duration.ofSeconds(2)))) {
      assertThat(insert(two, "f1", block(10))).isInstanceOf(Stored.class);
      assertThat(insert(two, "f2", block(10))).isInstanceOf(Stored.class);
      assertThat(two.version()).startsWith("2");
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void saysSoWhenNoUrlAnswers() throws IOException {
    try (ClickHouse none = new ClickHouse(ClickHouseEndpoints.of(deadUrl(), "default", "secret"))) {
      InsertResult result = insert(none, "t", block(1));
      assertWaits(result, 0, Wait.UNREACHABLE);
      assertThat(((RetryLater) result).message()).startsWith("cannot reach ClickHouse at any of");
      assertThat(result.toString()).doesNotContain("secret");
      assertThat(none.ping(Duration.ofSeconds(1))).isFalse();
    }
  }

  @Test
  void neverPrintsThePassword() {
    assertThat(ClickHouseEndpoints.of(TestServer.url(), "me", "secret").toString())
        .contains("me")
        .doesNotContain("secret");
  }

  private static InsertResult insert(ClickHouse to, String token, List<ByteBuffer> body) {
    return to.insert("inserts.landing", token, body, TIMEOUT);
  }

  private static void assertWaits(InsertResult result, int code, Wait kind) {
    assertThat(result).isInstanceOf(RetryLater.class);
    RetryLater later = (RetryLater) result;
    assertThat(later.code()).as(later.message()).isEqualTo(code);
    assertThat(later.kind()).isEqualTo(kind);
  }

  private static Wait verdict(Query query) {
    ClickHouseException e =
        catchThrowableOfType(ClickHouseException.class, () -> clickHouse.text(query));
    return ((RetryLater) Verdict.of(e.code(), String.valueOf(e.getMessage()))).kind();
  }

  private static List<ByteBuffer> block(int rows) throws IOException {
    return bytes(
        "SELECT toDate('2026-01-01') + number %% 5 AS day, number AS n FROM numbers(%d)"
            .formatted(rows));
  }

  /** A result as one Native block in compression frames, cut in two pieces. */
  private static List<ByteBuffer> bytes(String select) throws IOException {
    Query query =
        Query.of(select + " FORMAT Native")
            .withSetting("compress", "1")
            .withSetting("max_block_size", "1000000");
    try (ResultStream stream = clickHouse.query(query, TIMEOUT)) {
      byte[] all = stream.readAllBytes();
      List<ByteBuffer> pieces = new ArrayList<>();
      pieces.add(ByteBuffer.wrap(all, 0, all.length / 2));
      pieces.add(ByteBuffer.wrap(all, all.length / 2, all.length - all.length / 2));
      return pieces;
    }
  }

  private static long stored() throws IOException {
    return clickHouse.scalar(Query.of("SELECT count() FROM inserts.target"));
  }

  private static void run(String sql) throws IOException {
    clickHouse.execute(Query.of(sql));
  }

  private static URI deadUrl() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
