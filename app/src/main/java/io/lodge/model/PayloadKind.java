package io.lodge.model;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the bytes of a payload are: which decoder turns them into rows.
 *
 * <p>Ids are written to the journal and never reused.
 */
public enum PayloadKind {
  /** An OTLP {@code ExportLogsServiceRequest} in protobuf. */
  OTLP_LOGS_PROTOBUF(1, "otlp-logs-protobuf"),
  /** An OTLP {@code ExportLogsServiceRequest} in JSON. */
  OTLP_LOGS_JSON(2, "otlp-logs-json"),
  /** An OTLP {@code ExportTraceServiceRequest} in protobuf. */
  OTLP_TRACES_PROTOBUF(3, "otlp-traces-protobuf"),
  /** An OTLP {@code ExportTraceServiceRequest} in JSON. */
  OTLP_TRACES_JSON(4, "otlp-traces-json"),
  /** An OTLP {@code ExportMetricsServiceRequest} in protobuf. */
  OTLP_METRICS_PROTOBUF(5, "otlp-metrics-protobuf"),
  /** An OTLP {@code ExportMetricsServiceRequest} in JSON. */
  OTLP_METRICS_JSON(6, "otlp-metrics-json"),
  /** A Loki {@code PushRequest} in protobuf. */
  LOKI_PROTOBUF(7, "loki-protobuf"),
  /** A Loki push request in JSON. */
  LOKI_JSON(8, "loki-json"),
  /** A {@code prometheus.WriteRequest}: remote write 1. */
  PROMETHEUS_WRITE_V1(9, "prometheus-write-v1"),
  /** An {@code io.prometheus.write.v2.Request}: remote write 2. */
  PROMETHEUS_WRITE_V2(10, "prometheus-write-v2"),
  /** A list of Zipkin v2 spans in JSON. */
  ZIPKIN_JSON(11, "zipkin-json"),
  /** A Zipkin {@code ListOfSpans} in protobuf. */
  ZIPKIN_PROTOBUF(12, "zipkin-protobuf"),
  /** Lines or an array of JSON objects: events with any fields; the context is their dataset. */
  JSON_EVENTS(14, "json-events"),
  /** Elasticsearch's bulk request; the context is the index of its path, or empty. */
  ELASTICSEARCH_BULK(15, "elasticsearch-bulk"),
  /** HIP-47's {@code INSERT INTO events FORMAT JSONEachRow}. */
  ANALYTICS_ROWS(16, "analytics-rows"),
  /** One event or a batch of them, as SDKs for product analytics send them. */
  ANALYTICS_CAPTURE(17, "analytics-capture"),
  /** Syslog messages that a listener read together, each behind its length. */
  SYSLOG(13, "syslog"),
  /** Which offsets of Kafka a segment holds; no rows. */
  KAFKA_RANGES(20, "kafka-ranges"),
  /** The value of a Kafka record that could not be read; its context says where it is and why. */
  KAFKA_UNREADABLE(21, "kafka-unreadable"),
  /** A record that was a dead letter, in a request of its own kind; the context is its id. */
  DEAD_LETTER(22, "dead-letter"),
  /** What this gateway has told its clients, for the delivery ledger. */
  LEDGER_RECEIPTS(23, "ledger-receipts");

  private final byte id;
  private final String label;

  PayloadKind(int id, String label) {
    this.id = (byte) id;
    this.label = label;
  }

  /** The number on disk. */
  public byte id() {
    return id;
  }

  /** The name in metrics, messages and reports. */
  public String label() {
    return label;
  }

  /** The kind with this label; empty if this build has none. */
  public static Optional<PayloadKind> labelled(String label) {
    return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  /** Whether it holds records: not so what Lodge itself writes into its journal. */
  public boolean isOfRecords() {
    return this != KAFKA_RANGES && this != LEDGER_RECEIPTS;
  }

  /** The kind with this number, or an {@link IllegalArgumentException} if this build has none. */
  public static PayloadKind ofId(byte id) {
    for (PayloadKind kind : values()) {
      if (kind.id == id) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unexpected payload kind; got " + id);
  }
}
