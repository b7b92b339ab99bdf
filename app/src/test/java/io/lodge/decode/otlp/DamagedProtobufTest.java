package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.model.PayloadKind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Damaged bodies are decoded or refused as protobuf-java does, and a refused one leaves no trace.
 * Two differences are meant: text that is not UTF-8 is kept, and a length over 2 GiB is refused
 * where protobuf-java drops its upper bits.
 */
class DamagedProtobufTest {
  /** How many damaged bodies to try: -Dlodge.mutations=5000000 for a night. */
  private static final int MUTATIONS = Integer.getInteger("lodge.mutations", 20_000);

  private final Decoding decoding = new Decoding();

  @Test
  void everyPrefixIsReadOrRefusedAsProtobufJavaDoes() throws Exception {
    for (long seed = 0; seed < 30; seed++) {
      byte[] body = new RandomLogs(seed).request().toByteArray();
      for (int length = 0; length < Math.min(body.length, 4000); length++) {
        decoding.clear();
        check("seed " + seed + " prefix " + length, Arrays.copyOf(body, length));
      }
    }
  }

  @Test
  void everyMutationIsReadOrRefusedAsProtobufJavaDoes() throws Exception {
    var random = new SplittableRandom(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = new RandomLogs(i % 500).request().toByteArray();
      for (int damage = random.nextInt(4); damage >= 0 && body.length > 0; damage--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      decoding.clear();
      check("mutation " + i, body);
    }
  }

  @Test
  void aRefusedBodyLeavesNoTrace() throws Exception {
    var random = new SplittableRandom(2);
    var untouched = new Decoding();
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] body = new RandomLogs(i).request().toByteArray();
      if (random.nextBoolean()) {
        body = Arrays.copyOf(body, random.nextInt(body.length + 1));
      }
      if (refusal(body) == null) {
        untouched.decode(PayloadKind.OTLP_LOGS_PROTOBUF, body);
      } else {
        refused++;
      }
      if (i % 20 == 0) {
        assertThat(Arrays.mismatch(decoding.encoded(), untouched.encoded())).isEqualTo(-1);
      }
    }
    assertThat(refused).isGreaterThan(75);
    assertThat(Arrays.mismatch(decoding.encoded(), untouched.encoded())).isEqualTo(-1);
  }

  @Test
  void namesTheOffsetInTheBody() {
    assertThatThrownBy(
            () -> decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, new byte[] {0x0A, 2, 0x12, 9}))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage(
            "cannot decode body: at byte 4: a field of 9 bytes runs past the end of its message,"
                + " 0 bytes away");
  }

  @Test
  void refusesGroupsNestedTooDeepInsteadOfOverflowingTheStack() {
    Wire groups = new Wire();
    for (int i = 0; i < 1_000_000; i++) {
      groups.tag(900, 3);
    }
    assertThatThrownBy(() -> decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, groups.toBytes()))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("groups are nested more than 100 deep");
  }

  private void check(String name, byte[] body) throws MalformedPayloadException {
    ExportLogsServiceRequest oracle;
    try {
      oracle = ExportLogsServiceRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      boolean text = String.valueOf(e.getMessage()).contains("UTF-8");
      if (refusal(body) == null && !text) {
        throw new AssertionError(name + ": decoded what protobuf-java refuses", e);
      }
      return;
    }
    MalformedPayloadException refusal = refusal(body);
    if (refusal != null) {
      assertThat(refusal.getMessage()).as(name).containsPattern("a field of \\d{10,} bytes");
    } else if (oracle.getSerializedSize() == body.length) {
      // Else fields came twice and were merged, or varints had spare bytes.
      checkRows(name, new ExpectedLogs(oracle).rows);
    }
  }

  /** Row by row: a difference in a thousand values should be found by eye. */
  private void checkRows(String name, List<Map<String, Object>> expected) {
    List<Map<String, Object>> rows = decoding.logs();
    assertThat(rows).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).as("%s row %d", name, i).containsExactlyEntriesOf(expected.get(i));
    }
  }

  private @Nullable MalformedPayloadException refusal(byte[] body) {
    try {
      decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, body);
      return null;
    } catch (MalformedPayloadException e) {
      return e;
    }
  }
}
