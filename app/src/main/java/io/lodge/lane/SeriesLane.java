package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;

/**
 * Columns of {@code otel.prom_series_0}: which series had samples on a day, with their labels. A
 * block has each series once for a day, and the table folds those of many blocks.
 */
public final class SeriesLane extends Lane {
  public static final String TABLE = "otel.prom_series_0";

  /** The day of the sample's own time, in UTC. */
  public final FixedColumn day = add("Day", FixedColumn.date());

  public final LowCardinalityColumn metricName = add("MetricName", new LowCardinalityColumn());
  public final FixedColumn seriesId = add("SeriesId", FixedColumn.uint64());

  /** All labels but {@code __name__}, sorted by name. */
  public final MapColumn<StringColumn> labels = add("Labels", MapColumn.ofStrings());

  public final LowCardinalityColumn tenant = add("Tenant", new LowCardinalityColumn());
  public final FixedColumn receivedAt = add("ReceivedAt", FixedColumn.dateTime64Nanos());

  private final SeriesSet known = new SeriesSet();

  SeriesLane() {
    super(TABLE);
  }

  /** Whether the block lacks this series for this day; the caller then appends its row. */
  public boolean isNew(long id, int dayNumber) {
    return known.add(id, dayNumber);
  }

  @Override
  void mark() {
    super.mark();
    known.mark();
  }

  @Override
  void rollback() {
    super.rollback();
    known.rollback();
  }

  @Override
  void clear() {
    super.clear();
    known.clear();
  }
}
