package io.lodge.decode.otlp;

import com.google.protobuf.ByteString;
import io.lodge.block.ByteSink;
import io.lodge.decode.Decoding;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What protobuf-java's reading of a request should look like in the lanes: the oracle. */
final class ExpectedLogs {
  final List<Map<String, Object>> rows = new ArrayList<>();
  final List<String> rejections = new ArrayList<>();
  long clamped;

  private final int recordBytesMax;

  ExpectedLogs(ExportLogsServiceRequest request) {
    this(request, Decoding.RECORD_BYTES_MAX);
  }

  ExpectedLogs(ExportLogsServiceRequest request, int recordBytesMax) {
    this.recordBytesMax = recordBytesMax;
    for (ResourceLogs resource : request.getResourceLogsList()) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord record : scope.getLogRecordsList()) {
          add(resource, scope, record);
        }
      }
    }
  }

  private void add(ResourceLogs resource, ScopeLogs scope, LogRecord record) {
    int trace = record.getTraceId().size();
    int span = record.getSpanId().size();
    if (record.getSerializedSize() > recordBytesMax) {
      rejections.add("record_too_large");
    } else if (trace != 0 && trace != 16) {
      rejections.add("invalid_trace_id");
    } else if (span != 0 && span != 8) {
      rejections.add("invalid_span_id");
    } else {
      rows.add(row(resource, scope, record));
    }
  }

  private Map<String, Object> row(ResourceLogs resource, ScopeLogs scopeLogs, LogRecord record) {
    InstrumentationScope scope = scopeLogs.getScope();
    long observed = record.getObservedTimeUnixNano();
    long observedOrReceived = observed == 0 ? Decoding.RECEIVED : clamp(observed);
    long time = record.getTimeUnixNano();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Timestamp", time == 0 ? observedOrReceived : clamp(time));
    row.put("ObservedTimestamp", observedOrReceived);
    row.put("TraceId", hex(record.getTraceId()));
    row.put("SpanId", hex(record.getSpanId()));
    row.put("TraceFlags", Integer.toUnsignedLong(record.getFlags()));
    row.put("SeverityText", record.getSeverityText());
    row.put("SeverityNumber", (long) Math.clamp(record.getSeverityNumberValue(), 0, 255));
    row.put("ServiceName", serviceName(resource.getResource().getAttributesList()));
    row.put("Body", text(record.getBody()));
    row.put("EventName", record.getEventName());
    row.put("ResourceSchemaUrl", resource.getSchemaUrl());
    row.put("ResourceAttributes", attributes(resource.getResource().getAttributesList()));
    row.put(
        "ResourceDroppedAttributesCount",
        Integer.toUnsignedLong(resource.getResource().getDroppedAttributesCount()));
    row.put("ScopeSchemaUrl", scopeLogs.getSchemaUrl());
    row.put("ScopeName", scope.getName());
    row.put("ScopeVersion", scope.getVersion());
    row.put("ScopeAttributes", attributes(scope.getAttributesList()));
    row.put(
        "ScopeDroppedAttributesCount", Integer.toUnsignedLong(scope.getDroppedAttributesCount()));
    row.put("LogAttributes", attributes(record.getAttributesList()));
    row.put(
        "LogDroppedAttributesCount", Integer.toUnsignedLong(record.getDroppedAttributesCount()));
    row.put("Tenant", "acme");
    row.put("ReceivedAt", Decoding.RECEIVED);
    return row;
  }

  private long clamp(long time) {
    if (Long.compareUnsigned(time, SourceRows.TIME_MAX_UNIX_NANOS) <= 0) {
      return time;
    }
    clamped++;
    return SourceRows.TIME_MAX_UNIX_NANOS;
  }

  private static String hex(ByteString id) {
    String hex = HexFormat.of().formatHex(id.toByteArray());
    return hex.matches("0*") ? "" : hex;
  }

  private static String serviceName(List<KeyValue> attributes) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(attribute -> text(attribute.getValue()))
        .findFirst()
        .orElse("");
  }

  private static List<Map.Entry<String, String>> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .map(attribute -> Map.entry(attribute.getKey(), text(attribute.getValue())))
        .toList();
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BYTES_VALUE -> base64(value);
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      case VALUE_NOT_SET -> "";
      default -> json(value);
    };
  }

  private static String json(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> quoted(value.getStringValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE ->
          Double.isFinite(value.getDoubleValue())
              ? number(value.getDoubleValue())
              : quoted(number(value.getDoubleValue()));
      case BYTES_VALUE -> quoted(base64(value));
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(ExpectedLogs::json)
              .collect(Collectors.joining(",", "[", "]"));
      case KVLIST_VALUE ->
          value.getKvlistValue().getValuesList().stream()
              .map(member -> quoted(member.getKey()) + ":" + json(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> "null";
    };
  }

  private static String base64(AnyValue value) {
    return Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
  }

  /** Doubles have a test of their own. */
  private static String number(double value) {
    var text = new ByteSink(32);
    JsonText.putDouble(text, value);
    return new String(text.array(), 0, text.length(), StandardCharsets.US_ASCII);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\t' -> json.append("\\t");
        case '\r' -> json.append("\\r");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : Character.toString(c));
      }
    }
    return json.append('"').toString();
  }
}
