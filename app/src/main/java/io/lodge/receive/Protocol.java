package io.lodge.receive;

/** What a listener speaks; the label in metrics. */
enum Protocol {
  OTLP_HTTP("otlp-http"),
  OTLP_GRPC("otlp-grpc"),
  LOKI("loki"),
  REMOTE_WRITE("remote-write"),
  ZIPKIN("zipkin"),
  /** A request for no endpoint there is. */
  UNKNOWN_HTTP("http");

  final String label;

  Protocol(String label) {
    this.label = label;
  }
}
