package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.Wire;
import io.lodge.model.PayloadKind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is in the lanes is what protobuf-java reads from the same bytes. */
class OtlpProtobufLogsTest {
  private final Decoding decoding = new Decoding();

  @Test
  void keepsRowsOfManyRequestsInOrder() throws Exception {
    List<Map<String, Object>> expected = new java.util.ArrayList<>();
    for (long seed = 0; seed < 200; seed++) {
      var request = new RandomLogs(seed).request();
      expected.addAll(new ExpectedLogs(request).logs());
      decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, request.toByteArray());
    }
    assertThat(decoding.logs()).isEqualTo(expected);
  }

  @Test
  void takesFieldsInAnyOrder() throws Exception {
    Wire value = new Wire().string(1, "checkout");
    Wire attribute = new Wire().message(2, value).string(1, "service.name");
    Wire resource = new Wire().varint(2, 3).message(1, attribute);
    Wire scope = new Wire().varint(4, 5).string(2, "1.0").message(3, attribute).string(1, "lib");
    Wire record = new Wire().message(6, attribute).bytes(9, new byte[16]).fixed64(1, 42);
    Wire scopeLogs = new Wire().message(2, record).string(3, "s").message(1, scope);
    Wire resourceLogs = new Wire().message(2, scopeLogs).string(3, "r").message(1, resource);
    checkAgainstOracle("out of order", new Wire().message(1, resourceLogs).toBytes());
  }

  @Test
  void takesTheLastOfARepeatedScalar() throws Exception {
    Wire value = new Wire().string(1, "first").varint(3, 7).string(1, "last");
    Wire record =
        new Wire()
            .fixed64(1, 1)
            .fixed64(1, 2)
            .string(3, "INFO")
            .string(3, "")
            .bytes(9, (byte) 1)
            .bytes(9, new byte[16])
            .varint(2, 9)
            .varint(2, 17)
            .string(12, "one")
            .string(12, "two")
            .message(5, value)
            .message(6, new Wire().string(1, "a").string(1, "b").message(2, value));
    Wire scopeLogs = new Wire().string(3, "a").message(2, record).string(3, "b");
    Wire logs = new Wire().string(3, "c").message(2, scopeLogs).string(3, "d");
    checkAgainstOracle("repeated scalars", new Wire().message(1, logs).toBytes());
  }

  @Test
  void mergesAResourceThatComesInPieces() throws Exception {
    Wire attribute = new Wire().string(1, "a").message(2, new Wire().string(1, "b"));
    Wire resource = new Wire().message(1, attribute);
    Wire scopeLogs = new Wire().message(1, new Wire().string(1, "lib")).message(2, new Wire());
    Wire logs = new Wire().message(1, resource).message(2, scopeLogs).message(1, resource);
    checkAgainstOracle("resource twice", new Wire().message(1, logs).toBytes());
  }

  @Test
  void passesOverFieldsItDoesNotKnow() throws Exception {
    Wire unknown =
        new Wire()
            .varint(900, -1)
            .fixed64(901, 1)
            .fixed32(902, 1)
            .bytes(903, (byte) 1)
            .tag(904, 3)
            .varint(1, 1)
            .tag(905, 3)
            .tag(905, 4)
            .tag(904, 4);
    Wire value = new Wire().message(950, unknown).string(1, "text").message(950, unknown);
    byte[] bytes = unknown.toBytes();
    Wire record = new Wire().bytes(950, bytes).message(5, value).fixed64(3, 9).varint(1, 4);
    checkAgainstOracle("unknown", concat(bytes, Wire.request(record), bytes));
  }

  @Test
  void rendersNestedValuesAsJson() throws Exception {
    Wire text = new Wire().string(1, "a\"b\\c\u0001\r\b\f");
    Wire number = new Wire().fixed64(4, Double.doubleToLongBits(Double.NaN));
    Wire list =
        new Wire()
            .message(1, new Wire().message(2, number).string(1, "n"))
            .message(1, new Wire().string(1, "empty"))
            .message(1, new Wire().string(1, "bytes").message(2, new Wire().bytes(7, (byte) 255)));
    Wire array =
        new Wire()
            .message(1, text)
            .message(1, new Wire())
            .message(1, new Wire().varint(2, 1))
            .message(1, new Wire().message(6, list));
    decoding.decode(
        PayloadKind.OTLP_LOGS_PROTOBUF,
        Wire.request(new Wire().message(5, new Wire().message(5, array))));
    assertThat(decoding.logs().getFirst().get("Body"))
        .isEqualTo(
            "[\"a\\\"b\\\\c\\u0001\\r\\b\\f\",null,true,"
                + "{\"n\":\"NaN\",\"empty\":null,\"bytes\":\"/w==\"}]");
  }

  /** protobuf-java refuses these; ClickHouse does not mind, and a log line is worth keeping. */
  @Test
  void keepsTextThatIsNotUtf8AsItIs() throws Exception {
    byte[] bytes = {'a', (byte) 0xFF, (byte) 0xC0, 0, 'z'};
    Wire attribute = new Wire().bytes(1, bytes).message(2, new Wire().bytes(1, bytes));
    Wire record = new Wire().message(5, new Wire().bytes(1, bytes)).message(6, attribute);
    decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, Wire.request(record));
    String kept = new String(bytes, StandardCharsets.ISO_8859_1);
    var row = decoding.rows(decoding.lanes.logs(), StandardCharsets.ISO_8859_1).getFirst();
    assertThat(row).containsEntry("Body", kept);
    assertThat(row).containsEntry("LogAttributes", List.of(Map.entry(kept, kept)));
  }

  @Test
  void anEmptyRequestHasNoRecords() throws Exception {
    byte[] logs = new Wire().message(1, new Wire()).toBytes();
    byte[] scopes = new Wire().message(1, new Wire().message(2, new Wire())).toBytes();
    for (byte[] body : List.of(new byte[0], logs, scopes)) {
      decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, body);
      assertThat(decoding.decoded.stored()).isZero();
      assertThat(decoding.lanes.filled()).isEmpty();
    }
  }

  @Test
  void anEmptyRecordHasTheTimeOfReceipt() throws Exception {
    checkAgainstOracle("empty record", Wire.request(new Wire()));
    assertThat(decoding.logs().getFirst()).containsEntry("Timestamp", Decoding.RECEIVED);
  }

  private void checkAgainstOracle(String name, byte[] body)
      throws MalformedPayloadException, InvalidProtocolBufferException {
    var expected = new ExpectedLogs(ExportLogsServiceRequest.parseFrom(body));
    decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, body);
    assertThat(decoding.logs()).as(name).isEqualTo(expected.logs());
    assertThat(decoding.deadLetters())
        .as(name)
        .extracting(letter -> letter.get("Reason"))
        .isEqualTo(expected.rejections);
    assertThat(decoding.decoded.stored()).isEqualTo(expected.rows());
    assertThat(decoding.decoded.rejected()).isEqualTo(expected.rejections.size());
    assertThat(decoding.decoded.clampedTimestamps()).isEqualTo(expected.clamped);
  }

  private static byte[] concat(byte[]... parts) {
    var out = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
