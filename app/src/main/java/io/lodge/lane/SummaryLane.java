package io.lodge.lane;

import io.lodge.block.ArrayColumn;
import io.lodge.block.FixedColumn;

/** Columns of {@code otel.otel_metrics_summary_landing}. */
public final class SummaryLane extends MetricsLane {
  public static final String TABLE = "otel.otel_metrics_summary_landing";

  public final FixedColumn count = add("Count", FixedColumn.uint64());
  public final FixedColumn sum = add("Sum", FixedColumn.float64());
  public final ArrayColumn<FixedColumn> quantiles =
      add("ValueAtQuantiles.Quantile", ArrayColumn.of(FixedColumn.float64()));
  public final ArrayColumn<FixedColumn> values =
      add("ValueAtQuantiles.Value", ArrayColumn.of(FixedColumn.float64()));

  SummaryLane() {
    super(TABLE);
  }
}
