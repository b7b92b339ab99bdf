package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.Wire;
import io.lodge.model.PayloadKind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A record that cannot be stored is kept as it came, with the reason; the others are stored. */
class DeadLetterTest {
  private static final LogRecord GOOD =
      LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("good")).build();

  private final Decoding decoding = new Decoding();

  @Test
  void idsOfTheWrongLength() throws Exception {
    for (int length : new int[] {1, 8, 15, 17, 32}) {
      LogRecord bad =
          LogRecord.newBuilder().setTraceId(ByteString.copyFrom(new byte[length])).build();
      checkRejected(bad, "invalid_trace_id", "got %d bytes want 16".formatted(length));
    }
    LogRecord bad = LogRecord.newBuilder().setSpanId(ByteString.copyFrom(new byte[16])).build();
    checkRejected(bad, "invalid_span_id", "got 16 bytes want 8");
  }

  @Test
  void aRecordOverTheLimitButNotOneAtIt() throws Exception {
    LogRecord atLimit = ofSize(Decoding.RECORD_BYTES_MAX);
    decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, request(atLimit).toByteArray());
    assertThat(decoding.decoded.stored()).isEqualTo(1);
    decoding.clear();
    LogRecord over = ofSize(Decoding.RECORD_BYTES_MAX + 1);
    checkRejected(over, "record_too_large", "record of 4097 bytes is over");
  }

  @Test
  void valuesNestedTooDeepInBodyOrAttributes() throws Exception {
    for (int depth : new int[] {33, 40}) {
      LogRecord body = LogRecord.newBuilder().setBody(arrays(depth)).build();
      checkRejected(body, "value_too_deep", "more than 32 deep");
      KeyValue attribute = KeyValue.newBuilder().setKey("a").setValue(lists(depth)).build();
      LogRecord attributes = LogRecord.newBuilder().addAttributes(attribute).build();
      checkRejected(attributes, "value_too_deep", "more than 32 deep");
    }
    LogRecord fits = LogRecord.newBuilder().setBody(lists(32)).build();
    decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, request(fits).toByteArray());
    assertThat(decoding.decoded.rejected()).isZero();
  }

  @Test
  void absurdNestingDoesNotOverflowTheStack() throws Exception {
    Wire value = new Wire().string(1, "deep");
    for (int depth = 0; depth < 3000; depth++) {
      value = new Wire().message(5, new Wire().message(1, value));
    }
    var roomy = new Decoding(1 << 20);
    roomy.decode(PayloadKind.OTLP_LOGS_PROTOBUF, Wire.request(new Wire().message(5, value)));
    assertThat(roomy.decoded.rejected()).isEqualTo(1);
    assertThat(roomy.decoded.firstReason()).startsWith("value_too_deep: ");
  }

  @Test
  void everyRecordOfAResourceThatIsTooDeep() throws Exception {
    KeyValue deep = KeyValue.newBuilder().setKey("a").setValue(arrays(33)).build();
    var logs = ResourceLogs.newBuilder().setResource(Resource.newBuilder().addAttributes(deep));
    logs.addScopeLogs(ScopeLogs.newBuilder().addLogRecords(GOOD).addLogRecords(GOOD));
    var request = ExportLogsServiceRequest.newBuilder().addResourceLogs(logs);
    request.addAllResourceLogs(request(GOOD).getResourceLogsList());
    decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, request.build().toByteArray());
    assertThat(decoding.decoded.rejected()).isEqualTo(2);
    assertThat(decoding.decoded.stored()).isEqualTo(1);
  }

  /** Its records are in the lane by then, and cannot be dead letters any more. */
  @Test
  void aResourceOrScopeTooDeepBehindItsRecordsRefusesTheBody() {
    Wire deep = new Wire().string(1, "deep");
    for (int depth = 0; depth < 33; depth++) {
      deep = new Wire().message(5, new Wire().message(1, deep));
    }
    Wire attribute = new Wire().string(1, "a").message(2, deep);
    Wire record = new Wire().message(2, new Wire());
    Wire scopeLogs = new Wire().message(2, new Wire()).message(1, new Wire().message(3, attribute));
    Wire lateScope = new Wire().message(2, scopeLogs);
    Wire lateResource = new Wire().message(2, record).message(1, new Wire().message(1, attribute));
    for (Wire logs : List.of(lateScope, lateResource)) {
      byte[] body = new Wire().message(1, logs).toBytes();
      assertThatThrownBy(() -> decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, body))
          .hasMessageContaining("behind its records is nested too deep");
    }
  }

  @Test
  void aRefusedBodyWithADeepValueDoesNotRejectTheNextRecord() throws Exception {
    byte[] bad = request(LogRecord.newBuilder().setBody(arrays(33)).build()).toByteArray();
    byte[] body = Arrays.copyOf(bad, bad.length + 1);
    assertThatThrownBy(() -> decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, body))
        .isInstanceOf(MalformedPayloadException.class);
    byte[] json = DamagedJsonTest.request(DamagedJsonTest.deepBody(33) + ",1");
    assertThatThrownBy(() -> decoding.decode(PayloadKind.OTLP_LOGS_JSON, json))
        .isInstanceOf(MalformedPayloadException.class);
    decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, request(GOOD).toByteArray());
    decoding.decode(PayloadKind.OTLP_LOGS_JSON, DamagedJsonTest.request("{}"));
    assertThat(decoding.lanes.logs().rows()).isEqualTo(2);
    assertThat(decoding.lanes.deadLetters().rows()).isZero();
  }

  @Test
  void storedAndRejectedAreWhatWasSent() throws Exception {
    long sent = 0;
    long kept = 0;
    for (long seed = 0; seed < 300; seed++) {
      var request = new RandomLogs(seed).request();
      for (ResourceLogs resource : request.getResourceLogsList()) {
        for (ScopeLogs scope : resource.getScopeLogsList()) {
          sent += scope.getLogRecordsCount();
        }
      }
      decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, request.toByteArray());
      kept += decoding.decoded.stored() + decoding.decoded.rejected();
    }
    assertThat(kept).isEqualTo(sent);
    assertThat(decoding.lanes.logs().rows() + decoding.lanes.deadLetters().rows()).isEqualTo(sent);
  }

  private void checkRejected(LogRecord bad, String reason, String detail) throws Exception {
    decoding.clear();
    byte[] body = request(GOOD, bad, GOOD).toByteArray();
    decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, body);
    assertThat(decoding.logs()).hasSize(2).allMatch(row -> "good".equals(row.get("Body")));
    assertThat(decoding.decoded.firstReason()).startsWith(reason + ": ").contains(detail);
    Map<String, Object> letter =
        decoding.rows(decoding.lanes.deadLetters(), StandardCharsets.ISO_8859_1).getFirst();
    String record = new String(bad.toByteArray(), StandardCharsets.ISO_8859_1);
    assertThat(letter)
        .containsEntry("Kind", "otlp-logs-protobuf")
        .containsEntry("Reason", reason)
        .containsEntry("Tenant", "acme")
        .containsEntry("ServiceName", "checkout")
        .containsEntry("ReceivedAt", Decoding.RECEIVED)
        .containsEntry("Record", record);
    int offset = ((Number) Objects.requireNonNull(letter.get("RecordOffset"))).intValue();
    assertThat(new String(body, StandardCharsets.ISO_8859_1).substring(offset)).startsWith(record);
  }

  private static ExportLogsServiceRequest request(LogRecord... records) {
    AnyValue checkout = AnyValue.newBuilder().setStringValue("checkout").build();
    KeyValue service = KeyValue.newBuilder().setKey("service.name").setValue(checkout).build();
    var logs = ResourceLogs.newBuilder().setResource(Resource.newBuilder().addAttributes(service));
    logs.addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(records)));
    return ExportLogsServiceRequest.newBuilder().addResourceLogs(logs).build();
  }

  private static LogRecord ofSize(int size) {
    int overhead =
        LogRecord.newBuilder().setSeverityText("x".repeat(1000)).build().getSerializedSize() - 1000;
    return LogRecord.newBuilder().setSeverityText("x".repeat(size - overhead)).build();
  }

  private static AnyValue arrays(int depth) {
    AnyValue value = AnyValue.newBuilder().setBoolValue(true).build();
    for (int i = 0; i < depth; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    return value;
  }

  private static AnyValue lists(int depth) {
    AnyValue value = AnyValue.newBuilder().setBoolValue(true).build();
    for (int i = 0; i < depth; i++) {
      KeyValue member = KeyValue.newBuilder().setKey("k").setValue(value).build();
      value =
          AnyValue.newBuilder().setKvlistValue(KeyValueList.newBuilder().addValues(member)).build();
    }
    return value;
  }
}
