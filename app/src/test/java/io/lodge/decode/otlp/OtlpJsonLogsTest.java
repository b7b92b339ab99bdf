package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.model.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The spellings of proto3's JSON mapping. */
class OtlpJsonLogsTest {
  private final Decoding decoding = new Decoding();

  @Test
  void takesNumbersInEveryForm() throws Exception {
    for (String time : List.of("1500", "\"1500\"", "15e2", "\"1.5e3\"", "1500.0", "\"1500\"")) {
      assertThat(record("{'timeUnixNano':%s}".formatted(time))).containsEntry("Timestamp", 1500L);
    }
    for (String flags : List.of("4294967295", "\"4294967295\"")) {
      assertThat(record("{'flags':%s}".formatted(flags))).containsEntry("TraceFlags", 0xFFFFFFFFL);
    }
    assertThat(body("{'intValue':'-9223372036854775808'}")).isEqualTo("-9223372036854775808");
    assertThat(body("{'intValue':9223372036854775807}")).isEqualTo("9223372036854775807");
    assertThat(body("{'doubleValue':'-Infinity'}")).isEqualTo("-Infinity");
    assertThat(body("{'doubleValue':'NaN'}")).isEqualTo("NaN");
    assertThat(body("{'doubleValue':'1.5'}")).isEqualTo("1.5");
    assertThat(body("{'doubleValue':3}")).isEqualTo("3");
    assertThat(body("{'boolValue':'true'}")).isEqualTo("true");
  }

  @Test
  void takesSeverityByNumberAndByName() throws Exception {
    Map<String, Long> severities =
        Map.of(
            "9",
            9L,
            "'9'",
            9L,
            "'SEVERITY_NUMBER_INFO'",
            9L,
            "'SEVERITY_NUMBER_TRACE'",
            1L,
            "'SEVERITY_NUMBER_FATAL4'",
            24L,
            "'SEVERITY_NUMBER_UNSPECIFIED'",
            0L,
            "'SEVERITY_NUMBER_FUTURE'",
            0L,
            "300",
            255L,
            "-1",
            0L,
            "null",
            0L);
    severities.forEach((severity, want) ->
        assertThat(record("{'severityNumber':%s}".formatted(severity)))
            .containsEntry("SeverityNumber", want));
  }

  @Test
  void takesBase64OfEitherAlphabetPaddedOrNot() throws Exception {
    for (String base64 : List.of("+/8=", "-_8=", "-_8", "+/8")) {
      assertThat(body("{'bytesValue':'%s'}".formatted(base64))).isEqualTo("+/8=");
    }
  }

  @Test
  void nullIsAbsent() throws Exception {
    assertThat(body("null")).isEqualTo("");
    assertThat(body("{'stringValue':null}")).isEqualTo("");
    assertThat(body("{'arrayValue':{'values':null}}")).isEqualTo("[]");
    assertThat(record("{'attributes':null,'traceId':null,'timeUnixNano':null}"))
        .containsEntry("LogAttributes", List.of())
        .containsEntry("TraceId", "")
        .containsEntry("Timestamp", Decoding.RECEIVED);
  }

  @Test
  void passesOverMembersItDoesNotKnow() throws Exception {
    assertThat(record("{'new':[{'a':[1,{}]}],'severityText':'x','more':{'traceId':7}}"))
        .containsEntry("SeverityText", "x");
    assertThat(body("{'newKind':{'a':1},'stringValue':'x','other':[]}")).isEqualTo("x");
  }

  @Test
  void ofSeveralKindsOfValueTheLastCounts() throws Exception {
    assertThat(body("{'stringValue':'x','intValue':1,'arrayValue':{}}")).isEqualTo("[]");
  }

  @Test
  void aNestedKeyMayComeBehindItsValue() throws Exception {
    assertThat(
            body(
                "{'kvlistValue':{'values':[{'value':{'kvlistValue':{'values':["
                    + "{'value':{'intValue':1},'key':'inner'},{'key':'b'}]}},'key':'outer'},{}]}}"))
        .isEqualTo("{\"outer\":{\"inner\":1,\"b\":null},\"\":null}");
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() throws Exception {
    assertThat(body("{'stringValue':'a\\ud83e-\\udd8a \\ud83e\\udd8a'}"))
        .isEqualTo("a\uFFFD-\uFFFD 🦊");
  }

  @Test
  void takesAByteOrderMarkAndWhiteSpace() throws Exception {
    decoding.decode(
        PayloadKind.OTLP_LOGS_JSON, "\uFEFF {\n} \r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(decoding.decoded.stored()).isZero();
  }

  private @org.jspecify.annotations.Nullable Object body(String value) {
    return record("{'body':%s}".formatted(value)).get("Body");
  }

  private Map<String, Object> record(String record) {
    decoding.clear();
    try {
      decoding.decode(PayloadKind.OTLP_LOGS_JSON, DamagedJsonTest.request(record));
    } catch (MalformedPayloadException e) {
      throw new AssertionError(record, e);
    }
    return decoding.logs().getFirst();
  }
}
