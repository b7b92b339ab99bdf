package io.lodge.lane;

import io.lodge.block.FixedColumn;

/** Columns of {@code otel.otel_metrics_sum_landing}. */
public final class SumLane extends NumberLane {
  public static final String TABLE = "otel.otel_metrics_sum_landing";

  /** 0: unspecified; 1: delta; 2: cumulative. */
  public final FixedColumn temporality = add("AggregationTemporality", FixedColumn.int32());

  public final FixedColumn monotonic = add("IsMonotonic", FixedColumn.bool());

  SumLane() {
    super(TABLE);
  }
}
