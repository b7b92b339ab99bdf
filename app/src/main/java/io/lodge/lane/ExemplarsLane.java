package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;
import java.time.Duration;

/** Columns of {@code otel.prom_exemplars_0}: a row per exemplar of a Prometheus series. */
public final class ExemplarsLane extends Lane {
  public static final String TABLE = "otel.prom_exemplars_0";

  public final LowCardinalityColumn metricName = add("MetricName", new LowCardinalityColumn());
  public final FixedColumn seriesId = add("SeriesId", FixedColumn.uint64());
  public final FixedColumn timestamp = add("Timestamp", FixedColumn.dateTime64Millis());
  public final FixedColumn value = add("Value", FixedColumn.float64());
  public final MapColumn<StringColumn> labels = add("Labels", MapColumn.ofStrings());
  public final LowCardinalityColumn tenant = add("Tenant", new LowCardinalityColumn());

  ExemplarsLane() {
    super(TABLE);
    expires(timestamp, Duration.ofDays(30));
  }
}
