package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is in the lanes is what protobuf-java reads from the same bytes, whole or damaged; and the
 * same request in JSON gives the same rows. A refused body leaves no trace.
 *
 * <p>Differences that are meant: text that is not UTF-8 is kept; a length over 2 GiB and a varint
 * of more than ten bytes are refused, where protobuf-java at times drops what is too much; a metric
 * of two kinds is refused, where protobuf-java forgets the first.
 */
class OtlpOracleTest {
  /** How many damaged bodies to try: -Dlodge.mutations=5000000 for a night. */
  private static final int MUTATIONS = Integer.getInteger("lodge.mutations", 20_000);

  /** Records are larger in JSON: the limit must not tell the encodings apart. */
  private static final int ROOMY = 1 << 20;

  private static final String MEANT =
      "a field of \\d{10,} bytes|a varint is longer|a metric has more than one kind of data";

  private final Decoding decoding = new Decoding();
  private final Decoding roomy = new Decoding(ROOMY);

  @ParameterizedTest
  @EnumSource
  void givesTheRowsThatProtobufJavaReads(Signal signal) throws Exception {
    for (long seed = 0; seed < 2000; seed++) {
      Message request = signal.random(seed);
      decoding.clear();
      decoding.decode(signal.protobuf, request.toByteArray());
      check("seed " + seed, decoding, signal.expected(request, Decoding.RECORD_BYTES_MAX));
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameRowsOfTheSameRequestInJson(Signal signal) throws Exception {
    var printer = JsonFormat.printer().preservingProtoFieldNames().printingEnumsAsInts();
    for (long seed = 0; seed < 1000; seed++) {
      Message request = signal.random(seed);
      ExpectedOtlp expected = signal.expected(request, ROOMY);
      List<byte[]> spellings =
          List.of(
              OtlpJson.of(request),
              OtlpJson.shuffled(request, seed),
              OtlpJson.of(request, printer));
      for (byte[] json : spellings) {
        roomy.clear();
        roomy.decode(signal.json, json);
        check("seed " + seed, roomy, expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPrefixIsReadOrRefusedAsProtobufJavaDoes(Signal signal) throws Exception {
    for (long seed = 0; seed < 30; seed++) {
      byte[] body = signal.random(seed).toByteArray();
      for (int length = 0; length < Math.min(body.length, 4000); length++) {
        decoding.clear();
        checkDamaged(signal, "seed " + seed + " prefix " + length, Arrays.copyOf(body, length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyMutationIsReadOrRefusedAsProtobufJavaDoes(Signal signal) throws Exception {
    var random = new SplittableRandom(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = signal.random(i % 500).toByteArray();
      for (int damage = random.nextInt(4); damage >= 0 && body.length > 0; damage--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      decoding.clear();
      checkDamaged(signal, "mutation " + i, body);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPrefixOfJsonIsRefused(Signal signal) {
    byte[] nothing = decoding.encoded();
    for (long seed = 0; seed < 10; seed++) {
      byte[] body = OtlpJson.of(signal.random(seed));
      for (int length = 0; length < Math.min(body.length, 2500); length++) {
        byte[] prefix = Arrays.copyOf(body, length);
        assertThatThrownBy(() -> decoding.decode(signal.json, prefix))
            .isInstanceOf(MalformedPayloadException.class);
      }
    }
    assertThat(Arrays.mismatch(decoding.encoded(), nothing)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void everyMutationOfJsonIsDecodedOrRefused(Signal signal) {
    var random = new SplittableRandom(1);
    int tries = MUTATIONS / 5;
    int refused = 0;
    for (int i = 0; i < tries; i++) {
      byte[] body = OtlpJson.of(signal.random(i % 300));
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        int printable = random.nextInt(' ', 127);
        body[random.nextInt(body.length)] =
            (byte) (random.nextBoolean() ? printable : random.nextInt(256));
      }
      decoding.clear();
      try {
        decoding.decode(signal.json, body);
      } catch (MalformedPayloadException e) {
        refused++;
        assertThat(decoding.lanes.filled()).isEmpty();
      }
    }
    assertThat(refused).isBetween(tries / 10, tries * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedBodyLeavesNoTrace(Signal signal) throws Exception {
    var random = new SplittableRandom(2);
    var untouched = new Decoding();
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] body = signal.random(i).toByteArray();
      if (random.nextBoolean()) {
        body = Arrays.copyOf(body, random.nextInt(body.length + 1));
      }
      if (refusal(signal, body) == null) {
        untouched.decode(signal.protobuf, body);
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

  private static void check(String name, Decoding decoding, ExpectedOtlp expected) {
    assertThat(decoding.tables()).as(name).isEqualTo(expected.tables);
    assertThat(decoding.deadLetters())
        .as(name)
        .extracting(letter -> letter.get("Reason"))
        .isEqualTo(expected.rejections);
    assertThat(decoding.decoded.stored()).as(name).isEqualTo(expected.rows());
    assertThat(decoding.decoded.rejected()).as(name).isEqualTo(expected.rejections.size());
    assertThat(decoding.decoded.clampedTimestamps()).as(name).isEqualTo(expected.clamped);
  }

  private void checkDamaged(Signal signal, String name, byte[] body)
      throws MalformedPayloadException {
    Message oracle;
    try {
      oracle = signal.parse(body);
    } catch (InvalidProtocolBufferException e) {
      boolean text = String.valueOf(e.getMessage()).contains("UTF-8");
      if (refusal(signal, body) == null && !text) {
        throw new AssertionError(name + ": decoded what protobuf-java refuses", e);
      }
      return;
    }
    MalformedPayloadException refusal = refusal(signal, body);
    if (refusal != null) {
      assertThat(refusal.getMessage()).as(name).containsPattern(MEANT);
    } else if (oracle.getSerializedSize() == body.length) {
      // Else fields came twice and were merged, or varints had spare bytes.
      checkRows(name, signal.expected(oracle, Decoding.RECORD_BYTES_MAX).tables);
    }
  }

  /** Row by row: a difference in a thousand values should be found by eye. */
  private void checkRows(String name, Map<String, List<Map<String, Object>>> expected) {
    Map<String, List<Map<String, Object>>> tables = decoding.tables();
    assertThat(tables.keySet()).as(name).isEqualTo(expected.keySet());
    tables.forEach((table, rows) -> {
      List<Map<String, Object>> want = expected.getOrDefault(table, List.of());
      assertThat(rows).as("%s %s", name, table).hasSameSizeAs(want);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(rows.get(i))
            .as("%s %s row %d", name, table, i)
            .containsExactlyInAnyOrderEntriesOf(want.get(i));
      }
    });
  }

  private @Nullable MalformedPayloadException refusal(Signal signal, byte[] body) {
    try {
      decoding.decode(signal.protobuf, body);
      return null;
    } catch (MalformedPayloadException e) {
      return e;
    }
  }
}
