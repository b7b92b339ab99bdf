package io.lodge.decode.loki;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.decode.Damage;
import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.Wire;
import io.lodge.model.PayloadKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LokiTest {
  private static final String JSON =
      """
      {"streams":[
        {"values":[["1795000000000000001","first \\"line\\" \\u00e9",{"trace_id":"0102030405060708090a0b0c0d0e0f10","user":"u1"}],
                   ["1795000000000000002","level=warn msg=x"]],
         "stream":{"app":"shop","pod":"shop-1"}},
        {"stream":{"bad name":"x"},"values":[["1","lost"]]},
        {"stream":{},"values":[["1","lost too"]]}]}
      """;

  private final Decoding decoding = new Decoding();

  private static Wire entry(long seconds, int nanos, String line) {
    return new Wire().message(1, new Wire().varint(1, seconds).varint(2, nanos)).string(2, line);
  }

  private static byte[] push(String labels, Wire... entries) {
    Wire stream = new Wire().string(1, labels);
    for (Wire entry : entries) {
      stream.message(2, entry);
    }
    return new Wire().message(1, stream).toBytes();
  }

  @Test
  void readsStreamsOfJsonAndKeepsTheGoodOnes() throws Exception {
    decoding.decode(PayloadKind.LOKI_JSON, JSON.getBytes(UTF_8));
    List<Map<String, Object>> rows = decoding.logs();
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst())
        .containsEntry("Body", "first \"line\" é")
        .containsEntry("Timestamp", 1795000000000000001L)
        .containsEntry("ServiceName", "shop")
        .containsEntry("TraceId", "0102030405060708090a0b0c0d0e0f10")
        .containsEntry("SeverityText", "unknown")
        .containsEntry("Tenant", "acme")
        .containsEntry(
            "ResourceAttributes", Decoding.entries("app", "shop", "k8s.pod.name", "shop-1"));
    assertThat(rows.getFirst())
        .containsEntry(
            "LogAttributes",
            Decoding.entries("trace_id", "0102030405060708090a0b0c0d0e0f10", "user", "u1"));
    assertThat(rows.get(1)).containsEntry("SeverityText", "warn");
    assertThat(decoding.decoded.stored()).isEqualTo(2);
    assertThat(decoding.decoded.rejected()).isEqualTo(2);
    assertThat(decoding.deadLetters())
        .extracting(row -> row.get("Record"))
        .containsExactly("[\"1\",\"lost\"]", "[\"1\",\"lost too\"]");
  }

  @Test
  void readsStreamsOfProtobuf() throws Exception {
    Wire entry =
        entry(1_795_000_000L, 7, "plain")
            .message(3, new Wire().string(1, "detected_level").string(2, "ERR"));
    decoding.decode(
        PayloadKind.LOKI_PROTOBUF,
        push("{job=\"api\", instance=`a\\b`, note=\"tab\\tx\\u00e9\"}", entry));
    assertThat(decoding.logs().getFirst())
        .containsEntry("Timestamp", 1_795_000_000_000_000_007L)
        .containsEntry("Body", "plain")
        .containsEntry("SeverityText", "error")
        .containsEntry("ServiceName", "api")
        .containsEntry(
            "ResourceAttributes",
            Decoding.entries("job", "api", "instance", "a\\b", "note", "tab\txé"));
  }

  @Test
  void labelsThatSayWhereAStreamComesFromHaveOpenTelemetrysNames() throws Exception {
    decoding.decode(
        PayloadKind.LOKI_PROTOBUF,
        push(
            "{k8s_namespace_name=\"shop\", namespace=\"other\", container=\"web\", x=\"y\"}",
            entry(1_795_000_000L, 7, "plain")));
    assertThat(decoding.logs().getFirst())
        .containsEntry(
            "ResourceAttributes",
            Decoding.entries(
                "k8s.namespace.name", "shop",
                "namespace", "other",
                "k8s.container.name", "web",
                "x", "y"));
  }

  @Test
  void aStreamOfVeryManyLabelsIsRejected() throws Exception {
    StringBuilder labels = new StringBuilder("{");
    for (int i = 0; i < 129; i++) {
      labels.append("l").append(i).append("=\"v\",");
    }
    decoding.decode(
        PayloadKind.LOKI_PROTOBUF, push(labels + "}", entry(1_795_000_000L, 7, "plain")));
    assertThat(decoding.decoded.stored()).isZero();
    assertThat(decoding.decoded.firstReason()).contains("129 label names; limit 128");
  }

  @Test
  void readsTheOlderJson() throws Exception {
    String body =
        """
        {"streams":[{"labels":"{job=\\"x\\"}","entries":[{"ts":"2026-11-21T10:00:00.5Z","line":"old"}]}]}\
        """;
    decoding.decode(PayloadKind.LOKI_JSON, body.getBytes(UTF_8));
    assertThat(decoding.logs().getFirst())
        .containsEntry("Body", "old")
        .containsEntry("Timestamp", 1_795_255_200_500_000_000L)
        .containsEntry("ResourceAttributes", Decoding.entries("job", "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a=\"b\" c=\"d\"} | 1:8: parse error: unexpected character, expected \"}\"",
        "{a} | 1:3: parse error: unexpected character, expected \"=\"",
        "{a=\"b} | parse error: unterminated quoted string",
        "{a=\"\\q\"} | parse error: unknown escape sequence",
        "{1a=\"b\"} | 1:2: parse error: unexpected character in label set",
        "{a=\"b\", a=\"c\"} | stream has duplicate label name: 'a'",
        "{} | error at least one label pair is required per stream",
        "nonsense | 1:1: parse error: unexpected character, expected \"{\"",
      })
  void saysWhatIsWrongWithLabels(String labels, String problem) throws Exception {
    decoding.decode(PayloadKind.LOKI_PROTOBUF, push(labels, entry(1, 0, "x"), entry(1, 0, "y")));
    assertThat(decoding.decoded.firstReason()).contains(problem);
    assertThat(decoding.decoded.rejected()).isEqualTo(2);
    assertThat(decoding.decoded.stored()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"level\":\"Fatal\"}} | fatal",
        "{\"a\":{\"b\":{\"level\":\"fatal\"}},\"x\":1} | unknown",
        "{\"msg\":\"level\",\"severity\":\"WARNING\"} | warn",
        "ts=1 lvl=dbg msg=\"a b\" | debug",
        "severity=info level=error | error",
        "[ERROR] it broke | error",
        "INFO: [error] both | info",
        "nothing here | unknown",
        "critical: stop | critical",
      })
  void findsTheLevelAsLokiDoes(String line, String level) throws Exception {
    decoding.decode(PayloadKind.LOKI_PROTOBUF, push("{job=\"x\"}", entry(1, 0, line)));
    assertThat(decoding.logs().getFirst()).containsEntry("SeverityText", level);
  }

  @Test
  void aServiceWithoutANameIsUnknown() throws Exception {
    decoding.decode(PayloadKind.LOKI_PROTOBUF, push("{filename=\"x\"}", entry(1, 0, "x")));
    assertThat(decoding.logs().getFirst()).containsEntry("ServiceName", "unknown_service");
  }

  @Test
  void movesTimesThatTablesCannotKeep() throws Exception {
    decoding.decode(
        PayloadKind.LOKI_PROTOBUF,
        push("{a=\"b\"}", entry(-5, 0, "before"), entry(Long.MAX_VALUE / 3, 0, "after")));
    assertThat(decoding.decoded.clampedTimestamps()).isEqualTo(2);
    assertThat(decoding.logs())
        .extracting(row -> row.get("Timestamp"))
        .containsExactly(0L, 4_102_444_800_000_000_000L);
  }

  @Test
  void anEntryOverTheLimitIsADeadLetter() throws Exception {
    decoding.decode(
        PayloadKind.LOKI_PROTOBUF,
        push("{a=\"b\"}", entry(1, 0, "x".repeat(5000)), entry(1, 0, "small")));
    assertThat(decoding.decoded.firstReason()).startsWith("Max entry size '4096' bytes exceeded");
    assertThat(decoding.logs()).hasSize(1);
  }

  @Test
  void refusesTimesThatAreNoStrings() {
    String body = "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[1,\"x\"]]}]}";
    assertThatThrownBy(() -> decoding.decode(PayloadKind.LOKI_JSON, body.getBytes(UTF_8)))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("want a string of nanoseconds");
  }

  @Test
  void damagedBodiesAreReadOrRefused() {
    Damage.of(PayloadKind.LOKI_JSON, JSON.getBytes(UTF_8));
    Wire with =
        entry(9, 9, "{\"level\":\"info\"}").message(3, new Wire().string(1, "k").string(2, "v"));
    Damage.of(
        PayloadKind.LOKI_PROTOBUF,
        push("{job=\"api\", x='\\x41\\u00e9'}", with, entry(1, 2, "level=\"x\\\" y\" a=b")));
  }
}
