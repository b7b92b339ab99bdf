package io.lodge.bench;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.List;
import java.util.Random;

/**
 * Data points as a collector sends them: the resources of {@link LogRequests}, metrics of twenty
 * series with three attributes each; half are sums, a third gauges, the others histograms of
 * fifteen buckets. Seeded.
 */
public final class MetricRequests {
  private static final int SERIES = 20;
  private static final List<Double> BOUNDS =
      List.of(.005, .01, .025, .05, .075, .1, .25, .5, .75, 1.0, 2.5, 5.0, 7.5, 10.0);

  private final Random random;
  private final LogRequests resources;

  public MetricRequests(long seed) {
    random = new Random(seed);
    resources = new LogRequests(seed);
  }

  /** One request with this many points, over up to four resources. */
  public ExportMetricsServiceRequest next(int points, long unixNanos) {
    var request = ExportMetricsServiceRequest.newBuilder();
    int count = Math.clamp(points / 10, 1, 4);
    for (int i = 0; i < count; i++) {
      int left = points / count + (i < points % count ? 1 : 0);
      var scope =
          ScopeMetrics.newBuilder()
              .setScope(InstrumentationScope.newBuilder().setName("otelcol/hostmetrics"));
      for (int metric = 0; left > 0; metric++) {
        int series = Math.min(SERIES, left);
        scope.addMetrics(metric(metric, series, unixNanos));
        left -= series;
      }
      request.addResourceMetrics(
          ResourceMetrics.newBuilder().setResource(resources.resource()).addScopeMetrics(scope));
    }
    return request.build();
  }

  private Metric metric(int number, int series, long unixNanos) {
    var metric =
        Metric.newBuilder()
            .setName("http.server.metric_" + number)
            .setDescription("What a server counts, number " + number)
            .setUnit("1");
    switch (number % 6) {
      case 0, 1, 2 -> {
        var sum =
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(
                    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        for (int i = 0; i < series; i++) {
          sum.addDataPoints(point(i, unixNanos).setAsInt(random.nextInt(1_000_000)));
        }
        metric.setSum(sum);
      }
      case 3, 4 -> {
        var gauge = Gauge.newBuilder();
        for (int i = 0; i < series; i++) {
          gauge.addDataPoints(point(i, unixNanos).setAsDouble(random.nextDouble()));
        }
        metric.setGauge(gauge);
      }
      default -> {
        var histogram =
            Histogram.newBuilder()
                .setAggregationTemporality(
                    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        for (int i = 0; i < series; i++) {
          histogram.addDataPoints(histogram(i, unixNanos));
        }
        metric.setHistogram(histogram);
      }
    }
    return metric.build();
  }

  private NumberDataPoint.Builder point(int series, long unixNanos) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(unixNanos - 3_600_000_000_000L)
        .setTimeUnixNano(unixNanos)
        .addAttributes(LogRequests.text("http.request.method", series % 2 == 0 ? "GET" : "POST"))
        .addAttributes(LogRequests.text("http.route", "/route/" + series))
        .addAttributes(LogRequests.number("http.response.status_code", 200));
  }

  private HistogramDataPoint histogram(int series, long unixNanos) {
    var point =
        HistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(unixNanos - 3_600_000_000_000L)
            .setTimeUnixNano(unixNanos)
            .addAllAttributes(point(series, unixNanos).getAttributesList())
            .addAllExplicitBounds(BOUNDS)
            .setSum(random.nextDouble() * 1000)
            .setMin(0.001)
            .setMax(9);
    long count = 0;
    for (int i = 0; i <= BOUNDS.size(); i++) {
      int inBucket = random.nextInt(100);
      point.addBucketCounts(inBucket);
      count += inBucket;
    }
    return point.setCount(count).build();
  }
}
