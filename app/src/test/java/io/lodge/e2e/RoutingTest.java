package io.lodge.e2e;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.FreePorts;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records find their tables by their source, on the real engine, also over a kill. */
class RoutingTest {
  /** A second of today: older rows than a table keeps do not stay long enough to be looked at. */
  private final LocalDateTime at = LocalDateTime.now(UTC).withNano(0);

  private final String line =
      at.format(DateTimeFormatter.ofPattern("yyyy.MM.dd HH:mm:ss"))
          + ".782166 [ 1326 ] {43ab} <Debug> MemoryTracker: Peak memory usage";

  private static final DateTimeFormatter SQL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** Nothing listens there: what is accepted waits in the journal. */
  private static final String AWAY = "clickhouse.url=http://127.0.0.1:1";

  @TempDir Path folder;
  private final List<RunningLodge> started = new ArrayList<>();

  @AfterEach
  void close() {
    started.forEach(RunningLodge::close);
  }

  private static void send(RunningLodge lodge, Map<String, String> resource, String body) {
    URI logs = lodge.at().otlpHttpUrl().resolve("/v1/logs");
    var request = ExportLogsServiceRequest.newBuilder();
    var source = request.addResourceLogsBuilder();
    resource.forEach(
        (key, value) -> source.getResourceBuilder().addAttributes(Otlp.attribute(key, value)));
    source.addScopeLogsBuilder().addLogRecords(LogRecord.newBuilder().setBody(Otlp.text(body)));
    Http.Answer answer =
        Http.post(logs, request.build().toByteArray(), "Content-Type", "application/x-protobuf");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).doesNotContain("rejected");
  }

  @Test
  void everySourceHasItsTable() {
    RunningLodge lodge =
        RunningLodge.start(
            folder,
            "route.rules=[{name: quiet, drop: true, when: 'record.body == \"gone\"'},"
                + " {name: half, sample: 2, when: 'record.body == \"half\"'}]");
    started.add(lodge);
    Map<String, String> server =
        Map.of(
            "k8s.container.name", "c-cobalt-ui-85-server",
            "k8s.pod.name", "c-cobalt-ui-85-server-ajb978y-0",
            "k8s.namespace.name", "ns-cobalt-ui-85",
            "cloud.region", "eu-west-1",
            "lodge.cell", "cell-0",
            "cloud.provider", "aws",
            "service.name", "c-cobalt-ui-85-server");
    send(lodge, server, line);
    send(lodge, Map.of("k8s.container.name", "c-cobalt-ui-85-keeper-0"), line);
    send(
        lodge,
        Map.of("k8s.container.name", "operator"),
        "{\"msg\":\"hi\",\"http\":{\"code\":200}}");
    send(lodge, Map.of(), "gone");
    for (int i = 0; i < 100; i++) {
      send(lodge, Map.of("host.name", "h" + i), "half");
    }
    lodge.awaitEmptyJournal();
    assertThat(
            lodge
                .reader()
                .rows(
                    "SELECT Timestamp, EventDate, EventTime, SeverityText, SeverityNumber, ServiceName,"
                        + " Body, Namespace, Cell, CloudProvider, Region, ContainerName, PodName,"
                        + " query_id, logger_name, source_file, level, thread_id, LogAttributes,"
                        + " SampleRate FROM otel.server_text_log"))
        .containsExactly(
            List.of(
                at.format(SQL) + ".782166000",
                at.toLocalDate().toString(),
                at.format(SQL),
                "DEBUG",
                "5",
                "c-cobalt-ui-85-server",
                "Peak memory usage",
                "ns-cobalt-ui-85",
                "cell-0",
                "aws",
                "eu-west-1",
                "c-cobalt-ui-85-server",
                "c-cobalt-ui-85-server-ajb978y-0",
                "43ab",
                "MemoryTracker",
                "",
                "Debug",
                "1326",
                "{}",
                "1"));
    assertAllElseFoundItsPlace(lodge);
  }

  private static void assertAllElseFoundItsPlace(RunningLodge lodge) {
    Sql sql = lodge.reader();
    assertThat(
            sql.number("SELECT count() FROM otel.keeper_log WHERE logger_name = 'MemoryTracker'"))
        .isEqualTo(1);
    assertThat(sql.rows("SELECT Body, LogAttributes FROM otel.generic_logs WHERE Body LIKE '{%'"))
        .containsExactly(
            List.of("{\"msg\":\"hi\",\"http\":{\"code\":200}}", "{'msg':'hi','http.code':'200'}"));
    long kept = sql.number("SELECT count() FROM otel.generic_logs WHERE Body = 'half'");
    assertThat(sql.number("SELECT sum(SampleRate) FROM otel.generic_logs WHERE Body = 'half'"))
        .isEqualTo(2 * kept);
    assertThat(kept).isBetween(20L, 80L);
    assertThat(lodge.metric("lodge_ingest_dropped_total")).isEqualTo(1 + 100 - kept);
    assertThat(lodge.metric("lodge_ingest_records_total")).isEqualTo(3 + kept);
    String metrics = Http.get(lodge.at().apiUrl().resolve("/metrics")).text();
    assertThat(metrics)
        .contains(
            "lodge_route_dropped_total{rule=\"quiet\"} 1.0",
            "lodge_route_dropped_total{rule=\"half\"} " + (100 - kept) + ".0",
            "lodge_route_fired_total{rule=\"clickhouse-server\"} 1.0",
            "lodge_route_fired_total{rule=\"clickhouse-keeper\"} 1.0",
            "lodge_route_fired_total{rule=\"json-bodies\"} 1.0");
  }

  private static void post(RunningLodge lodge, String path, String body, int status) {
    Http.Answer answer =
        Http.post(
            lodge.at().otlpHttpUrl().resolve(path),
            body.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            path.endsWith("_bulk") ? "application/x-ndjson" : "application/json");
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  private static void syslog(int port, String messages) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(messages.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void theSameRulesActOnEverySource() throws IOException {
    int syslogPort = FreePorts.one();
    RunningLodge lodge =
        RunningLodge.start(
            folder,
            "receive.syslog.tcp=127.0.0.1:" + syslogPort,
            "route.rules=[{name: pins, signals: [logs, traces, events], redact: {pattern: 'pin \\d+',"
                + " with: 'pin ****'}}, {name: gone, drop: true, when: 'record.body == \"gone\"'},"
                + " {name: health, signals: traces, drop: true, when: 'record.name == \"health\"'},"
                + " {name: dev, signals: events, drop: true, when: 'record.dataset == \"dev\"'},"
                + " {name: half, signals: events, sample: 2, when: 'record.dataset == \"half\"'}]");
    started.add(lodge);
    long now = System.currentTimeMillis();
    post(
        lodge,
        "/loki/api/v1/push",
        "{\"streams\":[{\"stream\":{\"container\":\"clickhouse\",\"pod\":\"p-0\"},\"values\":[[\"%d000000\",\"%s\"]]},"
                .formatted(now, line)
            + "{\"stream\":{\"app\":\"a\"},\"values\":[[\"%1$d000000\",\"loki pin 1\"],[\"%1$d000000\",\"gone\"]]}]}"
                .formatted(now),
        204);
    syslog(
        syslogPort,
        "<14>1 %1$s h clickhouse-server 7 - - %2$s\n<14>1 %1$s h sshd 7 - - syslog pin 2\n"
            .formatted(Instant.ofEpochMilli(now), line));
    String span =
        "{\"traceId\":\"00000000000000a1\",\"id\":\"b2\",\"timestamp\":%d000,\"name\":\"%s\"}";
    post(
        lodge,
        "/api/v2/spans",
        "[" + span.formatted(now, "pin 3") + "," + span.formatted(now, "health") + "]",
        202);
    post(lodge, "/v1/events/web", "{\"card\":\"pin 4\"}", 200);
    post(lodge, "/v1/events/dev", "{\"card\":\"pin 4\"}", 200);
    post(lodge, "/v1/events/half", "{\"a\":1}\n".repeat(200), 200);
    post(lodge, "/_bulk", "{\"create\":{\"_index\":\"app\"}}\n{\"n\":\"pin 5\"}\n", 200);
    Waiting.until(
        "syslog's are stored",
        () -> lodge.reader().number("SELECT count() FROM otel.server_text_log") == 2);
    lodge.awaitEmptyJournal();
    Sql sql = lodge.reader();
    assertThat(
            sql.rows(
                "SELECT ServiceName, PodName, Body, query_id FROM otel.server_text_log ORDER BY 1"))
        .containsExactly(
            List.of("clickhouse", "p-0", "Peak memory usage", "43ab"),
            List.of("clickhouse-server", "", "Peak memory usage", "43ab"));
    assertThat(sql.rows("SELECT ServiceName, Body FROM otel.generic_logs ORDER BY 1"))
        .containsExactly(List.of("a", "loki pin ****"), List.of("sshd", "syslog pin ****"));
    assertThat(sql.rows("SELECT SpanName, SampleRate FROM otel.otel_traces"))
        .containsExactly(List.of("pin ****", "1"));
    assertThat(
            sql.rows(
                "SELECT Dataset, labels, SampleRate FROM otel.wide_events WHERE Dataset != 'half' ORDER BY 1"))
        .containsExactly(
            List.of("app", "{'n':'pin ****'}", "1"), List.of("web", "{'card':'pin ****'}", "1"));
    long kept = sql.number("SELECT count() FROM otel.wide_events WHERE Dataset = 'half'");
    assertThat(kept).isBetween(60L, 140L);
    assertThat(sql.number("SELECT sum(SampleRate) FROM otel.wide_events WHERE Dataset = 'half'"))
        .isEqualTo(2 * kept);
    assertThat(lodge.metric("lodge_ingest_dropped_total")).isEqualTo(3 + 200 - kept);
  }

  @Test
  void whatWasAcceptedUnderOldRulesIsDeliveredUnderThem() {
    RunningLodge before =
        RunningLodge.notReady(
            folder,
            List.of("-Xmx256m"),
            AWAY,
            "route.rules=[{name: secret, redact: {pattern: 'pin \\d+', with: 'pin ****'}},"
                + " {name: quiet, drop: true, when: 'record.body == \"gone\"'}]");
    started.add(before);
    send(before, Map.of(), "old pin 1234");
    send(before, Map.of(), "gone");
    send(before, Map.of("k8s.container.name", "clickhouse-server"), line);
    before.process().kill();

    RunningLodge after =
        RunningLodge.start(
            folder,
            "route.built_in=false",
            "route.rules=[{name: other, drop: true, when: 'record.body.startsWith(\"old\")'}]");
    started.add(after);
    send(after, Map.of(), "new pin 1234");
    send(after, Map.of(), "old news");
    send(after, Map.of("k8s.container.name", "clickhouse-server"), line);
    after.awaitEmptyJournal();
    assertThat(after.reader().rows("SELECT Body FROM otel.generic_logs ORDER BY Body"))
        .containsExactly(List.of(line), List.of("new pin 1234"), List.of("old pin ****"));
    assertThat(after.reader().rows("SELECT Body FROM otel.server_text_log"))
        .containsExactly(List.of("Peak memory usage"));
    assertThat(after.metric("lodge_segments_quarantined_total")).isZero();
  }
}
