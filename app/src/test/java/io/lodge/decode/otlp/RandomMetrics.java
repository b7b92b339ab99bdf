package io.lodge.decode.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;

/** Random metrics of every kind. */
final class RandomMetrics extends RandomOtlp {
  RandomMetrics(long seed) {
    super(seed);
  }

  @Override
  ExportMetricsServiceRequest request() {
    var request = ExportMetricsServiceRequest.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      var metrics = ResourceMetrics.newBuilder().setSchemaUrl(often() ? "" : word());
      if (often()) {
        metrics.setResource(resource());
      }
      for (int j = random.nextInt(3); j > 0; j--) {
        metrics.addScopeMetrics(scopeMetrics());
      }
      request.addResourceMetrics(metrics);
    }
    return request.build();
  }

  private ScopeMetrics scopeMetrics() {
    var metrics = ScopeMetrics.newBuilder().setSchemaUrl(often() ? "" : word());
    if (often()) {
      metrics.setScope(scope());
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      metrics.addMetrics(metric());
    }
    return metrics.build();
  }

  private Metric metric() {
    var metric = Metric.newBuilder().setName(word()).setDescription(word()).setUnit(word());
    for (int i = random.nextInt(3); i > 0; i--) {
      metric.addMetadata(keyValue(2));
    }
    int points = random.nextInt(4);
    switch (random.nextInt(6)) {
      case 0 -> {
        var gauge = Gauge.newBuilder();
        for (int i = 0; i < points; i++) {
          gauge.addDataPoints(numberPoint());
        }
        metric.setGauge(gauge);
      }
      case 1 -> {
        var sum = Sum.newBuilder().setIsMonotonic(often());
        sum.setAggregationTemporalityValue(temporality());
        for (int i = 0; i < points; i++) {
          sum.addDataPoints(numberPoint());
        }
        metric.setSum(sum);
      }
      case 2 -> {
        var histogram = Histogram.newBuilder().setAggregationTemporalityValue(temporality());
        for (int i = 0; i < points; i++) {
          histogram.addDataPoints(histogram());
        }
        metric.setHistogram(histogram);
      }
      case 3 -> {
        var histogram =
            ExponentialHistogram.newBuilder().setAggregationTemporalityValue(temporality());
        for (int i = 0; i < points; i++) {
          histogram.addDataPoints(exponential());
        }
        metric.setExponentialHistogram(histogram);
      }
      case 4 -> {
        var summary = Summary.newBuilder();
        for (int i = 0; i < points; i++) {
          summary.addDataPoints(summary());
        }
        metric.setSummary(summary);
      }
      default -> {}
    }
    return metric.build();
  }

  private int temporality() {
    return often() ? random.nextInt(3) : random.nextInt();
  }

  private NumberDataPoint numberPoint() {
    var point = NumberDataPoint.newBuilder().setStartTimeUnixNano(time()).setTimeUnixNano(time());
    for (int i = random.nextInt(4); i > 0; i--) {
      point.addAttributes(keyValue(2));
    }
    switch (random.nextInt(5)) {
      case 0 -> {}
      case 1, 2 -> point.setAsInt(random.nextLong() >> random.nextInt(64));
      default -> point.setAsDouble(number());
    }
    for (int i = exemplars(); i > 0; i--) {
      point.addExemplars(exemplar());
    }
    return point.setFlags(often() ? 0 : random.nextInt()).build();
  }

  private HistogramDataPoint histogram() {
    var point = HistogramDataPoint.newBuilder();
    point.setStartTimeUnixNano(time()).setTimeUnixNano(time()).setCount(random.nextLong());
    for (int i = random.nextInt(4); i > 0; i--) {
      point.addAttributes(keyValue(2));
    }
    if (often()) {
      point.setSum(number());
    }
    if (often()) {
      point.setMin(number());
    }
    if (often()) {
      point.setMax(number());
    }
    int buckets = random.nextInt(5);
    for (int i = 0; i < buckets; i++) {
      point.addBucketCounts(random.nextLong());
    }
    int bounds = random.nextInt(10) > 0 ? buckets - 1 : random.nextInt(4);
    for (int i = 0; i < bounds; i++) {
      point.addExplicitBounds(number());
    }
    for (int i = exemplars(); i > 0; i--) {
      point.addExemplars(exemplar());
    }
    return point.setFlags(random.nextInt(2)).build();
  }

  private ExponentialHistogramDataPoint exponential() {
    var point = ExponentialHistogramDataPoint.newBuilder();
    point.setStartTimeUnixNano(time()).setTimeUnixNano(time()).setCount(random.nextLong());
    for (int i = random.nextInt(4); i > 0; i--) {
      point.addAttributes(keyValue(2));
    }
    if (often()) {
      point.setSum(number());
    }
    if (often()) {
      point.setMin(number());
    }
    if (often()) {
      point.setMax(number());
    }
    point.setScale(random.nextInt() >> random.nextInt(32)).setZeroCount(random.nextInt(3));
    point.setZeroThreshold(number());
    if (often()) {
      point.setPositive(buckets());
    }
    if (often()) {
      point.setNegative(buckets());
    }
    for (int i = exemplars(); i > 0; i--) {
      point.addExemplars(exemplar());
    }
    return point.setFlags(random.nextInt(2)).build();
  }

  private ExponentialHistogramDataPoint.Buckets buckets() {
    var buckets = ExponentialHistogramDataPoint.Buckets.newBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      buckets.addBucketCounts(random.nextLong() >>> random.nextInt(64));
    }
    return buckets.setOffset(random.nextInt() >> random.nextInt(32)).build();
  }

  private SummaryDataPoint summary() {
    var point = SummaryDataPoint.newBuilder();
    point.setStartTimeUnixNano(time()).setTimeUnixNano(time());
    point.setCount(random.nextInt()).setSum(number()).setFlags(random.nextInt(2));
    for (int i = random.nextInt(4); i > 0; i--) {
      point.addAttributes(keyValue(2));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      point.addQuantileValues(
          SummaryDataPoint.ValueAtQuantile.newBuilder()
              .setQuantile(random.nextDouble())
              .setValue(number()));
    }
    return point.build();
  }

  private int exemplars() {
    return often() ? 0 : random.nextInt(3);
  }

  private Exemplar exemplar() {
    var exemplar = Exemplar.newBuilder().setTimeUnixNano(time());
    for (int i = random.nextInt(3); i > 0; i--) {
      exemplar.addFilteredAttributes(keyValue(2));
    }
    switch (random.nextInt(3)) {
      case 0 -> {}
      case 1 -> exemplar.setAsInt(random.nextLong());
      default -> exemplar.setAsDouble(number());
    }
    return exemplar.setTraceId(often() ? bytes(16) : id(16)).setSpanId(bytes(8)).build();
  }
}
