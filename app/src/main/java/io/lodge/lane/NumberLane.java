package io.lodge.lane;

import io.lodge.block.FixedColumn;

/** Columns of gauges and of sums: data points that are one number. */
public abstract sealed class NumberLane extends MetricsLane permits GaugeLane, SumLane {
  /** Also of a point whose value is an integer, as near as a double comes. */
  public final FixedColumn value = add("Value", FixedColumn.float64());

  /** The exact value of a point whose value is an integer; else 0. */
  public final FixedColumn valueInt = add("ValueInt", FixedColumn.int64());

  /** 0: no value; 1: double; 2: integer. */
  public final FixedColumn valueType = add("ValueType", FixedColumn.uint8());

  public final ExemplarColumns exemplars = ExemplarColumns.addTo(this);

  NumberLane(String table) {
    super(table);
  }
}
