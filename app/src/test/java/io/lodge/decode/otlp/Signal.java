package io.lodge.decode.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.lodge.model.PayloadKind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/** A signal of OTLP, with its random requests and what should become of them. */
enum Signal {
  LOGS(PayloadKind.OTLP_LOGS_PROTOBUF, PayloadKind.OTLP_LOGS_JSON),
  TRACES(PayloadKind.OTLP_TRACES_PROTOBUF, PayloadKind.OTLP_TRACES_JSON),
  METRICS(PayloadKind.OTLP_METRICS_PROTOBUF, PayloadKind.OTLP_METRICS_JSON);

  final PayloadKind protobuf;
  final PayloadKind json;

  Signal(PayloadKind protobuf, PayloadKind json) {
    this.protobuf = protobuf;
    this.json = json;
  }

  Message random(long seed) {
    return switch (this) {
      case LOGS -> new RandomLogs(seed).request();
      case TRACES -> new RandomTraces(seed).request();
      case METRICS -> new RandomMetrics(seed).request();
    };
  }

  /** As protobuf-java reads it. */
  Message parse(byte[] body) throws InvalidProtocolBufferException {
    return switch (this) {
      case LOGS -> ExportLogsServiceRequest.parseFrom(body);
      case TRACES -> ExportTraceServiceRequest.parseFrom(body);
      case METRICS -> ExportMetricsServiceRequest.parseFrom(body);
    };
  }

  ExpectedOtlp expected(Message request, int recordBytesMax) {
    return switch (this) {
      case LOGS -> new ExpectedLogs((ExportLogsServiceRequest) request, recordBytesMax);
      case TRACES -> new ExpectedTraces((ExportTraceServiceRequest) request, recordBytesMax);
      case METRICS -> new ExpectedMetrics((ExportMetricsServiceRequest) request, recordBytesMax);
    };
  }
}
