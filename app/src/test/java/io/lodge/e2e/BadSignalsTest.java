package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans and data points that no SDK sends: kept bit for bit, or dead letters that are counted. */
class BadSignalsTest {
  /** Prometheus' stale marker: a NaN with a payload. */
  private static final long STALE = 0x7ff0000000000002L;

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() {
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  private static Http.Answer post(String path, byte[] body, String type) {
    return Http.post(lodge.at().otlpHttpUrl().resolve(path), body, "content-type", type);
  }

  @Test
  void aSpanWithoutATraceIsADeadLetterAndItsNeighbourIsStored() throws Exception {
    Span good = Span.newBuilder().setTraceId(Otlp.bytes(16)).setSpanId(Otlp.bytes(8)).build();
    Span bad = Span.newBuilder().setSpanId(Otlp.bytes(8)).setName("no trace").build();
    byte[] body =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(resource("bad-spans"))
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(good).addSpans(bad)))
            .build()
            .toByteArray();
    Http.Answer answer = post("/v1/traces", body, "application/x-protobuf");
    var partial = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertThat(partial.getRejectedSpans()).isEqualTo(1);
    assertThat(partial.getErrorMessage()).startsWith("missing_trace_id: ");
    lodge.awaitEmptyJournal();
    assertThat(StoredSpans.of(lodge.reader(), "bad-spans")).hasSize(1);
    assertThat(
            lodge
                .reader()
                .rows("SELECT Kind, Reason FROM otel.dead_letters WHERE ServiceName = 'bad-spans'"))
        .containsExactly(List.of("otlp-traces-protobuf", "missing_trace_id"));
  }

  @Test
  void jsonIsAnsweredWithTheNameOfItsSignal() {
    Http.Answer spans =
        post(
            "/v1/traces",
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}]}"
                .getBytes(StandardCharsets.UTF_8),
            "application/json");
    assertThat(spans.text()).startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"1\",");
    Http.Answer points =
        post(
            "/v1/metrics",
            ("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"histogram\":"
                    + "{\"dataPoints\":[{\"bucketCounts\":[1,2,3]}]}}]}]}]}")
                .getBytes(StandardCharsets.UTF_8),
            "application/json");
    assertThat(points.text()).startsWith("{\"partialSuccess\":{\"rejectedDataPoints\":\"1\",");
  }

  @Test
  void summariesAndOddNumbersAreStoredBitForBitAndBadPointsAreDeadLetters() throws Exception {
    var gauge =
        Gauge.newBuilder()
            .addDataPoints(point(1).setAsDouble(Double.longBitsToDouble(STALE)).setFlags(1))
            .addDataPoints(point(2).setAsDouble(Double.NEGATIVE_INFINITY))
            .addDataPoints(point(3));
    var summary =
        Summary.newBuilder()
            .addDataPoints(
                SummaryDataPoint.newBuilder()
                    .setTimeUnixNano(Otlp.nowNanos())
                    .setCount(-1)
                    .setSum(1.5)
                    .addQuantileValues(
                        SummaryDataPoint.ValueAtQuantile.newBuilder()
                            .setQuantile(0.99)
                            .setValue(7)));
    var histogram =
        Histogram.newBuilder()
            .addDataPoints(HistogramDataPoint.newBuilder().addBucketCounts(1).addExplicitBounds(1))
            .addDataPoints(HistogramDataPoint.newBuilder().setCount(1).setMax(0));
    byte[] body =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .setResource(resource("odd-points"))
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder()
                            .addMetrics(Metric.newBuilder().setName("g").setGauge(gauge))
                            .addMetrics(Metric.newBuilder().setName("s").setSummary(summary))
                            .addMetrics(Metric.newBuilder().setName("h").setHistogram(histogram))))
            .build()
            .toByteArray();
    Http.Answer answer = post("/v1/metrics", body, "application/x-protobuf");
    var partial = ExportMetricsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertThat(partial.getRejectedDataPoints()).isEqualTo(1);
    lodge.awaitEmptyJournal();
    assertThat(
            rows("hex(reinterpretAsUInt64(Value)), ValueType, Flags", "gauge", "ORDER BY TimeUnix"))
        .containsExactly(
            List.of("7FF0000000000002", "1", "1"),
            List.of("FFF0000000000000", "1", "0"),
            List.of("00", "0", "0"));
    assertThat(rows("Count, Sum, ValueAtQuantiles.Quantile, ValueAtQuantiles.Value", "summary", ""))
        .containsExactly(List.of("18446744073709551615", "1.5", "[0.99]", "[7]"));
    assertThat(rows("Count, HasSum, HasMin, HasMax, BucketCounts", "histogram", ""))
        .containsExactly(List.of("1", "false", "false", "true", "[]"));
    assertThat(
            lodge
                .reader()
                .rows(
                    "SELECT Reason, Detail FROM otel.dead_letters WHERE ServiceName = 'odd-points'"))
        .singleElement()
        .satisfies(letter -> assertThat(letter.get(1)).endsWith("in metric h"));
  }

  private static List<List<String>> rows(String columns, String kind, String order) {
    return lodge
        .reader()
        .rows(
            "SELECT %s FROM otel.otel_metrics_%s WHERE ServiceName = 'odd-points' %s"
                .formatted(columns, kind, order));
  }

  private static NumberDataPoint.Builder point(long after) {
    return NumberDataPoint.newBuilder().setTimeUnixNano(Otlp.nowNanos() + after);
  }

  private static Resource resource(String service) {
    return Resource.newBuilder().addAttributes(Otlp.attribute("service.name", service)).build();
  }
}
