package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;
import java.time.Duration;

/**
 * The columns that all kinds of metrics have, a row per data point, named as the OpenTelemetry
 * exporter for ClickHouse does.
 */
public abstract sealed class MetricsLane extends Lane
    permits NumberLane, HistogramLane, ExponentialHistogramLane, SummaryLane {
  public final LowCardinalityColumn metricName = add("MetricName", new LowCardinalityColumn());
  public final LowCardinalityColumn metricDescription =
      add("MetricDescription", new LowCardinalityColumn());
  public final LowCardinalityColumn metricUnit = add("MetricUnit", new LowCardinalityColumn());
  public final MapColumn<LowCardinalityColumn> metricMetadata =
      add("MetricMetadata", MapColumn.ofLowCardinality());
  public final MapColumn<StringColumn> attributes = add("Attributes", MapColumn.ofStrings());

  /** 0 if unknown. */
  public final FixedColumn startTimeUnix = add("StartTimeUnix", FixedColumn.dateTime64Nanos());

  public final FixedColumn timeUnix = add("TimeUnix", FixedColumn.dateTime64Nanos());

  /** Bit 0: no value was recorded, which Prometheus calls stale. */
  public final FixedColumn flags = add("Flags", FixedColumn.uint32());

  public final SourceColumns source = SourceColumns.addTo(this);

  MetricsLane(String table) {
    super(table);
    expires(timeUnix, Duration.ofDays(400));
  }
}
