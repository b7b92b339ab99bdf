package io.lodge.decode.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.decode.Damage;
import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.Wire;
import io.lodge.lane.Lane;
import io.lodge.model.PayloadKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteWriteTest {
  private static final long STALE = 0x7ff0000000000002L;
  private static final long TIME = 1_795_000_000_123L;

  private final Decoding decoding = new Decoding();

  private List<Map<String, Object>> rows(Lane lane) {
    return decoding.rows(lane, UTF_8);
  }

  private static Wire label(String name, String value) {
    return new Wire().string(1, name).string(2, value);
  }

  private static Wire sample(double value, long time) {
    return new Wire().fixed64(1, Double.doubleToRawLongBits(value)).varint(2, time);
  }

  private static Wire series(String... labels) {
    Wire series = new Wire();
    for (int i = 0; i < labels.length; i += 2) {
      series.message(1, label(labels[i], labels[i + 1]));
    }
    return series;
  }

  private static byte[] v1(Wire... series) {
    Wire request = new Wire();
    for (Wire it : series) {
      request.message(1, it);
    }
    return request.toBytes();
  }

  /** An integer histogram with two spans and three buckets; packed as protobuf 3 has it. */
  private static Wire histogram() {
    return new Wire()
        .varint(1, 12)
        .fixed64(3, Double.doubleToRawLongBits(18.5))
        .varint(4, 2)
        .fixed64(5, Double.doubleToRawLongBits(0.001))
        .varint(6, 2)
        .message(11, new Wire().varint(1, 0).varint(2, 2))
        .message(11, new Wire().varint(1, 3).varint(2, 1))
        .bytes(12, (byte) 2, (byte) 4, (byte) 1)
        .varint(14, 1)
        .varint(15, TIME);
  }

  @Test
  void readsSamplesBitForBitAndASeriesOnce() throws Exception {
    byte[] body =
        v1(
            series("__name__", "up", "job", "a")
                .message(2, sample(1.5, TIME))
                .message(2, new Wire().fixed64(1, STALE).varint(2, TIME + 1)),
            series("__name__", "up", "job", "b").message(2, sample(0, TIME)));
    decoding.decode(PayloadKind.PROMETHEUS_WRITE_V1, body);
    decoding.decode(PayloadKind.PROMETHEUS_WRITE_V1, body);
    assertThat(rows(decoding.lanes.series()))
        .extracting(row -> row.get("Labels"))
        .containsExactly(Decoding.entries("job", "a"), Decoding.entries("job", "b"));
    List<Map<String, Object>> samples = rows(decoding.lanes.samples());
    assertThat(samples).hasSize(6);
    assertThat(samples.getFirst())
        .containsEntry("MetricName", "up")
        .containsEntry("Value", 1.5)
        .containsEntry("Timestamp", TIME);
    assertThat(samples.get(1).get("Value"))
        .isInstanceOfSatisfying(
            Double.class, value -> assertThat(Double.doubleToRawLongBits(value)).isEqualTo(STALE));
    assertThat(samples.get(0).get("SeriesId")).isEqualTo(samples.get(1).get("SeriesId"));
    assertThat(samples.get(0).get("SeriesId")).isNotEqualTo(samples.get(2).get("SeriesId"));
    assertThat(decoding.decoded.stored()).isEqualTo(3);
  }

  @Test
  void aSeriesHasARowForEachDay() throws Exception {
    decoding.decode(
        PayloadKind.PROMETHEUS_WRITE_V1,
        v1(
            series("__name__", "up")
                .message(2, sample(1, TIME))
                .message(2, sample(1, TIME + 86_400_000L))
                .message(2, sample(1, TIME + 86_400_001L))));
    assertThat(rows(decoding.lanes.series())).hasSize(2);
  }

  @Test
  void aSeriesOfARefusedRequestIsNewAgain() throws Exception {
    Wire up = series("__name__", "up").message(2, sample(1, TIME));
    byte[] broken = new Wire().message(1, up).tag(1, 2).raw(99).toBytes();
    assertThatThrownBy(() -> decoding.decode(PayloadKind.PROMETHEUS_WRITE_V1, broken))
        .isInstanceOf(MalformedPayloadException.class);
    assertThat(decoding.lanes.rowsMax()).isZero();
    decoding.decode(PayloadKind.PROMETHEUS_WRITE_V1, v1(up));
    assertThat(rows(decoding.lanes.series())).hasSize(1);
  }

  @Test
  void badSeriesAreDeadLettersAndTheOthersStored() throws Exception {
    Wire good = series("__name__", "ok").message(2, sample(1, TIME));
    decoding.decode(
        PayloadKind.PROMETHEUS_WRITE_V1,
        v1(
            series("job", "no name").message(2, sample(1, TIME)),
            series("__name__", "m", "a", "1", "a", "2").message(2, sample(1, TIME)),
            series("__name__", "m", "b", "1", "a", "2").message(2, sample(1, TIME)),
            new Wire()
                .message(1, label("__name__", "m"))
                .message(1, new Wire().bytes(1, (byte) 0xC0, (byte) 0x80).string(2, "x"))
                .message(2, sample(1, TIME))
                .message(2, sample(2, TIME)),
            good));
    assertThat(decoding.decoded.stored()).isEqualTo(1);
    assertThat(decoding.decoded.rejected()).isEqualTo(5);
    assertThat(decoding.deadLetters())
        .extracting(row -> row.get("Detail"))
        .containsExactly(
            "invalid labels: no metric name, __name__ is missing",
            "invalid labels: label 'a' is there twice",
            "invalid labels: label 'a' is not in order, labels are sorted by name",
            "invalid labels: label '\uFFFD\uFFFD' is not UTF-8");
  }

  @Test
  void keepsNativeHistogramsWithAllTheirBuckets() throws Exception {
    decoding.decode(
        PayloadKind.PROMETHEUS_WRITE_V1, v1(series("__name__", "rpc").message(4, histogram())));
    assertThat(rows(decoding.lanes.nativeHistograms()).getFirst())
        .containsEntry("CountInt", 12L)
        .containsEntry("Sum", 18.5)
        .containsEntry("Schema", 1L)
        .containsEntry("PositiveSpanOffsets", List.of(0L, -2L))
        .containsEntry("PositiveDeltas", List.of(1L, 2L, -1L))
        .containsEntry("Timestamp", TIME);
  }

  @Test
  void refusesAHistogramWhoseSpansAndBucketsDiffer() throws Exception {
    Wire bad = new Wire().varint(1, 1).message(11, new Wire().varint(2, 7)).varint(15, TIME);
    decoding.decode(
        PayloadKind.PROMETHEUS_WRITE_V1,
        v1(series("__name__", "rpc").message(4, bad).message(4, histogram())));
    assertThat(decoding.decoded.firstReason())
        .isEqualTo("invalid histogram: its spans and its buckets do not match");
    assertThat(decoding.decoded.stored()).isEqualTo(1);
  }

  /** Symbols behind the series, references packed and not: the wire allows both. */
  private static byte[] v2() {
    Wire first =
        new Wire()
            .bytes(1, (byte) 1, (byte) 2, (byte) 3, (byte) 4)
            .message(2, sample(4.5, TIME))
            .message(
                4,
                new Wire()
                    .bytes(1, (byte) 5, (byte) 6)
                    .fixed64(2, Double.doubleToRawLongBits(9.0))
                    .varint(3, TIME))
            .message(5, new Wire().varint(1, 1).varint(3, 7).varint(4, 8))
            .varint(6, TIME - 1000);
    Wire second = new Wire().varint(1, 1).varint(1, 2).message(3, histogram());
    Wire request = new Wire().message(5, first).message(5, second);
    for (String symbol :
        List.of(
            "", "__name__", "calls_total", "job", "api", "trace_id", "abc", "Calls.", "calls")) {
      request.string(4, symbol);
    }
    return request.toBytes();
  }

  @Test
  void readsVersionTwoWithItsSymbolsAndSaysWhatWasWritten() throws Exception {
    decoding.decode(PayloadKind.PROMETHEUS_WRITE_V2, v2());
    assertThat(decoding.decoded.itemsText()).isEqualTo("1 1 1");
    assertThat(rows(decoding.lanes.samples()).getFirst())
        .containsEntry("MetricName", "calls_total")
        .containsEntry("Value", 4.5)
        .containsEntry("StartTimestamp", TIME - 1000);
    assertThat(rows(decoding.lanes.exemplars()).getFirst())
        .containsEntry("Labels", Decoding.entries("trace_id", "abc"))
        .containsEntry("Value", 9.0);
    assertThat(rows(decoding.lanes.metricMetadata()).getFirst())
        .containsEntry("Type", "counter")
        .containsEntry("Help", "Calls.")
        .containsEntry("Unit", "calls");
    assertThat(rows(decoding.lanes.nativeHistograms())).hasSize(1);
  }

  @Test
  void bothVersionsGiveASeriesTheSameId() throws Exception {
    decoding.decode(PayloadKind.PROMETHEUS_WRITE_V2, v2());
    Object second = rows(decoding.lanes.samples()).getFirst().get("SeriesId");
    decoding.clear();
    decoding.decode(
        PayloadKind.PROMETHEUS_WRITE_V1,
        v1(series("__name__", "calls_total", "job", "api").message(2, sample(1, TIME))));
    assertThat(rows(decoding.lanes.samples()).getFirst()).containsEntry("SeriesId", second);
  }

  @Test
  void aReferenceToNothingIsADeadLetter() throws Exception {
    Wire bad = new Wire().bytes(1, (byte) 0, (byte) 9).message(2, sample(1, TIME));
    decoding.decode(
        PayloadKind.PROMETHEUS_WRITE_V2, new Wire().string(4, "").message(5, bad).toBytes());
    assertThat(decoding.decoded.firstReason()).contains("symbol 9 does not exist");
    assertThat(decoding.decoded.itemsText()).isEqualTo("0 0 0");
  }

  @Test
  void keepsMetadataOfVersionOne() throws Exception {
    Wire metadata =
        new Wire().varint(1, 3).string(2, "latency").string(4, "How long.").string(5, "seconds");
    decoding.decode(
        PayloadKind.PROMETHEUS_WRITE_V1,
        new Wire().message(3, metadata).message(3, metadata).toBytes());
    assertThat(rows(decoding.lanes.metricMetadata()))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("MetricName", "latency")
                .containsEntry("Type", "histogram"));
  }

  @Test
  void damagedBodiesAreReadOrRefused() {
    Damage.of(PayloadKind.PROMETHEUS_WRITE_V2, v2());
    Damage.of(
        PayloadKind.PROMETHEUS_WRITE_V1,
        v1(
            series("__name__", "up", "job", "a")
                .message(2, sample(1, TIME))
                .message(4, histogram()),
            series("__name__", "up").message(3, sample(1, TIME))));
  }
}
