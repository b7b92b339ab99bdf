package io.lodge.decode.otlp;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;

/** Random logs. */
final class RandomLogs extends RandomOtlp {
  RandomLogs(long seed) {
    super(seed);
  }

  @Override
  ExportLogsServiceRequest request() {
    var request = ExportLogsServiceRequest.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      request.addResourceLogs(resourceLogs());
    }
    return request.build();
  }

  private ResourceLogs resourceLogs() {
    var logs = ResourceLogs.newBuilder();
    if (often()) {
      logs.setResource(resource());
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      logs.addScopeLogs(scopeLogs());
    }
    return logs.setSchemaUrl(often() ? "" : word()).build();
  }

  private ScopeLogs scopeLogs() {
    var logs = ScopeLogs.newBuilder();
    if (often()) {
      logs.setScope(scope());
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      logs.addLogRecords(logRecord());
    }
    return logs.setSchemaUrl(often() ? "" : word()).build();
  }

  private LogRecord logRecord() {
    var record = LogRecord.newBuilder();
    record.setTimeUnixNano(time()).setObservedTimeUnixNano(time());
    record.setSeverityNumberValue(often() ? random.nextInt(25) : random.nextInt(-5, 400));
    record.setSeverityText(word()).setEventName(word());
    record.setTraceId(id(16)).setSpanId(id(8));
    record.setFlags(random.nextInt()).setDroppedAttributesCount(random.nextInt(5));
    if (often()) {
      record.setBody(value(3));
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      record.addAttributes(keyValue(3));
    }
    return record.build();
  }
}
