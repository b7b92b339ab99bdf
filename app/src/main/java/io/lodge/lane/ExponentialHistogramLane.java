package io.lodge.lane;

import io.lodge.block.ArrayColumn;
import io.lodge.block.FixedColumn;

/** Columns of {@code otel.otel_metrics_exponential_histogram_landing}. */
public final class ExponentialHistogramLane extends MetricsLane {
  public static final String TABLE = "otel.otel_metrics_exponential_histogram_landing";

  public final DistributionColumns distribution = DistributionColumns.addTo(this);
  public final FixedColumn scale = add("Scale", FixedColumn.int32());
  public final FixedColumn zeroCount = add("ZeroCount", FixedColumn.uint64());
  public final FixedColumn zeroThreshold = add("ZeroThreshold", FixedColumn.float64());
  public final FixedColumn positiveOffset = add("PositiveOffset", FixedColumn.int32());
  public final ArrayColumn<FixedColumn> positiveBucketCounts =
      add("PositiveBucketCounts", ArrayColumn.of(FixedColumn.uint64()));
  public final FixedColumn negativeOffset = add("NegativeOffset", FixedColumn.int32());
  public final ArrayColumn<FixedColumn> negativeBucketCounts =
      add("NegativeBucketCounts", ArrayColumn.of(FixedColumn.uint64()));
  public final ExemplarColumns exemplars = ExemplarColumns.addTo(this);

  ExponentialHistogramLane() {
    super(TABLE);
  }
}
