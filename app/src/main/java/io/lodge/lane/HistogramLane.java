package io.lodge.lane;

import io.lodge.block.ArrayColumn;
import io.lodge.block.FixedColumn;

/** Columns of {@code otel.otel_metrics_histogram_landing}. */
public final class HistogramLane extends MetricsLane {
  public static final String TABLE = "otel.otel_metrics_histogram_landing";

  public final DistributionColumns distribution = DistributionColumns.addTo(this);
  public final ArrayColumn<FixedColumn> bucketCounts =
      add("BucketCounts", ArrayColumn.of(FixedColumn.uint64()));

  /** One less than there are buckets: the last has no bound. */
  public final ArrayColumn<FixedColumn> explicitBounds =
      add("ExplicitBounds", ArrayColumn.of(FixedColumn.float64()));

  public final ExemplarColumns exemplars = ExemplarColumns.addTo(this);

  HistogramLane() {
    super(TABLE);
  }
}
