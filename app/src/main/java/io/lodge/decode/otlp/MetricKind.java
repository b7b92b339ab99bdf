package io.lodge.decode.otlp;

/** What a metric's data points are: each kind has a table of its own. */
enum MetricKind {
  GAUGE("gauge"),
  SUM("sum"),
  HISTOGRAM("histogram"),
  EXPONENTIAL_HISTOGRAM("exponentialHistogram"),
  SUMMARY("summary");

  private final String member;

  MetricKind(String member) {
    this.member = member;
  }

  /** The name of the metric's member that holds its points, in OTLP's JSON. */
  String member() {
    return member;
  }
}
