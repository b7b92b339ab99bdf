package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decoding;
import io.lodge.decode.PayloadDecoder;
import io.lodge.decode.Wire;
import io.lodge.decode.rows.SpanEvents;
import io.lodge.lane.GaugeLane;
import io.lodge.lane.Lanes;
import io.lodge.model.ContentEncoding;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is small on the wire and large in columns; and bits that must survive. */
class SignalLimitsTest {
  private static final int RECORD_BYTES_MAX = 1 << 20;

  @Test
  void aSpanOfTooManyEventsIsADeadLetterAndItsNeighboursAreStored() throws Exception {
    var decoding = new Decoding(RECORD_BYTES_MAX);
    Span.Builder many = span();
    for (int i = 0; i <= SpanEvents.COUNT_MAX; i++) {
      many.addEvents(Span.Event.getDefaultInstance());
    }
    decoding.decode(PayloadKind.OTLP_TRACES_PROTOBUF, body(wire(span()), wire(many), wire(span())));
    assertThat(decoding.decoded.stored()).isEqualTo(2);
    assertThat(decoding.decoded.firstReason()).startsWith("too_many_events: ");
  }

  /** An attribute without a key is two bytes on the wire, and more where it is kept. */
  @Test
  void refusesARecordOfVeryManyAttributes() {
    Wire log = new Wire();
    for (int i = 0; i < 300_000; i++) {
      log.bytes(6, new byte[0]);
    }
    assertRefused(
        PayloadKind.OTLP_LOGS_PROTOBUF,
        new Wire().message(1, new Wire().message(2, new Wire().message(2, log))).toBytes());
  }

  /** A name of a megabyte would be repeated in the dead letter of each point. */
  @Test
  void aLongNameOfAMetricIsCutInDeadLetters() throws Exception {
    var decoding = new Decoding(RECORD_BYTES_MAX);
    Wire histogram = new Wire();
    for (int i = 0; i < 50; i++) {
      histogram.message(1, new Wire().bytes(6, new byte[8]).bytes(7, new byte[80]));
    }
    Wire metric = new Wire().string(1, "a".repeat(1 << 20)).message(9, histogram);
    decoding.decode(
        PayloadKind.OTLP_METRICS_PROTOBUF,
        new Wire().message(1, new Wire().message(2, new Wire().message(2, metric))).toBytes());
    assertThat(decoding.decoded.rejected()).isEqualTo(50);
    assertThat(decoding.decoded.firstReason()).contains("aaa…").hasSizeLessThan(500);
    assertThat(decoding.encoded()).hasSizeLessThan(100_000);
  }

  @Test
  void refusesASmallBodyWhoseEventsWouldBecomeTooMany() {
    Span.Builder events = span();
    for (int i = 0; i < 60_000; i++) {
      events.addEvents(Span.Event.getDefaultInstance());
    }
    Wire[] spans = new Wire[14];
    java.util.Arrays.fill(spans, wire(events));
    assertRefused(PayloadKind.OTLP_TRACES_PROTOBUF, body(spans));
  }

  @Test
  void refusesASmallBodyWhoseBucketsWouldBecomeTooMany() {
    Wire buckets = new Wire().bytes(2, new byte[60_000]);
    Wire data = new Wire();
    for (int i = 0; i < 70; i++) {
      data.message(1, new Wire().message(8, buckets));
    }
    assertRefused(PayloadKind.OTLP_METRICS_PROTOBUF, body(new Wire().message(10, data)));
  }

  @Test
  void keepsTheBitsOfEveryNaN() throws Exception {
    var decoding = new Decoding();
    List<Long> bits = List.of(0x7ff0000000000002L, 0x7ff8000000000001L, 0xfff8000000000123L);
    Wire data = new Wire();
    bits.forEach(value -> data.message(1, new Wire().fixed64(4, value)));
    decoding.decode(PayloadKind.OTLP_METRICS_PROTOBUF, body(new Wire().message(5, data)));
    List<Map<String, Object>> rows = decoding.tables().getOrDefault(GaugeLane.TABLE, List.of());
    assertThat(rows)
        .extracting(
            row -> Double.doubleToRawLongBits((Double) Objects.requireNonNull(row.get("Value"))))
        .isEqualTo(bits);
  }

  @Test
  void refusesAMetricOfTwoKinds() {
    Wire metric = new Wire().message(5, new Wire()).message(7, new Wire());
    assertThatThrownBy(() -> new Decoding().decode(PayloadKind.OTLP_METRICS_PROTOBUF, body(metric)))
        .hasMessageContaining("more than one kind of data");
  }

  @Test
  void namesTheMetricOfAPointThatIsADeadLetter() throws Exception {
    var decoding = new Decoding();
    Wire point = new Wire().fixed64(6, 1).fixed64(7, 0).fixed64(7, 0);
    Wire metric = new Wire().message(9, new Wire().message(1, point)).string(1, "http.latency");
    decoding.decode(PayloadKind.OTLP_METRICS_PROTOBUF, body(metric));
    assertThat(decoding.decoded.firstReason())
        .isEqualTo(
            "invalid_buckets: unexpected counts of buckets; got 1 with 2 bounds want one more than"
                + " bounds, in metric http.latency");
  }

  @Test
  void aMetricWhoseMetadataIsTooDeepMakesDeadLettersAlsoBehindItsPoints() throws Exception {
    var decoding = new Decoding();
    Wire deep = new Wire().string(1, "deep");
    for (int depth = 0; depth < 33; depth++) {
      deep = new Wire().message(5, new Wire().message(1, deep));
    }
    Wire gauge = new Wire().message(1, new Wire()).message(1, new Wire());
    Wire metric = new Wire().message(5, gauge).message(12, new Wire().message(2, deep));
    decoding.decode(PayloadKind.OTLP_METRICS_PROTOBUF, body(metric));
    assertThat(decoding.decoded.rejected()).isEqualTo(2);
    assertThat(decoding.decoded.firstReason()).startsWith("value_too_deep: ");
  }

  private static Span.Builder span() {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(new byte[15]).concat(ByteString.copyFrom(new byte[] {1})))
        .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}));
  }

  private static Wire wire(Span.Builder span) {
    byte[] bytes = span.build().toByteArray();
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i];
    }
    return new Wire().raw(values);
  }

  private static byte[] body(Wire... records) {
    Wire scope = new Wire();
    for (Wire record : records) {
      scope.message(2, record);
    }
    return new Wire().message(1, new Wire().message(2, scope)).toBytes();
  }

  private static void assertRefused(PayloadKind kind, byte[] body) {
    assertThat(body).hasSizeLessThan(8 << 20);
    PayloadDecoder decoder = new PayloadDecoder(64 << 20, RECORD_BYTES_MAX, Rules.NONE);
    assertThatThrownBy(() ->
            decoder.decode(
                Decoding.payload(kind, ContentEncoding.IDENTITY, body), new Lanes(), new Decoded()))
        .isInstanceOf(BodyTooLargeException.class);
  }
}
