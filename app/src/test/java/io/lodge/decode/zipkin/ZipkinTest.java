package io.lodge.decode.zipkin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.decode.Damage;
import io.lodge.decode.Decoding;
import io.lodge.decode.Wire;
import io.lodge.model.PayloadKind;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ZipkinTest {
  private static final long MICROS = 1_795_000_000_123_456L;
  private static final String JSON =
      """
      [{"traceId":"A1","id":"b2","parentId":"c3","kind":"SERVER","name":"get /",
        "timestamp":1795000000123456,"duration":1500,"shared":true,"debug":false,
        "localEndpoint":{"serviceName":"shop","ipv4":"10.0.0.1","port":8080},
        "remoteEndpoint":{"serviceName":"web","ipv6":"2001:db8::1"},
        "annotations":[{"timestamp":1795000000123500,"value":"cache miss"}],
        "tags":{"http.path":"/","error":"timed out"}},
       {"traceId":"xyz","id":"1"},
       {"traceId":"0","id":"1"},
       {"traceId":"1","id":"1","kind":"ODD"}]
      """;

  private final Decoding decoding = new Decoding();

  private List<Map<String, Object>> spans() {
    return decoding.rows(decoding.lanes.traces(), UTF_8);
  }

  @Test
  void readsSpansOfJsonAndKeepsTheGoodOnes() throws Exception {
    decoding.decode(PayloadKind.ZIPKIN_JSON, JSON.getBytes(UTF_8));
    assertThat(decoding.decoded.stored()).isEqualTo(1);
    assertThat(decoding.decoded.rejected()).isEqualTo(3);
    checkSpan(spans().getFirst());
    assertThat(decoding.deadLetters().getFirst())
        .containsEntry("Record", "{\"traceId\":\"xyz\",\"id\":\"1\"}")
        .containsEntry("Reason", "invalid_span");
  }

  private static void checkSpan(Map<String, Object> span) {
    assertThat(span)
        .containsEntry("TraceId", "000000000000000000000000000000a1")
        .containsEntry("SpanId", "00000000000000b2")
        .containsEntry("ParentSpanId", "00000000000000c3")
        .containsEntry("Timestamp", MICROS * 1000)
        .containsEntry("Duration", 1_500_000L)
        .containsEntry("SpanName", "get /")
        .containsEntry("SpanKind", "Server")
        .containsEntry("StatusCode", "Error")
        .containsEntry("StatusMessage", "timed out")
        .containsEntry("ServiceName", "shop")
        .containsEntry("ResourceAttributes", Decoding.entries("service.name", "shop"))
        .containsEntry("Events.Name", List.of("cache miss"))
        .containsEntry("Events.Timestamp", List.of(1_795_000_000_123_500_000L));
    assertThat(span.get("SpanAttributes"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrderElementsOf(
            Decoding.entries(
                "zipkin.shared", "true",
                "network.local.address", "10.0.0.1",
                "network.local.port", "8080",
                "peer.service", "web",
                "network.peer.address", address(span),
                "http.path", "/",
                "error", "timed out"));
  }

  /** As each form writes it: text as sent, bytes as Java writes them. */
  private static String address(Map<String, Object> span) {
    return String.valueOf(span.get("SpanAttributes")).contains("2001:db8::1")
        ? "2001:db8::1"
        : "2001:db8:0:0:0:0:0:1";
  }

  private static byte[] protobuf() {
    byte[] ipv6 = new byte[16];
    ipv6[0] = 0x20;
    ipv6[1] = 0x01;
    ipv6[2] = 0x0d;
    ipv6[3] = (byte) 0xb8;
    ipv6[15] = 1;
    Wire span =
        new Wire()
            .bytes(
                1,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0xa1)
            .bytes(
                2,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0xc3)
            .bytes(
                3,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0xb2)
            .varint(4, 2)
            .string(5, "get /")
            .fixed64(6, MICROS)
            .varint(7, 1500)
            .message(
                8,
                new Wire()
                    .string(1, "shop")
                    .bytes(2, (byte) 10, (byte) 0, (byte) 0, (byte) 1)
                    .varint(4, 8080))
            .message(9, new Wire().string(1, "web").bytes(3, ipv6))
            .message(10, new Wire().fixed64(1, 1_795_000_000_123_500L).string(2, "cache miss"))
            .message(11, new Wire().string(1, "http.path").string(2, "/"))
            .message(11, new Wire().string(1, "error").string(2, "timed out"))
            .varint(13, 1);
    return new Wire().message(1, span).message(1, new Wire().string(5, "no ids")).toBytes();
  }

  @Test
  void readsSpansOfProtobuf() throws Exception {
    decoding.decode(PayloadKind.ZIPKIN_PROTOBUF, protobuf());
    assertThat(decoding.decoded.stored()).isEqualTo(1);
    assertThat(decoding.decoded.rejected()).isEqualTo(1);
    checkSpan(spans().getFirst());
  }

  @Test
  void damagedBodiesAreReadOrRefused() {
    Damage.of(PayloadKind.ZIPKIN_JSON, JSON.getBytes(UTF_8));
    Damage.of(PayloadKind.ZIPKIN_PROTOBUF, protobuf());
  }
}
