package io.lodge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.lodge.api.ask.IdleDesk;
import io.lodge.api.ask.IdleSystem;
import io.lodge.base.net.KeyCheck;
import io.lodge.base.net.Listener;
import io.lodge.base.net.ListenerOptions;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.ClickHouseEndpoints;
import io.lodge.query.run.QueryLimits;
import io.lodge.query.run.ReaderProfile;
import io.lodge.query.run.Runner;
import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
  private static final QueryLimits LIMITS =
      new QueryLimits(Duration.ofSeconds(30), 1 << 30, 1000, 4);

  /** Only {@code /api/sql} is asked here, and it has its own source. */
  private final ClickHouse nowhere =
      new ClickHouse(ClickHouseEndpoints.of(URI.create("http://127.0.0.1:1"), "reader", ""));

  private final EventLoopGroup workers = EventLoopGroups.newEventLoopGroup(1);
  private final AtomicReference<SqlRequest> asked = new AtomicReference<>();
  private volatile Optional<String> fault = Optional.empty();
  private volatile SqlSource source = request -> rows(new ByteArrayInputStream(bytes("1\n")));
  private Listener listener;
  private HttpClient client;

  @BeforeEach
  void open() {
    open(KeyCheck.OPEN);
  }

  private void open(KeyCheck keys) {
    listener =
        ApiListener.open(
            new ListenerOptions(
                "api.listen",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                Duration.ofSeconds(2)),
            workers,
            new ApiParts(
                request -> {
                  asked.set(request);
                  return source.run(request);
                },
                new Runner(nowhere, new ReaderProfile(nowhere), LIMITS),
                () -> 0,
                IdleSystem::status,
                IdleSystem.LEDGER,
                Optional::empty,
                new IdleDesk(),
                List.of(new ReadyCheck("clickhouse", () -> fault)),
                new PrometheusRegistry(),
                keys,
                Set.of("lodge.corp")));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void close() {
    client.close();
    listener.close();
    nowhere.close();
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SqlReply rows(InputStream in) {
    return new SqlReply.Rows(in, "q-1", "text/tab-separated-values; charset=UTF-8", "{\"r\":1}");
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + listener.address().getPort() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> sql(String query, String statement) throws Exception {
    return send(to("/api/sql" + query).POST(BodyPublishers.ofString(statement)));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void passesTheStatementOnAndTheRowsBack() throws Exception {
    var response = sql("?format=TSV&param_x=a%20b", "SELECT {x:String}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("1\n");
    assertThat(header(response, "content-type"))
        .isEqualTo("text/tab-separated-values; charset=UTF-8");
    assertThat(header(response, "x-clickhouse-query-id")).isEqualTo("q-1");
    assertThat(header(response, "x-clickhouse-summary")).isEqualTo("{\"r\":1}");
    assertThat(asked.get().sql()).isEqualTo("SELECT {x:String}");
    assertThat(asked.get().format()).isEqualTo("TSV");
    assertThat(asked.get().parameters()).containsOnly(Map.entry("x", "a b"));
    assertThat(asked.get().settings())
        .containsEntry("max_execution_time", "30")
        .containsEntry("max_memory_usage", "1073741824")
        .containsEntry("max_result_rows", "1000");
  }

  @Test
  void answersWithoutRowsAreWhole() throws Exception {
    source = request -> rows(InputStream.nullInputStream());
    var response = sql("", "SELECT 1 WHERE 0");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "62,400,bad_query",
    "60,400,bad_query",
    "164,403,not_allowed",
    "159,422,limit_exceeded",
    "202,503,busy",
    "0,502,unreachable"
  })
  void saysWhyClickHouseRefused(int code, int status, String name) throws Exception {
    source = request -> new SqlReply.Refused(code, "Syntax error: \"FORM\"");
    var response = sql("", "SELECT 1 FORM x");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body())
        .contains("\"code\":\"" + name + "\"", "\"message\":\"Syntax error: \\\"FORM\\\"\"");
    assertThat(response.body().contains("\"clickhouse_code\":" + code)).isEqualTo(code != 0);
  }

  @Test
  void anErrorBeforeTheFirstRowIsAnErrorAnswer() throws Exception {
    source = request -> rows(new Endless(0, true));
    var response = sql("", "SELECT 1");
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("the server went away");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void anErrorInMidStreamIsNoCleanEnd(HttpClient.Version version) {
    source = request -> rows(new Endless(1 << 20, true));
    try (HttpClient other = HttpClient.newBuilder().version(version).build()) {
      HttpRequest request = to("/api/sql").POST(BodyPublishers.ofString("SELECT 1")).build();
      assertThatThrownBy(() -> other.send(request, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSlowClientSlowsTheQueryAndLeavingEndsIt() throws Exception {
    Endless endless = new Endless(Long.MAX_VALUE, false);
    source = request -> rows(endless);
    HttpRequest request = to("/api/sql").POST(BodyPublishers.ofString("SELECT 1")).build();
    try (InputStream in = client.send(request, BodyHandlers.ofInputStream()).body()) {
      assertThat(in.read()).isNotNegative();
      long before = stable(endless.given);
      assertThat(before).isLessThan(64 << 20);
    }
    assertThat(endless.closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  /** What it stands at once it has not moved for a while. */
  private static long stable(AtomicLong value) throws InterruptedException {
    long last = -1;
    while (last != value.get()) {
      last = value.get();
      TimeUnit.MILLISECONDS.sleep(300);
    }
    return last;
  }

  @Test
  void leavingBeforeTheFirstRowEndsTheQuery() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    source =
        request -> {
          running.countDown();
          try {
            Thread.sleep(Duration.ofMinutes(1));
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return rows(InputStream.nullInputStream());
        };
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), listener.address().getPort())) {
      socket
          .getOutputStream()
          .write(bytes("POST /api/sql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\nx"));
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?max_rows=1", "?format=a;b", "?param_=1"})
  void refusesQueryParametersItDoesNotKnow(String query) throws Exception {
    var response = sql(query, "SELECT 1");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("unexpected query parameter");
    assertThat(asked.get()).isNull();
  }

  @Test
  void refusesBodiesThatAreNoStatement() throws Exception {
    assertThat(sql("", " \n").statusCode()).isEqualTo(400);
    var binary =
        send(to("/api/sql").POST(BodyPublishers.ofByteArray(new byte[] {'S', (byte) 0xFF})));
    assertThat(binary.body()).contains("offset 1: not UTF-8");
    var large = sql("", "x".repeat((1 << 20) + 1));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("\"code\":\"too_large\"");
    assertThat(send(to("/api/sql").GET()).statusCode()).isEqualTo(405);
    assertThat(send(to("/nothing").GET()).body())
        .contains("\"code\":\"not_found\"", "cannot answer GET /nothing: no such endpoint");
  }

  @Test
  void dataSentToTheApiIsToldWhereItGoes() throws Exception {
    for (String path : List.of("/v1/logs?x=1", "/loki/api/v1/push", "/_bulk")) {
      var response = send(to(path).POST(BodyPublishers.ofString("{}")));
      assertThat(response.statusCode()).as(path).isBetween(404, 405);
      assertThat(response.body())
          .contains("cannot take " + path.replace("?x=1", "") + " here", "receive.otlp.http");
    }
  }

  @Test
  void saysWhatIsReady() throws Exception {
    assertThat(send(to("/healthz").GET()).body()).isEqualTo("ok\n");
    var ready = send(to("/readyz").GET());
    assertThat(ready.statusCode()).isEqualTo(200);
    fault = Optional.of("cannot reach it");
    var unready = send(to("/readyz").GET());
    assertThat(unready.statusCode()).isEqualTo(503);
    assertThat(unready.body())
        .isEqualTo(
            "{\"ready\":false,\"checks\":[{\"name\":\"clickhouse\",\"ready\":false,"
                + "\"reason\":\"cannot reach it\"}]}\n");
  }

  @Test
  void showsMetricsInTheFormatTheClientAccepts() throws Exception {
    var text = send(to("/metrics").GET());
    assertThat(header(text, "content-type")).startsWith("text/plain");
    assertThat(text.body()).contains("jvm_memory_used_bytes", "process_cpu_seconds_total");
    var open = send(to("/metrics").header("Accept", "application/openmetrics-text").GET());
    assertThat(header(open, "content-type")).startsWith("application/openmetrics-text");
    assertThat(open.body()).endsWith("# EOF\n");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080,true",
    "localhost:8080,true",
    "[::1]:8080,true",
    "10.0.0.7,true",
    "ui.localhost,true",
    "host.docker.internal:8080,true",
    "lodge.corp:8080,true",
    "evil.example,false",
    "localhost.evil.example,false",
    "127.0.0.1.evil.example:8080,false"
  })
  void answersOnlyUnderNamesNobodyCanRebind(String host, boolean allowed) throws Exception {
    assertThat(rawStatus("POST /api/sql", "Host: " + host)).isEqualTo(allowed ? 200 : 421);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: https://evil.example,403",
    "Origin: null,403",
    "Origin: http://127.0.0.1:9,403",
    "Sec-Fetch-Site: cross-site,403",
    "Sec-Fetch-Site: same-site,403",
    "Sec-Fetch-Site: same-origin,200",
    "Origin: http://127.0.0.1,200",
    "X: y,200"
  })
  void refusesStatementsOfOtherSitesPages(String header, int status) throws Exception {
    assertThat(rawStatus("POST /api/sql", "Host: 127.0.0.1\r\n" + header)).isEqualTo(status);
  }

  private int rawStatus(String line, String headers) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), listener.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(bytes(line + " HTTP/1.1\r\n" + headers + "\r\nContent-Length: 1\r\n\r\nx"));
      byte[] answer = socket.getInputStream().readNBytes(12);
      return Integer.parseInt(new String(answer, 9, 3, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void sendingAgainAsksForAnIngestKeyAndLookingForAQueryKey() throws Exception {
    listener.close();
    open(presented -> presented.equals("query") ? Optional.of("acme") : Optional.empty());
    String replay = "/api/dead-letters/replay?from=1&to=2";
    assertThat(statusOf(replay, "query")).isEqualTo(401);
    assertThat(statusOf(replay, "ingest")).as("the idle desk's key").isEqualTo(200);
    assertThat(statusOf(replay + "&tenant=acme", "ingest")).isEqualTo(200);
    assertThat(statusOf(replay + "&tenant=other", "ingest")).isEqualTo(400);
    assertThat(statusOf(replay + "&id=x", "ingest")).isEqualTo(400);
    var looking = to("/api/dead-letters").header("Authorization", "Bearer ingest").GET();
    assertThat(send(looking).statusCode()).isEqualTo(401);
  }

  private int statusOf(String path, String key) throws Exception {
    return send(to(path).header("Authorization", "Bearer " + key).POST(BodyPublishers.noBody()))
        .statusCode();
  }

  @Test
  void asksForAKeyButNotOfProbes() throws Exception {
    listener.close();
    open(presented -> presented.equals("k") ? Optional.of("default") : Optional.empty());
    assertThat(send(to("/healthz").GET()).statusCode()).isEqualTo(200);
    assertThat(send(to("/metrics").GET()).statusCode()).isEqualTo(401);
    assertThat(sql("", "SELECT 1").statusCode()).isEqualTo(401);
    var withKey =
        to("/api/sql").header("Authorization", "Bearer k").POST(BodyPublishers.ofString("S"));
    assertThat(send(withKey).statusCode()).isEqualTo(200);
    assertThat(rawStatus("GET /healthz", "Host: any.example")).isEqualTo(200);
  }
}
