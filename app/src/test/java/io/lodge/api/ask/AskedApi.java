package io.lodge.api.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.lodge.api.ApiListener;
import io.lodge.api.ApiParts;
import io.lodge.api.SqlReply;
import io.lodge.base.net.KeyCheck;
import io.lodge.base.net.Listener;
import io.lodge.base.net.ListenerOptions;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.ClickHouseEndpoints;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.engine.EngineEndpoint;
import io.lodge.engine.TestEngine;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryLimits;
import io.lodge.query.run.ReaderProfile;
import io.lodge.query.run.Runner;
import io.lodge.schema.Schema;
import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The API over the real engine with empty tables, and a client. */
final class AskedApi implements AutoCloseable {
  /** What {@code now} is in every test. */
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(30), 2L << 30, 1_000_000, 8);

  private final ClickHouse writer = TestServer.open();
  private final ClickHouse reader;
  private final EventLoopGroup workers = EventLoopGroups.newEventLoopGroup(1);
  private final Listener listener;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  AskedApi(QueryLimits limits) throws IOException {
    EngineEndpoint engine = TestEngine.shared().endpoint();
    reader =
        new ClickHouse(
            ClickHouseEndpoints.of(engine.url(), engine.reader(), engine.readerPassword()));
    listener =
        ApiListener.open(
            new ListenerOptions(
                "api.listen",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                Duration.ofSeconds(2)),
            workers,
            new ApiParts(
                request -> new SqlReply.Refused(0, "not asked here"),
                new Runner(reader, new ReaderProfile(reader), limits),
                AskedApi::nowNanos,
                IdleSystem::status,
                IdleSystem.LEDGER,
                Optional::empty,
                new IdleDesk(),
                List.of(),
                new PrometheusRegistry(),
                KeyCheck.OPEN,
                Set.of()));
  }

  /** With tables that have no rows. */
  static AskedApi empty() throws IOException {
    AskedApi api = new AskedApi(LIMITS);
    api.run("DROP DATABASE IF EXISTS otel SYNC");
    api.run("DROP DATABASE IF EXISTS analytics SYNC");
    new Schema(api.writer).apply();
    return api;
  }

  static long nowNanos() {
    return NOW.getEpochSecond() * 1_000_000_000;
  }

  ClickHouse writer() {
    return writer;
  }

  /** Runs a statement as the writer. */
  void run(String sql) throws IOException {
    writer.execute(Query.of(sql));
  }

  long number(String sql) throws IOException {
    return writer.scalar(Query.of(sql));
  }

  /** {@code name, value, name, value, …} as a query string. */
  static String query(String... pairs) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      query.append(i == 0 ? '?' : '&').append(pairs[i]).append('=');
      query.append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return query.toString();
  }

  HttpRequest request(String path, String... pairs) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + listener.address().getPort() + path + query(pairs)))
        .build();
  }

  HttpClient client() {
    return client;
  }

  HttpResponse<String> get(String path, String... pairs) throws Exception {
    return client.send(request(path, pairs), BodyHandlers.ofString());
  }

  /** The value of {@code data}. */
  JsonRow data(String path, String... pairs) throws Exception {
    HttpResponse<String> response = get(path, pairs);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonRow whole = json(response.body());
    assertThat(whole.values()).containsOnlyKeys("data", "queries", "stats");
    return whole.object("data");
  }

  /** A streamed answer, read. */
  Streamed stream(String path, String... pairs) throws Exception {
    HttpResponse<String> response = get(path, pairs);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Streamed.of(response.body());
  }

  static JsonRow json(String text) {
    return JsonRow.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The lines of an answer by kind. */
  record Streamed(
      JsonRow plan, List<JsonRow> rows, List<JsonRow> progress, JsonRow end, JsonRow error) {
    private static final Set<String> KINDS = Set.of("plan", "rows", "progress", "end", "error");

    static Streamed of(String body) {
      JsonRow plan = json("{}");
      JsonRow end = plan;
      JsonRow error = plan;
      List<JsonRow> rows = new ArrayList<>();
      List<JsonRow> progress = new ArrayList<>();
      for (String line : body.lines().toList()) {
        JsonRow one = json(line);
        assertThat(one.values()).hasSize(1);
        assertThat(KINDS).containsAll(one.values().keySet());
        rows.addAll(one.objects("rows"));
        plan = one.values().containsKey("plan") ? one.object("plan") : plan;
        end = one.values().containsKey("end") ? one.object("end") : end;
        error = one.values().containsKey("error") ? one.object("error") : error;
        if (one.values().containsKey("progress")) {
          progress.add(one.object("progress"));
        }
      }
      return new Streamed(plan, rows, progress, end, error);
    }

    /** A column of the rows. */
    List<String> column(String name) {
      return rows.stream().map(row -> row.text(name)).toList();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    listener.close();
    reader.close();
    writer.close();
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
