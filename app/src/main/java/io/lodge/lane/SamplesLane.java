package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import java.time.Duration;

/** Columns of {@code otel.prom_samples_0}: a row per sample of a Prometheus series. */
public final class SamplesLane extends Lane {
  public static final String TABLE = "otel.prom_samples_0";

  public final LowCardinalityColumn metricName = add("MetricName", new LowCardinalityColumn());
  public final FixedColumn seriesId = add("SeriesId", FixedColumn.uint64());
  public final FixedColumn timestamp = add("Timestamp", FixedColumn.dateTime64Millis());

  /** Bit for bit: a stale marker is one certain NaN. */
  public final FixedColumn value = add("Value", FixedColumn.float64());

  /** When the counter began; 1970 if the sender does not say. */
  public final FixedColumn startTimestamp = add("StartTimestamp", FixedColumn.dateTime64Millis());

  public final LowCardinalityColumn tenant = add("Tenant", new LowCardinalityColumn());

  SamplesLane() {
    super(TABLE);
    expires(timestamp, Duration.ofDays(400));
  }
}
