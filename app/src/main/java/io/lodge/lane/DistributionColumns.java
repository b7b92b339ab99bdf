package io.lodge.lane;

import io.lodge.block.FixedColumn;

/** What histograms of both kinds know of all their values. What is not there is 0. */
public record DistributionColumns(
    FixedColumn count,
    FixedColumn sum,
    FixedColumn hasSum,
    FixedColumn min,
    FixedColumn hasMin,
    FixedColumn max,
    FixedColumn hasMax,
    FixedColumn temporality) {

  /** Adds them to a lane under construction. */
  static DistributionColumns addTo(Lane lane) {
    return new DistributionColumns(
        lane.add("Count", FixedColumn.uint64()),
        lane.add("Sum", FixedColumn.float64()),
        lane.add("HasSum", FixedColumn.bool()),
        lane.add("Min", FixedColumn.float64()),
        lane.add("HasMin", FixedColumn.bool()),
        lane.add("Max", FixedColumn.float64()),
        lane.add("HasMax", FixedColumn.bool()),
        lane.add("AggregationTemporality", FixedColumn.int32()));
  }
}
