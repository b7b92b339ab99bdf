package io.lodge.decode.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.config.Config;
import io.lodge.config.ConfigSource;
import io.lodge.config.InvalidConfigException;
import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.lane.Lanes;
import io.lodge.model.PayloadKind;
import io.lodge.route.RoutingReader;
import io.lodge.route.Rules;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same rules act on what comes by any protocol. */
class RoutedSourcesTest {
  private static final String LINE =
      "2026.11.21 11:24:39.782166 [ 1326 ] {43ab} <Debug> MemoryTracker: Peak memory usage";
  private static final String ID = "0102030405060708";

  private static Decoding under(boolean builtIn, String... rules) throws InvalidConfigException {
    return new Decoding(
        Decoding.RECORD_BYTES_MAX,
        Rules.NONE.with(
            RoutingReader.read(
                Config.load(
                        ConfigSource.ofOverrides(
                            List.of(
                                "route.built_in=" + builtIn,
                                "route.rules=[" + String.join(", ", rules) + "]")))
                    .route())));
  }

  private static Decoding under(String... rules) throws InvalidConfigException {
    return under(false, rules);
  }

  private static void loki(Decoding decoding, String labels, String... lines)
      throws MalformedPayloadException {
    String values =
        IntStream.range(0, lines.length)
            .mapToObj(i ->
                "[\"1795000000000000%03d\",\"".formatted(i) + lines[i] + "\",{\"card\":\"1234\"}]")
            .collect(Collectors.joining(","));
    String body = "{\"streams\":[{\"stream\":" + labels + ",\"values\":[" + values + "]}]}";
    decoding.decode(PayloadKind.LOKI_JSON, body.getBytes(UTF_8));
  }

  private static void syslog(Decoding decoding, String... messages)
      throws MalformedPayloadException {
    ByteBuffer frames = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (String message : messages) {
      byte[] bytes = message.getBytes(UTF_8);
      frames.putInt(bytes.length).put(bytes);
    }
    byte[] body = new byte[frames.flip().remaining()];
    frames.get(body);
    decoding.decode(PayloadKind.SYSLOG, "tcp Z 192.0.2.7", body);
  }

  private static void spans(Decoding decoding, String... spans) throws MalformedPayloadException {
    String body =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
            + "{\"stringValue\":\"shop\"}}]},\"scopeSpans\":[{\"spans\":["
            + String.join(",", spans)
            + "]}]}]}";
    decoding.decode(PayloadKind.OTLP_TRACES_JSON, body.getBytes(UTF_8));
  }

  private static String span(String name, String more) {
    return "{\"traceId\":\"%s%s\",\"spanId\":\"%s\",\"name\":\"%s\"%s}"
        .formatted(ID, ID, ID, name, more);
  }

  private static List<Map<String, Object>> rows(Decoding decoding, String table) {
    return decoding.tables().getOrDefault("otel." + table + "_landing", List.of());
  }

  private static Map<String, Long> fired(Decoding decoding) {
    Map<String, Long> fired = new TreeMap<>();
    decoding.decoded.rules().read((name, count, dropped, failed) -> fired.put(name, count));
    return fired;
  }

  @Test
  void clickHousesOwnLinesFindTheirTableByLokiAndSyslog() throws Exception {
    Decoding decoding = under(true);
    loki(decoding, "{\"container\":\"c-cobalt-ui-85-server\",\"pod\":\"p-0\"}", LINE);
    syslog(decoding, "<14>1 2026-11-21T11:24:39Z h1 clickhouse-server 7 - - " + LINE);
    List<Map<String, Object>> rows = rows(decoding, "server_text_log");
    assertThat(rows)
        .hasSize(2)
        .allSatisfy(row ->
            assertThat(row)
                .containsEntry("Body", "Peak memory usage")
                .containsEntry("SeverityText", "DEBUG")
                .containsEntry("query_id", "43ab")
                .containsEntry("logger_name", "MemoryTracker")
                .containsEntry("thread_id", "1326"));
    assertThat(rows.get(1)).containsEntry("ServiceName", "clickhouse-server");
    loki(decoding, "{\"container\":\"clickhouse-keeper\"}", LINE);
    assertThat(rows(decoding, "keeper_log")).hasSize(1);
    assertThat(rows(decoding, "generic_logs")).isEmpty();
  }

