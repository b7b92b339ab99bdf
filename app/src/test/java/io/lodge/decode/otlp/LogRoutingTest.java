package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.config.Config;
import io.lodge.config.ConfigSource;
import io.lodge.config.InvalidConfigException;
import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.Wire;
import io.lodge.model.PayloadKind;
import io.lodge.route.RoutingReader;
import io.lodge.route.Rules;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What each action does to records, and that a replay does the same. */
class LogRoutingTest {
  private static Decoding under(String... rules) throws InvalidConfigException {
    return new Decoding(
        Decoding.RECORD_BYTES_MAX,
        Rules.NONE.with(
            RoutingReader.read(
                Config.load(
                        ConfigSource.ofOverrides(
                            List.of(
                                "route.built_in=false",
                                "route.rules=[" + String.join(", ", rules) + "]")))
                    .route())));
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static LogRecord.Builder log(String body, String... attributes) {
    LogRecord.Builder record =
        LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(body));
    for (int i = 0; i < attributes.length; i += 2) {
      record.addAttributes(attribute(attributes[i], attributes[i + 1]));
    }
    return record;
  }

  private static ExportLogsServiceRequest request(String service, LogRecord.Builder... records) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    var resource = request.addResourceLogsBuilder();
    resource.getResourceBuilder().addAttributes(attribute("service.name", service));
    var scope = resource.addScopeLogsBuilder();
    scope.getScopeBuilder().setName("scope-of-" + service);
    for (LogRecord.Builder record : records) {
      scope.addLogRecords(record);
    }
    return request.build();
  }

  private static void decode(Decoding decoding, ExportLogsServiceRequest request)
      throws MalformedPayloadException {
    decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, request.toByteArray());
  }

  private static List<Map<String, Object>> serverLogs(Decoding decoding) {
    return decoding.rows(decoding.lanes.serverLogs(), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> only(List<Map<String, Object>> rows) {
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @Test
  void withoutRulesARecordIsStoredAsSent() throws Exception {
    Decoding decoding = under();
    decode(decoding, request("a", log("{\"b\":1}", "k", "v")));
    assertThat(only(decoding.logs()))
        .containsEntry("Body", "{\"b\":1}")
        .containsEntry("LogAttributes", List.of(Map.entry("k", "v")))
        .containsEntry("SampleRate", 1L);
  }

  @Test
  void aRuleChoosesTheLaneByResourceScopeAndRecord() throws Exception {
    Decoding decoding =
        under(
            "{name: x, lane: server_text_log, when: 'resource.attributes[\"service.name\"] == \"a\""
                + " && scope.name == \"scope-of-a\" && record.body == \"one\"'}");
    decode(decoding, request("a", log("one", "level", "Debug", "k", "v"), log("two")));
    decode(decoding, request("b", log("one")));
    assertThat(only(serverLogs(decoding)))
        .containsEntry("Body", "one")
        .containsEntry("ServiceName", "a")
        .containsEntry("ScopeName", "scope-of-a")
        .containsEntry("level", "Debug")
        .containsEntry("query_id", "")
        .containsEntry("LogAttributes", List.of(Map.entry("k", "v")));
    assertThat(decoding.logs()).extracting(row -> row.get("ServiceName")).containsExactly("a", "b");
  }

  @Test
  void sourcesBehindTheirRecordsDecideAllTheSame() throws Exception {
    String rule =
        "{name: x, drop: true, when: 'resource.attributes.host == \"h\" && scope.name == \"s\"'}";
    Wire record = new Wire().message(5, new Wire().string(1, "gone"));
    Wire scope = new Wire().message(2, record).message(1, new Wire().string(1, "s"));
    Wire host = new Wire().string(1, "host").message(2, new Wire().string(1, "h"));
    Wire resource = new Wire().message(2, scope).message(1, new Wire().message(1, host));
    Decoding decoding = under(rule);
    decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, new Wire().message(1, resource).toBytes());
    assertThat(decoding.decoded.dropped()).isEqualTo(1);
    decoding.decode(
        PayloadKind.OTLP_LOGS_JSON,
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"gone"}}],
          "scope":{"name":"s"}},{"logRecords":[{"body":{"stringValue":"stays"}}]}],
          "resource":{"attributes":[{"key":"host","value":{"stringValue":"h"}}]}}]}\
        """
            .getBytes(StandardCharsets.UTF_8));
    assertThat(decoding.decoded.dropped()).isEqualTo(1);
    assertThat(only(decoding.logs()))
        .containsEntry("Body", "stays")
        .containsEntry("ResourceAttributes", List.of(Map.entry("host", "h")));
  }

  @Test
  void everyRecordIsStoredDroppedOrADeadLetter() throws Exception {
    Decoding decoding = under("{name: debug, drop: true, when: record.severity_number < 9}");
    decode(
        decoding,
        request(
            "a",
            log("kept").setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO),
            log("gone").setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_DEBUG),
            log("dead").setTraceId(com.google.protobuf.ByteString.copyFromUtf8("short"))));
    assertThat(decoding.decoded.stored()).isEqualTo(1);
    assertThat(decoding.decoded.dropped()).isEqualTo(1);
    assertThat(decoding.decoded.rejected()).isEqualTo(1);
    var counts = new TreeMap<String, List<Long>>();
    decoding.decoded.rules().read((name, f, d, e) -> counts.put(name, List.of(f, d, e)));
    assertThat(counts).isEqualTo(Map.of("debug", List.of(1L, 1L, 0L)));
  }

  @Test
  void aConditionWithoutAnAnswerIsCountedAndTheRecordStored() throws Exception {
    Decoding decoding = under("{name: x, drop: true, when: 'int(record.attributes.n) > 3'}");
    decode(decoding, request("a", log("one", "n", "x"), log("two", "n", "4"), log("three")));
    assertThat(decoding.logs()).extracting(row -> row.get("Body")).containsExactly("one", "three");
    var failures = new TreeMap<String, Long>();
    decoding.decoded.rules().read((name, f, d, failed) -> failures.put(name, failed));
    assertThat(failures).isEqualTo(Map.of("x", 2L));
  }

  @Test
  void actionsChangeTheRecordInOrderAndLaterRulesSeeIt() throws Exception {
    Decoding decoding =
        under(
            "{name: json, extract: {format: json, body: msg}}",
            "{name: names, rename: {user: user.name, http.status: status}}",
            "{name: cards, redact: {pattern: '\\d{12}', with: '****'}}",
            "{name: late, lane: keeper_log, when: 'record.attributes[\"user.name\"] == \"ann\"'}",
            "{name: end, stop: true, when: 'record.body == \"paid with ****\"'}",
            "{name: never, drop: true}");
    decode(
        decoding,
        request(
            "a",
            log(
                "{\"msg\":\"paid with 123456789012\",\"user\":\"ann\",\"http\":{\"status\":200}}",
                "status",
                "old",
                "card",
                "x210987654321")));
    assertThat(only(decoding.rows(decoding.lanes.keeperLogs(), StandardCharsets.UTF_8)))
        .containsEntry("Body", "paid with ****")
        .containsEntry(
            "LogAttributes",
            List.of(
                Map.entry("card", "x****"),
                Map.entry("user.name", "ann"),
                Map.entry("status", "200")));
  }

  @Test
  void aSampleKeepsItsShareByTraceAndSaysWhatItStandsFor() throws Exception {
    Decoding decoding = under("{name: x, sample: 10}");
    for (int i = 0; i < 1000; i++) {
      byte[] trace = new byte[16];
      trace[0] = (byte) i;
      trace[1] = (byte) (i >> 8);
      trace[15] = 1;
      var id = com.google.protobuf.ByteString.copyFrom(trace);
      decode(decoding, request("a", log("1").setTraceId(id), log("2").setTraceId(id)));
    }
    List<Map<String, Object>> rows = decoding.logs();
    assertThat(rows.size()).isBetween(120, 280).isEven();
    assertThat(rows).allSatisfy(row -> assertThat(row).containsEntry("SampleRate", 10L));
    assertThat(rows.get(0).get("TraceId")).isEqualTo(rows.get(1).get("TraceId"));
  }

  @Test
  void recordsWithoutATraceAreSampledOneByOne() throws Exception {
    Decoding decoding = under("{name: x, sample: 4}");
    LogRecord.Builder[] records = new LogRecord.Builder[1000];
    java.util.Arrays.setAll(records, i -> log("the same"));
    decode(decoding, request("a", records));
    assertThat(decoding.decoded.stored()).isBetween(180L, 320L);
    assertThat(decoding.decoded.stored() + decoding.decoded.dropped()).isEqualTo(1000);
  }

  @Test
  void aReplayDoesTheSame() throws Exception {
    String[] rules = {
      "{name: s, sample: 2}",
      "{name: l, lane: server_text_log, when: 'record.severity_number > 8'}",
      "{name: r, redact: {pattern: '[a-m]', with: '$0$0'}}"
    };
    Decoding first = under(rules);
    Decoding second = under(rules);
    for (int seed = 0; seed < 100; seed++) {
      byte[] body = new RandomLogs(seed).request().toByteArray();
      first.decode(PayloadKind.OTLP_LOGS_PROTOBUF, body);
      second.decode(PayloadKind.OTLP_LOGS_PROTOBUF, body);
    }
    assertThat(first.logs()).isNotEmpty();
    assertThat(first.encoded()).isEqualTo(second.encoded());
    assertThat(serverLogs(first)).isNotEmpty().isEqualTo(serverLogs(second));
  }
}
