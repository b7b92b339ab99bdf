package io.lodge.lane;

import io.lodge.block.ArrayColumn;
import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import java.time.Duration;

/**
 * Columns of {@code otel.prom_histograms_0}: a row per native histogram of a Prometheus series, as
 * the wire has it. A histogram has whole numbers, as differences from bucket to bucket, or floating
 * point counts; {@link #isFloat} says which of the columns mean something.
 */
public final class NativeHistogramsLane extends Lane {
  public static final String TABLE = "otel.prom_histograms_0";

  public final LowCardinalityColumn metricName = add("MetricName", new LowCardinalityColumn());
  public final FixedColumn seriesId = add("SeriesId", FixedColumn.uint64());
  public final FixedColumn timestamp = add("Timestamp", FixedColumn.dateTime64Millis());
  public final FixedColumn startTimestamp = add("StartTimestamp", FixedColumn.dateTime64Millis());
  public final FixedColumn isFloat = add("IsFloat", FixedColumn.bool());
  public final FixedColumn countInt = add("CountInt", FixedColumn.uint64());
  public final FixedColumn countFloat = add("CountFloat", FixedColumn.float64());
  public final FixedColumn sum = add("Sum", FixedColumn.float64());

  /** -4 to 8: buckets by powers of two; -53: bounds of its own, in {@link #customValues}. */
  public final FixedColumn schema = add("Schema", FixedColumn.int32());

  public final FixedColumn zeroThreshold = add("ZeroThreshold", FixedColumn.float64());
  public final FixedColumn zeroCountInt = add("ZeroCountInt", FixedColumn.uint64());
  public final FixedColumn zeroCountFloat = add("ZeroCountFloat", FixedColumn.float64());
  public final Buckets negative = new Buckets(this, "Negative");
  public final Buckets positive = new Buckets(this, "Positive");

  /** 0 unknown, 1 yes, 2 no, 3 gauge. */
  public final FixedColumn resetHint = add("ResetHint", FixedColumn.uint8());

  public final ArrayColumn<FixedColumn> customValues =
      add("CustomValues", ArrayColumn.of(FixedColumn.float64()));
  public final LowCardinalityColumn tenant = add("Tenant", new LowCardinalityColumn());

  NativeHistogramsLane() {
    super(TABLE);
    expires(timestamp, Duration.ofDays(400));
  }

  /** The buckets on one side of zero. */
  public static final class Buckets {
    public final ArrayColumn<FixedColumn> spanOffsets;
    public final ArrayColumn<FixedColumn> spanLengths;
    public final ArrayColumn<FixedColumn> deltas;
    public final ArrayColumn<FixedColumn> counts;

    Buckets(Lane lane, String side) {
      spanOffsets = lane.add(side + "SpanOffsets", ArrayColumn.of(FixedColumn.int32()));
      spanLengths = lane.add(side + "SpanLengths", ArrayColumn.of(FixedColumn.uint32()));
      deltas = lane.add(side + "Deltas", ArrayColumn.of(FixedColumn.int64()));
      counts = lane.add(side + "Counts", ArrayColumn.of(FixedColumn.float64()));
    }

    public void endRow() {
      spanOffsets.endRow();
      spanLengths.endRow();
      deltas.endRow();
      counts.endRow();
    }
  }
}
