package io.lodge.decode.otlp;

import static java.util.Objects.requireNonNull;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.decode.Decoded;
import io.lodge.decode.rows.LogRows;
import io.lodge.decode.rows.OpenRows;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.rows.Slice;
import io.lodge.decode.rows.SourceRows;
import io.lodge.lane.ExponentialHistogramLane;
import io.lodge.lane.GaugeLane;
import io.lodge.lane.HistogramLane;
import io.lodge.lane.Lanes;
import io.lodge.lane.MetricsLane;
import io.lodge.lane.SumLane;
import io.lodge.lane.SummaryLane;
import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends data points of metrics: what the protobuf and the JSON reader share. One per payload.
 *
 * <p>The columns of a metric are appended when it ends, for all its points together, as those of
 * scopes and resources are.
 */
final class MetricRows extends SourceRows {
  private static final int NAME_BYTES_SHOWN = 200;

  /** An exemplar of two bytes takes about fifty in the columns, six times a cell. */
  private static final int CELLS_PER_EXEMPLAR = 6;

  private final MetricScratch scratch;
  private final MetricFields metric;
  private final PointWriter points;
  private final Map<MetricKind, Table> tables = new EnumMap<>(MetricKind.class);

  private int storedInMetric;
  private int pointsInMetric;
  private int rejectedInMetric;

  /** The lane of one kind, and its rows that lack columns. */
  private record Table(MetricsLane lane, OpenRows open) {}

  MetricRows(Payload payload, Lanes lanes, Decoded decoded, MetricScratch scratch) {
    super(payload, lanes, decoded, scratch.source);
    this.scratch = scratch;
    metric = scratch.metric;
    points = new PointWriter(this, scratch);
  }

  void beginMetric() {
    metric.clear();
    storedInMetric = 0;
    pointsInMetric = 0;
    rejectedInMetric = 0;
  }

  /** Of points it is their metric, which is known when it ends. */
  @Override
  protected void putParent(LowCardinalityColumn parent) {
    rejectedInMetric++;
  }

  /** Whether the present metric has had a data point. */
  boolean metricHasPoints() {
    return pointsInMetric > 0;
  }

  /** Appends a point of the present metric; the parameters are those of {@link LogRows#record}. */
  void point(PointFields fields, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    countRecord();
    pointsInMetric++;
    MetricKind kind = requireNonNull(metric.kind);
    Rejection rejection = rejection(kind, fields);
    if (rejection != null) {
      reject(rejection.in("metric " + name(body)), body, rawFrom, rawLength, rawOffset);
      return;
    }
    countCells((long) CELLS_PER_EXEMPLAR * fields.exemplars.count() + fields.elements());
    Table table = table(kind);
    points.put(table.lane, fields, body);
    table.open.add();
    storedInMetric++;
  }

  /** For a dead letter, and cut: a name of a megabyte would be repeated with each point. */
  private String name(byte[] body) {
    Slice name = metric.name;
    int length = Math.min(name.length, NAME_BYTES_SHOWN);
    String shown = new String(name.source(body), name.from(), length, StandardCharsets.UTF_8);
    return length < name.length ? shown + "…" : shown;
  }

  /** Appends the metric's columns for its rows. */
  void endMetric(byte[] body) {
    if (rejectedInMetric > 0) {
      MetricJson.put(lanes.deadLetters().parent, metric, body, rejectedInMetric);
    }
    int rows = storedInMetric;
    if (rows == 0) {
      return;
    }
    countCells((long) metric.metadata.count() * rows);
    MetricKind kind = requireNonNull(metric.kind);
    MetricsLane lane = table(kind).lane;
    put(lane.metricName, metric.name, body, rows);
    put(lane.metricDescription, metric.description, body, rows);
    put(lane.metricUnit, metric.unit, body, rows);
    scratch.metadata.set(lane.metricMetadata, metric.metadata, body);
    scratch.metadata.putRows(lane.metricMetadata, rows);
    switch (lane) {
      case SumLane sum -> {
        sum.temporality.fillInts(metric.temporality, rows);
        sum.monotonic.fillBytes(metric.monotonic ? 1 : 0, rows);
      }
      case HistogramLane histogram ->
          histogram.distribution.temporality().fillInts(metric.temporality, rows);
      case ExponentialHistogramLane histogram ->
          histogram.distribution.temporality().fillInts(metric.temporality, rows);
      case GaugeLane gauge -> {}
      case SummaryLane summary -> {}
    }
  }

  private static void put(LowCardinalityColumn column, Slice slice, byte[] body, int rows) {
    column.putKey(column.keyOf(slice.source(body), slice.from(), slice.length), rows);
  }

  private Table table(MetricKind kind) {
    Table table = tables.get(kind);
    if (table == null) {
      MetricsLane lane =
          switch (kind) {
            case GAUGE -> lanes.gauge();
            case SUM -> lanes.sum();
            case HISTOGRAM -> lanes.histogram();
            case EXPONENTIAL_HISTOGRAM -> lanes.exponentialHistogram();
            case SUMMARY -> lanes.summary();
          };
      table = new Table(lane, open(lane.source));
      tables.put(kind, table);
    }
    return table;
  }

  private @Nullable Rejection rejection(MetricKind kind, PointFields fields) {
    Rejection ofSource = sourceRejection();
    if (ofSource != null) {
      return ofSource;
    }
    if (metric.rejection != null) {
      return metric.rejection;
    }
    if (fields.rejection != null) {
      return fields.rejection;
    }
    if (fields.tooManyElements()) {
      return Rejection.tooMany("buckets", LongList.COUNT_MAX);
    }
    if (fields.exemplars.tooMany()) {
      return Rejection.tooMany("exemplars", PointExemplars.COUNT_MAX);
    }
    int buckets = fields.bucketCounts.count();
    int bounds = fields.bounds.count();
    if (kind == MetricKind.HISTOGRAM && buckets + bounds > 0 && buckets != bounds + 1) {
      return Rejection.buckets(buckets, bounds);
    }
    return rejection(fields.exemplars);
  }

  private static @Nullable Rejection rejection(PointExemplars exemplars) {
    for (int i = 0; i < exemplars.count(); i++) {
      int trace = exemplars.traceIdLength(i);
      int span = exemplars.spanIdLength(i);
      if ((trace != 0 && trace != 16) || (span != 0 && span != 8)) {
        return Rejection.exemplar();
      }
    }
    return null;
  }
}
