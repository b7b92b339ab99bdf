package io.lodge.receive;

/** What a listener speaks; the label in metrics. */
enum Protocol {
  OTLP_HTTP("otlp-http"),
  OTLP_GRPC("otlp-grpc"),
  LOKI("loki"),
  REMOTE_WRITE("remote-write"),
  ZIPKIN("zipkin"),
  JSON_EVENTS("json-events"),
  ELASTICSEARCH("elasticsearch"),
  CLICKHOUSE_HTTP("clickhouse-http"),
  CAPTURE("capture"),
  SYSLOG_TCP("syslog-tcp"),
  SYSLOG_UDP("syslog-udp"),
  /** A request for no endpoint there is. */
  UNKNOWN_HTTP("http");

  final String label;

  Protocol(String label) {
    this.label = label;
  }
}
