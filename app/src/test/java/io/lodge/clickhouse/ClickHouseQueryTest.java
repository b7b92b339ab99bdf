package io.lodge.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClickHouseQueryTest {
  private static final HttpHeaders TAGGED =
      HttpHeaders.of(Map.of("X-ClickHouse-Exception-Tag", List.of("TAG")), (name, value) -> true);

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

  @Test
  void readsScalarsLinesAndParameters() throws IOException {
    assertThat(clickHouse.ping(TIMEOUT)).isTrue();
    assertThat(clickHouse.version()).matches("\\d+\\.\\d+.*");
    assertThat(clickHouse.scalar(Query.of("SELECT {n:UInt64} + 1").with("n", "41"))).isEqualTo(42);
    String odd = "a\tb\\n\n'&=é";
    Query length = Query.of("SELECT length({s:String})").withString("s", odd);
    assertThat(clickHouse.scalar(length)).isEqualTo(odd.getBytes(UTF_8).length);
    assertThat(clickHouse.lines(Query.of("SELECT number FROM numbers(3) FORMAT JSONEachRow")))
        .containsExactly("{\"number\":0}", "{\"number\":1}", "{\"number\":2}");
  }

  @Test
  void throwsWhatClickHouseRefuses() {
    assertThatThrownBy(() -> clickHouse.text(Query.of("SELECT * FROM nope")))
        .isInstanceOfSatisfying(ClickHouseException.class, e -> assertThat(e.code()).isEqualTo(60))
        .hasMessageContaining("UNKNOWN_TABLE");
  }

  @Test
  void givesWholeRowsAndThenTheReasonWhenAQueryBreaksOff() throws IOException {
    Query query =
        Query.of("SELECT number, throwIf(number = 100000) FROM numbers(200000)")
            .withSetting("max_block_size", "1000");
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (ResultStream stream = clickHouse.query(query, TIMEOUT)) {
      ClickHouseException e =
          catchThrowableOfType(ClickHouseException.class, () -> stream.transferTo(rows));
      assertThat(e.code()).isEqualTo(395);
      assertThat(e.getMessage()).startsWith("Code: 395. DB::Exception: ").doesNotContain("\n");
      assertThatThrownBy(stream::read).isInstanceOf(ClickHouseException.class);
    }
    assertThat(rows.toString(UTF_8)).isNotEmpty().endsWith("\t0\n").matches("[\\d\\t\\n]+");
  }

  @Test
  void neverEndsShortInSilenceWhenTheConnectionIsCut() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(proxy.url())) {
      proxy.cutAnswersAfter(300_000);
      try (ResultStream stream =
          behind.query(Query.of("SELECT number FROM numbers(1000000)"), TIMEOUT)) {
        assertThatThrownBy(stream::readAllBytes)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("cannot read the whole result of query " + stream.queryId());
      }
    }
  }

  @Test
  void givesUpOnAResultThatStalls() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(proxy.url())) {
      proxy.holdBodies(true);
      try (ResultStream stream = behind.query(Query.of("SELECT 1"), Duration.ofSeconds(1))) {
        assertThatThrownBy(stream::readAllBytes)
            .isInstanceOf(IOException.class)
            .hasRootCauseMessage("no more of the answer came within 1000 ms");
      }
    }
  }

  @Test
  void aResultMayTakeLongerThanItMayStall() throws IOException {
    Query slow =
        Query.of("SELECT sleepEachRow(0.5) FROM numbers(6) FORMAT TSV")
            .withSetting("max_block_size", "1");
    try (ResultStream stream = clickHouse.query(slow, Duration.ofSeconds(2))) {
      assertThat(new String(stream.readAllBytes(), UTF_8)).hasLineCount(6);
    }
  }

  @Test
  void killsTheQueryWhenTheStreamIsClosed() throws Exception {
    String id;
    try (ResultStream stream =
        clickHouse.query(
            Query.of("SELECT number, randomPrintableASCII(100) FROM system.numbers"), TIMEOUT)) {
      id = stream.queryId();
      assertThat(stream.readNBytes(100_000)).hasSize(100_000);
      assertThat(running(id)).isOne();
    }
    Instant deadline = Instant.now().plus(TIMEOUT);
    while (running(id) > 0) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void findsTheFrameWhereverTheBytesAreCut() throws IOException {
    String frame =
        "\r\n__exception__\r\nTAG\r\nCode: 7. DB::Exception: x\n27 TAG\r\n__exception__\r\n";
    byte[] bytes = ("a\r\nb\r\n__exception__\r\nTAH" + frame).getBytes(UTF_8);
    for (int chunk = 1; chunk <= bytes.length; chunk++) {
      ByteArrayOutputStream rows = new ByteArrayOutputStream();
      try (ResultStream stream = new ResultStream(inChunks(bytes, chunk), "q", TAGGED)) {
        ClickHouseException e =
            catchThrowableOfType(ClickHouseException.class, () -> stream.transferTo(rows));
        assertThat(e.code()).isEqualTo(7);
        assertThat(e).hasMessage("Code: 7. DB::Exception: x");
      }
      assertThat(rows.toString(UTF_8)).isEqualTo("a\r\nb\r\n__exception__\r\nTAH");
    }
  }

  private static InputStream inChunks(byte[] bytes, int chunk) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(chunk, length));
      }
    };
  }

  private static long running(String id) throws IOException {
    return clickHouse.scalar(
        Query.of("SELECT count() FROM system.processes WHERE query_id = {id:String}")
            .with("id", id));
  }
}
