package io.lodge.decode.letter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.Wire;
import io.lodge.model.PayloadKind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A dead letter holds all that its row needs, once what was wrong is mended: here, the limit. */
class LetterRequestTest {
  private static final int SMALL_BYTES = 256;
  private static final String LARGE = "x".repeat(SMALL_BYTES);
  private static final long TIME = 1_790_000_000_000_000_000L;

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static Resource resource() {
    return Resource.newBuilder()
        .addAttributes(text("service.name", "shop"))
        .addAttributes(text("k8s.namespace.name", "quote \" back \\ line\nä"))
        .addAttributes(attribute("port", AnyValue.newBuilder().setIntValue(8080)))
        .addAttributes(text("empty", ""))
        .setDroppedAttributesCount(3)
        .build();
  }

  private static InstrumentationScope scope() {
    return InstrumentationScope.newBuilder()
        .setName("library")
        .setVersion("1.2")
        .addAttributes(text("of", "scope"))
        .build();
  }

  private static ExportLogsServiceRequest logs() {
    LogRecord record =
        LogRecord.newBuilder()
            .setTimeUnixNano(TIME)
            .setBody(AnyValue.newBuilder().setStringValue(LARGE))
            .addAttributes(text("a", "b"))
            .build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(resource())
                .setSchemaUrl("https://resource")
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .setScope(scope())
                        .setSchemaUrl("https://scope")
                        .addLogRecords(record)))
        .build();
  }

  private static ExportMetricsServiceRequest metrics() {
    NumberDataPoint point =
        NumberDataPoint.newBuilder()
            .setTimeUnixNano(TIME)
            .setAsInt(7)
            .addAttributes(text("large", LARGE))
            .build();
    Metric metric =
        Metric.newBuilder()
            .setName("requests")
            .setDescription("how many")
            .setUnit("1")
            .addMetadata(text("meta", "data"))
            .setSum(
                Sum.newBuilder()
                    .setAggregationTemporality(
                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .setIsMonotonic(true)
                    .addDataPoints(point))
            .build();
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(resource())
                .addScopeMetrics(ScopeMetrics.newBuilder().setScope(scope()).addMetrics(metric)))
        .build();
  }

  @Test
  void logsOfOtlpHaveTheirResourceAndScopeAgain() throws Exception {
    check(PayloadKind.OTLP_LOGS_PROTOBUF, "", logs().toByteArray());
    check(PayloadKind.OTLP_LOGS_JSON, "", JsonFormat.printer().print(logs()).getBytes(UTF_8));
  }

  @Test
  void pointsOfOtlpHaveTheirMetricAgain() throws Exception {
    check(PayloadKind.OTLP_METRICS_PROTOBUF, "", metrics().toByteArray());
    check(PayloadKind.OTLP_METRICS_JSON, "", JsonFormat.printer().print(metrics()).getBytes(UTF_8));
  }

  @Test
  void entriesOfLokiHaveTheirLabelsAgain() throws Exception {
    Wire entry =
        new Wire()
            .message(1, new Wire().varint(1, TIME / 1_000_000_000))
            .string(2, "level=warn " + LARGE);
    Wire stream = new Wire().string(1, "{app=\"shop\", pod=\"a-\\\"1\"}").message(2, entry);
    check(PayloadKind.LOKI_PROTOBUF, "", new Wire().message(1, stream).toBytes());
    check(
        PayloadKind.LOKI_JSON,
        "",
        "{\"streams\":[{\"stream\":{\"app\":\"shop\"},\"values\":[[\"%d\",\"%s\",{\"m\":\"1\"}]]}]}"
            .formatted(TIME, LARGE)
            .getBytes(UTF_8));
    check(
        PayloadKind.LOKI_JSON,
        "",
        "{\"streams\":[{\"labels\":\"{app=\\\"shop\\\"}\",\"entries\":[{\"ts\":\"2026-11-01T00:00:00Z\",\"line\":\"%s\"}]}]}"
            .formatted(LARGE)
            .getBytes(UTF_8));
  }

  @Test
  void whatLaysInNothingIsSentAsItWas() throws Exception {
    check(
        PayloadKind.JSON_EVENTS,
        "checkout",
        "{\"time\":\"2026-11-01T00:00:00Z\",\"text\":\"%s\"}\n".formatted(LARGE).getBytes(UTF_8));
    check(
        PayloadKind.ELASTICSEARCH_BULK,
        "",
        "{\"create\":{\"_index\":\"we\\\"b\"}}\n{\"@timestamp\":\"2026-11-01T00:00:00Z\",\"text\":\"%s\"}\n"
            .formatted(LARGE)
            .getBytes(UTF_8));
    check(
        PayloadKind.ZIPKIN_JSON,
        "",
        "[{\"traceId\":\"000000000000000a\",\"id\":\"000000000000000b\",\"name\":\"n\",\"timestamp\":1790000000000000,\"duration\":5,\"localEndpoint\":{\"serviceName\":\"shop\"},\"tags\":{\"t\":\"%s\"}}]"
            .formatted(LARGE)
            .getBytes(UTF_8));
    byte[] message = ("<34>1 2026-10-11T22:14:15Z host app - - - " + LARGE).getBytes(UTF_8);
    byte[] frame = new byte[4 + message.length];
    frame[0] = (byte) message.length;
    frame[1] = (byte) (message.length >> 8);
    frame[3] = (byte) 0x80; // cut
    System.arraycopy(message, 0, frame, 4, message.length);
    check(PayloadKind.SYSLOG, "tcp Z 127.0.0.1", frame);
  }

  @Test
  void aSeriesIsSentWholeButNotAPartOfIt() throws Exception {
    Wire series =
        new Wire()
            .message(1, new Wire().string(1, "__name__").string(2, "up"))
            .message(1, new Wire().string(1, "large").string(2, LARGE))
            .message(2, new Wire().varint(3, 1).varint(2, TIME / 1_000_000));
    check(PayloadKind.PROMETHEUS_WRITE_V1, "", new Wire().message(1, series).toBytes());
    Letter part =
        new Letter(
            "prometheus-write-v1", "invalid_exemplar", "acme", "", "", "", "", 0, new byte[] {1});
    assertThat(LetterRequest.of(part, Optional.empty())).isInstanceOf(LetterRequest.Unfit.class);
  }

  @Test
  void whatWasNotKeptIsNotMadeUp() throws Exception {
    Letter noResource =
        new Letter("otlp-logs-protobuf", "value_too_deep", "acme", "", "", "", "", 0, new byte[2]);
    assertThat(LetterRequest.of(noResource, Optional.empty()))
        .isInstanceOfSatisfying(
            LetterRequest.Unfit.class,
            unfit -> assertThat(unfit.why()).isEqualTo("its resource was not kept"));
    Letter kafka =
        new Letter("kafka-unreadable", "malformed", "acme", "", "", "", "", 0, new byte[2]);
    assertThat(LetterRequest.of(kafka, Optional.empty())).isInstanceOf(LetterRequest.Unfit.class);
    assertThat(LetterRequest.of(kafka, Optional.of(PayloadKind.JSON_EVENTS)))
        .isInstanceOf(LetterRequest.Whole.class);
  }

  @Test
  void theRowThatSaysSoIsDecodedWithIt() throws Exception {
    Replay replay =
        new Replay(
            "0123",
            "3f9a01bc",
            5,
            new LetterRequest.Whole(PayloadKind.OTLP_LOGS_PROTOBUF, "", logs().toByteArray()));
    var payload = replay.payload("acme", 9);
    Decoding decoding = new Decoding();
    decoding.decode(
        PayloadKind.DEAD_LETTER,
        "0123",
        java.util.Arrays.copyOf(payload.bytes(), payload.length()));
    assertThat(decoding.logs()).hasSize(1);
    assertThat(decoding.logs().getFirst()).containsEntry("ReceivedAt", 5L);
    assertThat(decoding.rows(decoding.lanes.replays(), UTF_8).getFirst())
        .containsEntry("Letter", "0123")
        .containsEntry("Gateway", "3f9a01bc")
        .containsEntry("Outcome", "stored");
  }

  /** Decodes under a small limit, makes a request of the letter, and compares the rows. */
  private static void check(PayloadKind kind, String context, byte[] body)
      throws MalformedPayloadException {
    Decoding small = new Decoding(SMALL_BYTES);
    small.decode(kind, context, body);
    assertThat(small.decoded.rejected()).as(kind.label()).isOne();
    Letter letter = letter(small.deadLetters().getFirst(), kind, context, body);

    LetterRequest request = LetterRequest.of(letter, Optional.empty());
    assertThat(request).as("%s", request).isInstanceOf(LetterRequest.Whole.class);
    LetterRequest.Whole whole = (LetterRequest.Whole) request;
    Decoding again = new Decoding();
    again.decode(whole.kind(), whole.context(), whole.body());
    Decoding once = new Decoding();
    once.decode(kind, context, body);
    assertThat(once.decoded.stored()).as(kind.label()).isPositive();
    assertThat(again.tables()).as(kind.label()).isEqualTo(once.tables());
  }

  private static Letter letter(
      Map<String, Object> row, PayloadKind kind, String context, byte[] body) {
    assertThat(row).containsEntry("Kind", kind.label()).containsEntry("Context", context);
    String text = String.valueOf(row.get("Record"));
    int at = ((Number) java.util.Objects.requireNonNull(row.get("RecordOffset"))).intValue();
    int length = length(row, body, at);
    byte[] record = java.util.Arrays.copyOfRange(body, at, at + length);
    assertThat(new String(record, UTF_8)).isEqualTo(text);
    return new Letter(
        kind.label(),
        String.valueOf(row.get("Reason")),
        "acme",
        context,
        String.valueOf(row.get("Resource")),
        String.valueOf(row.get("Scope")),
        String.valueOf(row.get("Parent")),
        Decoding.RECEIVED,
        record);
  }

  /** The bytes that give the text of the column. */
  private static int length(Map<String, Object> row, byte[] body, int at) {
    String text = String.valueOf(row.get("Record"));
    for (int to = body.length; to > at; to--) {
      if (new String(body, at, to - at, UTF_8).equals(text)) {
        return to - at;
      }
    }
    return 0;
  }

  @Test
  void recordsAreShownAsPeopleReadThem() {
    byte[] log = logs().getResourceLogs(0).getScopeLogs(0).getLogRecords(0).toByteArray();
    assertThat(LetterText.of("otlp-logs-protobuf", log))
        .isEqualTo(
            new LetterText.Json(
                "{\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"%s\"},\"attributes\":[{\"key\":\"a\",\"value\":{\"stringValue\":\"b\"}}]}"
                    .formatted(TIME, LARGE)));
    assertThat(LetterText.of("json-events", "{\"a\":1}".getBytes(UTF_8)))
        .isEqualTo(new LetterText.Json("{\"a\":1}"));
    assertThat(LetterText.of("json-events", "{\"a\":".getBytes(UTF_8)))
        .isEqualTo(new LetterText.Plain("{\"a\":"));
    assertThat(LetterText.of("otlp-logs-protobuf", new byte[] {(byte) 0xFF, 'a'}))
        .isEqualTo(new LetterText.Hex("00000000  ff 61" + " ".repeat(42) + "  .a\n"));
    assertThat(List.of(LetterText.of("row", new byte[0]).text())).containsExactly("");
  }
}