  @Test
  void everyActionActsOnLokisLines() throws Exception {
    Decoding decoding =
        under(
            "{name: gone, drop: true, when: 'resource.attributes.app == \"shop\" && record.body == \"gone\"'}",
            "{name: names, rename: {card: pan}}",
            "{name: pins, redact: {pattern: '\\d{4}', with: '****'}}",
            "{name: half, sample: 2, when: 'record.body.startsWith(\"half\")'}",
            "{name: lane, lane: keeper_log, when: 'record.severity_number >= 17'}");
    loki(decoding, "{\"app\":\"shop\",\"level\":\"error\"}", "pin 1234", "gone");
    assertThat(rows(decoding, "keeper_log").getFirst())
        .containsEntry("Body", "pin ****")
        .containsEntry("ServiceName", "shop")
        .containsEntry("LogAttributes", Decoding.entries("pan", "****"));
    assertThat(decoding.decoded.dropped()).isEqualTo(1);
    assertThat(fired(decoding)).containsEntry("gone", 1L).containsEntry("names", 1L);
    String[] lines = new String[400];
    java.util.Arrays.fill(lines, "half");
    loki(decoding, "{\"app\":\"web\"}", lines);
    List<Map<String, Object>> kept = rows(decoding, "generic_logs");
    assertThat(kept.size()).isBetween(140, 260);
    assertThat(kept).allSatisfy(row -> assertThat(row).containsEntry("SampleRate", 2L));
  }

  @Test
  void syslogsHostAndProgramAreItsResource() throws Exception {
    Decoding decoding =
        under(
            "{name: cron, drop: true, when: 'resource.attributes[\"service.name\"] == \"CRON\"'}",
            "{name: h2, lane: keeper_log, when: 'resource.attributes[\"host.name\"] == \"h2\"'}",
            "{name: pid, rename: {syslog.procid: process.pid}}");
    syslog(
        decoding,
        "<14>1 2026-11-21T11:24:39Z h1 sshd 7 - - one",
        "<14>1 2026-11-21T11:24:39Z h1 sshd 8 - - two",
        "<14>1 2026-11-21T11:24:39Z h1 CRON 9 - - three",
        "<14>1 2026-11-21T11:24:39Z h2 sshd 9 - - four",
        "<14>1 2026-11-21T11:24:39Z h1 sshd 9 - - five");
    assertThat(rows(decoding, "generic_logs"))
        .extracting(row -> row.get("Body"), row -> row.get("ResourceAttributes"))
        .containsExactly(
            List.of("one", "two", "five").stream()
                .map(body ->
                    org.assertj.core.groups.Tuple.tuple(
                        body, Decoding.entries("host.name", "h1", "service.name", "sshd")))
                .toArray(org.assertj.core.groups.Tuple[]::new));
    assertThat(String.valueOf(rows(decoding, "generic_logs").getFirst().get("LogAttributes")))
        .contains("process.pid=7")
        .doesNotContain("procid");
    assertThat(rows(decoding, "keeper_log")).hasSize(1);
    assertThat(decoding.decoded.dropped()).isEqualTo(1);
    assertThat(decoding.decoded.stored()).isEqualTo(4);
  }

