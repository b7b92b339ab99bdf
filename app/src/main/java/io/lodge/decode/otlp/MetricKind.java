package io.lodge.decode.otlp;

/** What a metric's data points are: each kind has a table of its own. */
enum MetricKind {
  GAUGE,
  SUM,
  HISTOGRAM,
  EXPONENTIAL_HISTOGRAM,
  SUMMARY
}
