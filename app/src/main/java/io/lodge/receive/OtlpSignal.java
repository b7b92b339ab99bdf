package io.lodge.receive;

import io.lodge.model.PayloadKind;
import org.jspecify.annotations.Nullable;

/**
 * What OTLP carries, and where: the paths and words in which its signals differ.
 *
 * <p>Source: opentelemetry-proto, {@code collector/…_service.proto}; OTLP specification, "OTLP/HTTP
 * Request".
 */
enum OtlpSignal {
  LOGS(
      "/v1/logs",
      "opentelemetry.proto.collector.logs.v1.LogsService",
      "ExportLogsServiceRequest",
      "rejectedLogRecords",
      PayloadKind.OTLP_LOGS_PROTOBUF,
      PayloadKind.OTLP_LOGS_JSON),
  TRACES(
      "/v1/traces",
      "opentelemetry.proto.collector.trace.v1.TraceService",
      "ExportTraceServiceRequest",
      "rejectedSpans",
      PayloadKind.OTLP_TRACES_PROTOBUF,
      PayloadKind.OTLP_TRACES_JSON),
  METRICS(
      "/v1/metrics",
      "opentelemetry.proto.collector.metrics.v1.MetricsService",
      "ExportMetricsServiceRequest",
      "rejectedDataPoints",
      PayloadKind.OTLP_METRICS_PROTOBUF,
      PayloadKind.OTLP_METRICS_JSON);

  /** Over HTTP. */
  final String path;

  /** Over gRPC. */
  final String service;

  final String message;

  /** The name in JSON of the number of rejected records, which is field 1 in protobuf. */
  final String rejected;

  final PayloadKind protobuf;
  final PayloadKind json;

  OtlpSignal(
      String path,
      String service,
      String message,
      String rejected,
      PayloadKind protobuf,
      PayloadKind json) {
    this.path = path;
    this.service = service;
    this.message = message;
    this.rejected = rejected;
    this.protobuf = protobuf;
    this.json = json;
  }

  /** The path of its only gRPC method. */
  String exportPath() {
    return "/" + service + "/Export";
  }

  /** The signal whose gRPC method has this path; null if none has. */
  static @Nullable OtlpSignal exportedTo(String path) {
    for (OtlpSignal signal : values()) {
      int length = signal.service.length();
      if (path.length() == length + "//Export".length()
          && path.startsWith(signal.service, 1)
          && path.endsWith("/Export")) {
        return signal;
      }
    }
    return null;
  }

  /** Whether a gRPC service has this name. */
  static boolean hasService(String name) {
    for (OtlpSignal signal : values()) {
      if (signal.service.equals(name)) {
        return true;
      }
    }
    return false;
  }
}