  @Test
  void whatIsKnownOfAResourceIsOfNoOther() throws Exception {
    Decoding decoding =
        under("{name: odd, drop: true, when: 'resource.attributes.n.matches(\"[13579]$\")'}");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 1000; i++) {
        loki(decoding, "{\"n\":\"" + i + "\"}", "x");
        assertThat(decoding.decoded.dropped()).as("of %d", i).isEqualTo(i % 2);
      }
    }
  }

  @Test
  void spansAreDroppedRedactedRenamedAndSampled() throws Exception {
    Decoding decoding =
        under(
            "{name: health, signals: traces, drop: true, when: 'resource.attributes[\"service.name\"]"
                + " == \"shop\" && record.name == \"GET /healthz\"'}",
            "{name: slow, signals: traces, stop: true, when: 'record.duration_nanos > 1000"
                + " && record.kind == \"Server\" && record.status_code == \"Error\"'}",
            "{name: pans, signals: traces, redact: {pattern: '\\d{4}', with: '****'}}",
            "{name: names, signals: traces, rename: {old: new}}",
            "{name: logs-only, drop: true}");
    String attributes =
        ",\"attributes\":[{\"key\":\"old\",\"value\":{\"stringValue\":\"pan 1234\"}}],"
            + "\"events\":[{\"name\":\"exception\",\"attributes\":[{\"key\":\"exception.message\","
            + "\"value\":{\"stringValue\":\"bad 5678\"}}]}],\"status\":{\"message\":\"no 4321\"}";
    spans(
        decoding,
        span("GET /healthz", ""),
        span("GET /pay/1234", attributes),
        span(
            "slow 1234",
            ",\"startTimeUnixNano\":\"1795000000000000000\",\"endTimeUnixNano\":\"1795000000000001001\","
                + "\"kind\":2,\"status\":{\"code\":2}"));
    List<Map<String, Object>> rows = rows(decoding, "otel_traces");
    assertThat(rows)
        .extracting(row -> row.get("SpanName"))
        .containsExactly("GET /pay/****", "slow 1234");
    assertThat(rows.getFirst())
        .containsEntry("StatusMessage", "no ****")
        .containsEntry("SpanAttributes", Decoding.entries("new", "pan ****"))
        .containsEntry("SampleRate", 1L);
    assertThat(String.valueOf(rows.getFirst().get("Events.Attributes")))
        .isEqualTo("[[exception.message=bad ****]]");
    assertThat(decoding.decoded.dropped()).isEqualTo(1);
  }

  @Test
  void aTraceIsSampledWholeByOtlpAndZipkin() throws Exception {
    Decoding decoding = under("{name: x, signals: [logs, traces], sample: 4}");
    int otlp = 0;
    for (int i = 0; i < 200; i++) {
      String trace = "%032x".formatted((i + 1) * 0x9E3779B97F4A7C15L);
      String json = "{\"traceId\":\"" + trace + "\",\"id\":\"" + ID + "\"}";
      decoding.decode(PayloadKind.ZIPKIN_JSON, ("[" + json + "," + json + "]").getBytes(UTF_8));
      long zipkin = decoding.decoded.stored();
      spans(decoding, span("a", "").replace(ID + ID, trace));
      assertThat(zipkin)
          .as("both of Zipkin's spans stay or go, as OTLP's")
          .isEqualTo(2 * decoding.decoded.stored());
      otlp += (int) decoding.decoded.stored();
    }
    assertThat(otlp).isBetween(25, 80);
    assertThat(rows(decoding, "otel_traces"))
        .hasSize(3 * otlp)
        .allSatisfy(row -> assertThat(row).containsEntry("SampleRate", 4L));
  }

  @Test
  void eventsAreDroppedRedactedRenamedAndSampled() throws Exception {
    Decoding decoding =
        under(
            "{name: dev, signals: events, drop: true, when: 'record.dataset == \"dev\"'}",
            "{name: names, signals: events, rename: {svc: service.name, size: bytes}}",
            "{name: pans, signals: events, redact: {pattern: '\\d{4}', with: '****'}}",
            "{name: gone, signals: events, drop: true, when: 'record.attributes.bytes == \"7\"'}");
    decoding.decode(
        PayloadKind.JSON_EVENTS,
        "web",
        """
        {"timestamp":"2026-11-21T00:00:00Z","svc":"shop","size":12,"pan":12345,"n":5}
        {"size":7}
        """
            .getBytes(UTF_8));
    assertThat(rows(decoding, "wide_events"))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("Timestamp", 1_795_219_200_000_000_000L)
                .containsEntry("Dataset", "web")
                .containsEntry("ServiceName", "shop")
                .containsEntry(
                    "labels",
                    Decoding.entries(
                        "service.name", "shop", "bytes", "12", "pan", "****5", "n", "5"))
                .containsEntry("numbers", List.of(Map.entry("bytes", 12.0), Map.entry("n", 5.0))));
    assertThat(decoding.decoded.dropped()).isEqualTo(1);
    decoding.decode(
        PayloadKind.ELASTICSEARCH_BULK,
        "",
        """
        {"create":{"_index":"dev"}}
        {"a":1}
        {"create":{"_index":"app"}}
        {"a":1}
        """
            .getBytes(UTF_8));
    assertThat(decoding.decoded.itemsText()).contains("\"_index\":\"dev\"", "\"_index\":\"app\"");
    assertThat(rows(decoding, "wide_events"))
        .extracting(row -> row.get("Dataset"))
        .containsExactly("web", "app");
    assertThat(decoding.decoded.dropped()).isEqualTo(1);
    assertThat(decoding.decoded.stored()).isEqualTo(1);
  }

  @Test
  void sampledEventsSayWhatTheyStandFor() throws Exception {
    Decoding decoding = under("{name: x, signals: events, sample: 4}");
    decoding.decode(PayloadKind.JSON_EVENTS, "web", "{\"a\":1}\n".repeat(1000).getBytes(UTF_8));
    assertThat(decoding.decoded.stored()).isBetween(180L, 320L);
    assertThat(decoding.decoded.stored() + decoding.decoded.dropped()).isEqualTo(1000);
    assertThat(rows(decoding, "wide_events"))
        .allSatisfy(row -> assertThat(row).containsEntry("SampleRate", 4L));
  }

  @Test
  void aReplayDoesTheSameForEverySource() throws Exception {
    String[] rules = {"{name: s, signals: [logs, traces, events], sample: 2}"};
    Decoding first = under(rules);
    Decoding second = under(rules);
    for (Decoding decoding : List.of(first, second)) {
      loki(decoding, "{\"app\":\"a\"}", "1", "2", "3", "4", "5", "6");
      syslog(decoding, "<14>1 2026-11-21T11:24:39Z h1 a - - - x", "<14>x", "<15>y");
      spans(decoding, span("a", ""), span("b", ""));
      decoding.decode(PayloadKind.JSON_EVENTS, "web", "{\"a\":1}\n".repeat(9).getBytes(UTF_8));
    }
    assertThat(first.encoded()).isEqualTo(second.encoded()).isNotEmpty();
    assertThat(new Lanes().filled()).isEmpty();
  }
}
