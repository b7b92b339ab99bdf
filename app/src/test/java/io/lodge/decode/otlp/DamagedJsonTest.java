package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.model.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not the JSON that OTLP wants is refused with its offset. */
class DamagedJsonTest {
  private final Decoding decoding = new Decoding();

  /** A request with this one record, which may have ' for ". */
  static byte[] request(String record) {
    return "{'resourceLogs':[{'scopeLogs':[{'logRecords':[%s]}]}]}"
        .formatted(record)
        .replace('\'', '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "1",
        "null",
        "'text'",
        "{'timeUnixNano':-1}",
        "{'timeUnixNano':18446744073709551616}",
        "{'timeUnixNano':1.5}",
        "{'timeUnixNano':'1e1000000000'}",
        "{'timeUnixNano':1e-1000000000}",
        "{'timeUnixNano':''}",
        "{'timeUnixNano':'0x10'}",
        "{'timeUnixNano':true}",
        "{'timeUnixNano':[]}",
        "{'flags':4294967296}",
        "{'flags':-1}",
        "{'severityText':1}",
        "{'severityNumber':{}}",
        "{'severityNumber':'LOUD'}",
        "{'body':'text'}",
        "{'body':{'stringValue':{}}}",
        "{'body':{'intValue':9223372036854775808}}",
        "{'body':{'doubleValue':1e400}}",
        "{'body':{'doubleValue':'1d'}}",
        "{'body':{'boolValue':1}}",
        "{'body':{'bytesValue':'a'}}",
        "{'body':{'bytesValue':'%$'}}",
        "{'body':{'arrayValue':[]}}",
        "{'body':{'arrayValue':{'values':{}}}}",
        "{'body':{'arrayValue':{'values':[null]}}}",
        "{'attributes':{}}",
        "{'attributes':[1]}",
        "{'attributes':[{'key':1}]}",
        "{'attributes':[{'value':'x'}]}",
        "{'traceId':7}"
      })
  void refusesValuesOfTheWrongType(String record) {
    byte[] body = request(record);
    int offset = new String(body, StandardCharsets.UTF_8).indexOf(record.replace('\'', '"'));
    assertThatThrownBy(() -> decoding.decode(PayloadKind.OTLP_LOGS_JSON, body))
        .isInstanceOf(MalformedPayloadException.class)
        .satisfies(
            e -> assertThat(offsetIn(e)).isBetween(offset, offset + Math.max(1, record.length())));
  }

  @Test
  void namesTheOffsetInTheBody() {
    assertThatThrownBy(
            () -> decoding.decode(PayloadKind.OTLP_LOGS_JSON, request("{'timeUnixNano':true}")))
        .hasMessage(
            "cannot decode body: at byte 62: unexpected JSON; got VALUE_TRUE want a whole number"
                + " from 0 to 2^64 - 1");
  }

  @Test
  void refusesOtherEncodingsThanUtf8() {
    for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      assertThatThrownBy(() -> decoding.decode(PayloadKind.OTLP_LOGS_JSON, "{}".getBytes(charset)))
          .hasMessageContaining("not UTF-8");
    }
  }

  @Test
  void refusesWhatFollowsTheDocument() {
    byte[] twice = "{}{}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> decoding.decode(PayloadKind.OTLP_LOGS_JSON, twice))
        .hasMessageContaining("want the end of the body");
  }

  @Test
  void idsThatAreNoHexadecimalAreDeadLetters() throws Exception {
    for (String id : List.of("xyz", "0", "zz".repeat(16), "00".repeat(15), "é".repeat(16))) {
      decoding.clear();
      String record = "{'traceId':'%s'}".formatted(id);
      byte[] body = request("{}," + record + ",{}");
      decoding.decode(PayloadKind.OTLP_LOGS_JSON, body);
      assertThat(decoding.decoded.stored()).isEqualTo(2);
      var letter = decoding.deadLetters().getFirst();
      assertThat(letter)
          .containsEntry("Kind", "otlp-logs-json")
          .containsEntry("Reason", "invalid_trace_id")
          .containsEntry("Record", record.replace('\'', '"'))
          .containsEntry(
              "RecordOffset", (long) "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{},".length());
    }
  }

  @Test
  void offsetsCountAByteOrderMark() throws Exception {
    String record = "{\"spanId\":\"0\"}";
    byte[] body =
        ("\uFEFF" + new String(request(record), StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    decoding.decode(PayloadKind.OTLP_LOGS_JSON, body);
    assertThat(decoding.deadLetters().getFirst())
        .containsEntry("Record", record)
        .containsEntry("RecordOffset", 49L);
  }

  @Test
  void deepValuesAreDeadLettersAndAbsurdOnesRefuseTheBody() throws Exception {
    decoding.decode(
        PayloadKind.OTLP_LOGS_JSON,
        request("{'body':" + arrays(32) + "},{'body':" + arrays(33) + "}"));
    assertThat(decoding.decoded.stored()).isEqualTo(1);
    assertThat(decoding.deadLetters())
        .singleElement()
        .extracting(l -> l.get("Reason"))
        .isEqualTo("value_too_deep");
    byte[] absurd = request("{'body':" + arrays(1_000_000) + "}");
    assertThatThrownBy(() -> decoding.decode(PayloadKind.OTLP_LOGS_JSON, absurd))
        .isInstanceOf(MalformedPayloadException.class);
  }

  @Test
  void aRecordOverTheLimitIsADeadLetter() throws Exception {
    String large = "{'severityText':'" + "x".repeat(Decoding.RECORD_BYTES_MAX) + "'}";
    decoding.decode(PayloadKind.OTLP_LOGS_JSON, request(large + ",{}"));
    assertThat(decoding.decoded.stored()).isEqualTo(1);
    assertThat(decoding.decoded.firstReason()).startsWith("record_too_large: ");
  }

  static String deepBody(int depth) {
    return "{'body':" + arrays(depth) + "}";
  }

  private static String arrays(int depth) {
    return "{'arrayValue':{'values':[".repeat(depth) + "{'intValue':1}" + "]}}".repeat(depth);
  }

  private static int offsetIn(Throwable e) {
    String message = String.valueOf(e.getMessage());
    String offset = message.replaceFirst(".* at byte (\\d+):.*", "$1");
    return Integer.parseInt(offset);
  }
}
