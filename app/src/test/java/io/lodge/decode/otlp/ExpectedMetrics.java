package io.lodge.decode.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.lodge.decode.Decoding;
import io.lodge.lane.ExponentialHistogramLane;
import io.lodge.lane.GaugeLane;
import io.lodge.lane.HistogramLane;
import io.lodge.lane.SumLane;
import io.lodge.lane.SummaryLane;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What protobuf-java's reading of metrics should look like in the lanes. */
final class ExpectedMetrics extends ExpectedOtlp {
  private final int recordBytesMax;
  private Map<String, Object> common = Map.of();

  ExpectedMetrics(ExportMetricsServiceRequest request, int recordBytesMax) {
    this.recordBytesMax = recordBytesMax;
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          common =
              row(
                  resource.getResource(),
                  resource.getSchemaUrl(),
                  scope.getScope(),
                  scope.getSchemaUrl());
          common.put("MetricName", metric.getName());
          common.put("MetricDescription", metric.getDescription());
          common.put("MetricUnit", metric.getUnit());
          common.put("MetricMetadata", attributes(metric.getMetadataList()));
          metric(metric);
        }
      }
    }
  }

  private void metric(Metric metric) {
    switch (metric.getDataCase()) {
      case GAUGE ->
          metric.getGauge().getDataPointsList().forEach(p -> number(GaugeLane.TABLE, p, Map.of()));
      case SUM -> {
        Map<String, Object> sum =
            Map.of(
                "AggregationTemporality",
                (long) metric.getSum().getAggregationTemporalityValue(),
                "IsMonotonic",
                metric.getSum().getIsMonotonic() ? 1L : 0L);
        metric.getSum().getDataPointsList().forEach(p -> number(SumLane.TABLE, p, sum));
      }
      case HISTOGRAM -> {
        long temporality = metric.getHistogram().getAggregationTemporalityValue();
        metric.getHistogram().getDataPointsList().forEach(p -> histogram(p, temporality));
      }
      case EXPONENTIAL_HISTOGRAM -> {
        var histogram = metric.getExponentialHistogram();
        long temporality = histogram.getAggregationTemporalityValue();
        histogram.getDataPointsList().forEach(p -> exponential(p, temporality));
      }
      case SUMMARY -> metric.getSummary().getDataPointsList().forEach(this::summary);
      case DATA_NOT_SET -> {}
    }
  }

  private boolean isRejected(Message point, boolean buckets, List<Exemplar> exemplars) {
    String rejection = "";
    if (point.getSerializedSize() > recordBytesMax) {
      rejection = "record_too_large";
    } else if (!buckets) {
      rejection = "invalid_buckets";
    } else if (!exemplars.stream()
        .allMatch(e -> isOfSize(e.getTraceId(), 16) && isOfSize(e.getSpanId(), 8))) {
      rejection = "invalid_exemplar";
    }
    if (!rejection.isEmpty()) {
      rejections.add(rejection);
    }
    return !rejection.isEmpty();
  }

  private static boolean isOfSize(ByteString id, int size) {
    return id.isEmpty() || id.size() == size;
  }

  private Map<String, Object> point(List<KeyValue> attributes, long start, long time, int flags) {
    Map<String, Object> row = new LinkedHashMap<>(common);
    row.put("Attributes", attributes(attributes));
    row.put("StartTimeUnix", clamp(start));
    row.put("TimeUnix", time == 0 ? Decoding.RECEIVED : clamp(time));
    row.put("Flags", Integer.toUnsignedLong(flags));
    return row;
  }

  private void number(String table, NumberDataPoint point, Map<String, Object> more) {
    if (isRejected(point, true, point.getExemplarsList())) {
      return;
    }
    Map<String, Object> row =
        point(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags());
    boolean isInt = point.hasAsInt();
    row.put("Value", isInt ? (double) point.getAsInt() : point.getAsDouble());
    row.put("ValueInt", point.getAsInt());
    row.put("ValueType", isInt ? 2L : point.hasAsDouble() ? 1L : 0L);
    exemplars(row, point.getExemplarsList());
    row.putAll(more);
    add(table, row);
  }

  private void histogram(HistogramDataPoint point, long temporality) {
    int counts = point.getBucketCountsCount();
    int bounds = point.getExplicitBoundsCount();
    boolean fits = counts == bounds + 1 || counts + bounds == 0;
    if (isRejected(point, fits, point.getExemplarsList())) {
      return;
    }
    Map<String, Object> row =
        point(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags());
    row.put("Count", point.getCount());
    row.put("Sum", point.getSum());
    row.put("HasSum", point.hasSum() ? 1L : 0L);
    row.put("Min", point.getMin());
    row.put("HasMin", point.hasMin() ? 1L : 0L);
    row.put("Max", point.getMax());
    row.put("HasMax", point.hasMax() ? 1L : 0L);
    row.put("AggregationTemporality", temporality);
    row.put("BucketCounts", point.getBucketCountsList());
    row.put("ExplicitBounds", point.getExplicitBoundsList());
    exemplars(row, point.getExemplarsList());
    add(HistogramLane.TABLE, row);
  }

  private void exponential(ExponentialHistogramDataPoint point, long temporality) {
    if (isRejected(point, true, point.getExemplarsList())) {
      return;
    }
    Map<String, Object> row =
        point(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags());
    row.put("Count", point.getCount());
    row.put("Sum", point.getSum());
    row.put("HasSum", point.hasSum() ? 1L : 0L);
    row.put("Min", point.getMin());
    row.put("HasMin", point.hasMin() ? 1L : 0L);
    row.put("Max", point.getMax());
    row.put("HasMax", point.hasMax() ? 1L : 0L);
    row.put("AggregationTemporality", temporality);
    row.put("Scale", (long) point.getScale());
    row.put("ZeroCount", point.getZeroCount());
    row.put("ZeroThreshold", point.getZeroThreshold());
    row.put("PositiveOffset", (long) point.getPositive().getOffset());
    row.put("PositiveBucketCounts", point.getPositive().getBucketCountsList());
    row.put("NegativeOffset", (long) point.getNegative().getOffset());
    row.put("NegativeBucketCounts", point.getNegative().getBucketCountsList());
    exemplars(row, point.getExemplarsList());
    add(ExponentialHistogramLane.TABLE, row);
  }

  private void summary(SummaryDataPoint point) {
    if (isRejected(point, true, List.of())) {
      return;
    }
    Map<String, Object> row =
        point(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags());
    row.put("Count", point.getCount());
    row.put("Sum", point.getSum());
    var values = point.getQuantileValuesList();
    row.put(
        "ValueAtQuantiles.Quantile", each(values, SummaryDataPoint.ValueAtQuantile::getQuantile));
    row.put("ValueAtQuantiles.Value", each(values, SummaryDataPoint.ValueAtQuantile::getValue));
    add(SummaryLane.TABLE, row);
  }

  private void exemplars(Map<String, Object> row, List<Exemplar> exemplars) {
    row.put(
        "Exemplars.FilteredAttributes",
        each(exemplars, e -> attributes(e.getFilteredAttributesList())));
    row.put("Exemplars.TimeUnix", each(exemplars, e -> clamp(e.getTimeUnixNano())));
    row.put(
        "Exemplars.Value",
        each(exemplars, e -> e.hasAsInt() ? (double) e.getAsInt() : e.getAsDouble()));
    row.put("Exemplars.ValueInt", each(exemplars, Exemplar::getAsInt));
    row.put(
        "Exemplars.ValueType", each(exemplars, e -> e.hasAsInt() ? 2L : e.hasAsDouble() ? 1L : 0L));
    row.put("Exemplars.SpanId", each(exemplars, e -> hex(e.getSpanId())));
    row.put("Exemplars.TraceId", each(exemplars, e -> hex(e.getTraceId())));
  }

  private static <T, V> List<V> each(List<T> from, Function<T, V> value) {
    return from.stream().map(value).toList();
  }
}
