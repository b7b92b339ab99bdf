package io.lodge.decode.otlp;

import com.google.protobuf.ByteString;
import io.lodge.block.ByteSink;
import io.lodge.decode.Decoding;
import io.lodge.decode.rows.SourceRows;
import io.lodge.decode.wire.JsonText;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What protobuf-java's reading of a request should look like in the lanes: the oracle. */
abstract class ExpectedOtlp {
  /** The rows of each table that has any. */
  final Map<String, List<Map<String, Object>>> tables = new TreeMap<>();

  final List<String> rejections = new ArrayList<>();
  long clamped;

  final void add(String table, Map<String, Object> row) {
    tables.computeIfAbsent(table, name -> new ArrayList<>()).add(row);
  }

  final long rows() {
    return tables.values().stream().mapToLong(List::size).sum();
  }

  /** A row with what all records of a source have in common. */
  static Map<String, Object> row(
      Resource resource, String resourceUrl, InstrumentationScope scope, String scopeUrl) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("ServiceName", serviceName(resource.getAttributesList()));
    row.put("ResourceSchemaUrl", resourceUrl);
    row.put("ResourceAttributes", attributes(resource.getAttributesList()));
    row.put(
        "ResourceDroppedAttributesCount",
        Integer.toUnsignedLong(resource.getDroppedAttributesCount()));
    row.put("ScopeSchemaUrl", scopeUrl);
    row.put("ScopeName", scope.getName());
    row.put("ScopeVersion", scope.getVersion());
    row.put("ScopeAttributes", attributes(scope.getAttributesList()));
    row.put(
        "ScopeDroppedAttributesCount", Integer.toUnsignedLong(scope.getDroppedAttributesCount()));
    row.put("Tenant", "acme");
    row.put("ReceivedAt", Decoding.RECEIVED);
    return row;
  }

  final long clamp(long time) {
    if (Long.compareUnsigned(time, SourceRows.TIME_MAX_UNIX_NANOS) <= 0) {
      return time;
    }
    clamped++;
    return SourceRows.TIME_MAX_UNIX_NANOS;
  }

  static String hex(ByteString id) {
    String hex = HexFormat.of().formatHex(id.toByteArray());
    return hex.matches("0*") ? "" : hex;
  }

  static String serviceName(List<KeyValue> attributes) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(attribute -> text(attribute.getValue()))
        .findFirst()
        .orElse("");
  }

  static List<Map.Entry<String, String>> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .map(attribute -> Map.entry(attribute.getKey(), text(attribute.getValue())))
        .toList();
  }

  static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BYTES_VALUE -> base64(value);
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      // The latter is for profiles, which have a table of strings.
      case VALUE_NOT_SET, STRING_VALUE_STRINDEX -> "";
      default -> json(value);
    };
  }

  static String json(AnyValue value) {
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
              .map(ExpectedOtlp::json)
              .collect(Collectors.joining(",", "[", "]"));
      case KVLIST_VALUE ->
          value.getKvlistValue().getValuesList().stream()
              .map(member -> quoted(member.getKey()) + ":" + json(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> "null";
    };
  }

  static String base64(AnyValue value) {
    return Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
  }

  /** Doubles have a test of their own. */
  static String number(double value) {
    var text = new ByteSink(32);
    JsonText.putDouble(text, value);
    return new String(text.array(), 0, text.length(), StandardCharsets.US_ASCII);
  }

  static String quoted(String text) {
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
