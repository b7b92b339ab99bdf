package io.lodge.e2e;

import java.util.List;

/** The data points of one service that are stored, kind by kind, by name of the metric. */
record StoredPoints(Sql sql, String service) {
  private static final String TIMES =
      "concat(toUnixTimestamp64Nano(StartTimeUnix), ' ', toUnixTimestamp64Nano(TimeUnix))";
  private static final String NUMBER = "concat(ValueInt, ' ', Value, ' ', ValueType)";
  private static final String HAS = "concat(HasSum, ' ', HasMin, ' ', HasMax)";
  private static final String DISTRIBUTION = "concat(Count, ' ', Sum, ' ', Min, ' ', Max)";

  List<List<String>> gauges() {
    return rows(
        "gauge",
        "MetricName, MetricDescription, MetricUnit, Attributes, %s, %s, Flags"
            .formatted(TIMES, NUMBER));
  }

  List<List<String>> sums() {
    return rows(
        "sum",
        ("MetricName, MetricDescription, MetricUnit, Attributes, %s, %s,"
                + " concat(AggregationTemporality, ' ', IsMonotonic, ' ', Flags),"
                // SDKs take exemplars' times from the system's clock.
                + " concat(toString(arrayMap(t -> abs(dateDiff('minute', t, now64())) < 60,"
                + "   Exemplars.TimeUnix)),"
                + "   ' ', toString(Exemplars.TraceId), ' ', toString(Exemplars.SpanId)),"
                + " concat(toString(Exemplars.ValueInt), ' ',"
                + "   toString(Exemplars.FilteredAttributes))")
            .formatted(TIMES, NUMBER));
  }

  List<List<String>> histograms() {
    return rows(
        "histogram",
        ("MetricName, MetricUnit, Attributes, %s, %s, %s,"
                + " concat(toString(BucketCounts), ' ', toString(ExplicitBounds)),"
                + " AggregationTemporality, arraySort(Exemplars.Value)")
            .formatted(TIMES, DISTRIBUTION, HAS));
  }

  List<List<String>> exponentialHistograms() {
    return rows(
        "exponential_histogram",
        ("MetricName, MetricUnit, %s, %s, %s, concat(ZeroCount, ' ', ZeroThreshold),"
                + " Scale, concat(toString(PositiveBucketCounts), ' ', PositiveOffset),"
                + " concat(toString(NegativeBucketCounts), ' ', NegativeOffset),"
                + " AggregationTemporality")
            .formatted(TIMES, DISTRIBUTION, HAS));
  }

  private List<List<String>> rows(String kind, String columns) {
    return sql.rows(
        "SELECT %s FROM otel.otel_metrics_%s WHERE ServiceName = '%s' ORDER BY MetricName"
            .formatted(columns, kind, service));
  }
}
