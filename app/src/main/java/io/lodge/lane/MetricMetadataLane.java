package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;

/** Columns of {@code otel.prom_metadata_0}: what a metric is, as its sender last said. */
public final class MetricMetadataLane extends Lane {
  public static final String TABLE = "otel.prom_metadata_0";

  public final LowCardinalityColumn metricName = add("MetricName", new LowCardinalityColumn());

  /** As in PromQL's metadata: {@code counter}, {@code gauge}, and so on. */
  public final LowCardinalityColumn type = add("Type", new LowCardinalityColumn());

  public final StringColumn help = add("Help", new StringColumn());
  public final LowCardinalityColumn unit = add("Unit", new LowCardinalityColumn());
  public final LowCardinalityColumn tenant = add("Tenant", new LowCardinalityColumn());
  public final FixedColumn receivedAt = add("ReceivedAt", FixedColumn.dateTime64Nanos());

  MetricMetadataLane() {
    super(TABLE);
  }

  @Override
  public boolean isOfRecords() {
    return false;
  }
}
