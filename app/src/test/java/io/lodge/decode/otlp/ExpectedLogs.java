package io.lodge.decode.otlp;

import io.lodge.decode.Decoding;
import io.lodge.lane.LogsLane;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.List;
import java.util.Map;

/** What protobuf-java's reading of logs should look like in the lanes. */
final class ExpectedLogs extends ExpectedOtlp {
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
      add(LogsLane.TABLE, row(resource, scope, record));
    }
  }

  List<Map<String, Object>> logs() {
    return tables.getOrDefault(LogsLane.TABLE, List.of());
  }

  private Map<String, Object> row(ResourceLogs resource, ScopeLogs scope, LogRecord record) {
    long observed = record.getObservedTimeUnixNano();
    long observedOrReceived = observed == 0 ? Decoding.RECEIVED : clamp(observed);
    long time = record.getTimeUnixNano();
    Map<String, Object> row =
        row(
            resource.getResource(),
            resource.getSchemaUrl(),
            scope.getScope(),
            scope.getSchemaUrl());
    row.put("Timestamp", time == 0 ? observedOrReceived : clamp(time));
    row.put("ObservedTimestamp", observedOrReceived);
    row.put("TraceId", hex(record.getTraceId()));
    row.put("SpanId", hex(record.getSpanId()));
    row.put("TraceFlags", Integer.toUnsignedLong(record.getFlags()));
    row.put("SeverityText", record.getSeverityText());
    row.put("SeverityNumber", (long) Math.clamp(record.getSeverityNumberValue(), 0, 255));
    row.put("Body", text(record.getBody()));
    row.put("EventName", record.getEventName());
    row.put("LogAttributes", attributes(record.getAttributesList()));
    row.put(
        "LogDroppedAttributesCount", Integer.toUnsignedLong(record.getDroppedAttributesCount()));
    row.put("SampleRate", 1L);
    return row;
  }
}
