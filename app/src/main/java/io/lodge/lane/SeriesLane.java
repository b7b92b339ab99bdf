package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;

/**
 * Columns of {@code otel.prom_series_0}: which series had samples on a day, with their labels. A
 * block has each series at most once for a day, and the table folds those of many blocks. Fresh
 * blocks leave out what was written within the hour.
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

  private final SeriesSet block = new SeriesSet();
  private final SeriesMemory memory;

  /** Whether the rows may lack what the memory knows. */
  private boolean recalling = true;

  /**
   * @param memory what other blocks have, or had
   */
  SeriesLane(SeriesMemory memory) {
    super(TABLE);
    this.memory = memory;
  }

  /**
   * Whether this series must be written for this day; the caller then appends its row.
   *
   * @param hour since 1970, in which the sample was received
   */
  public boolean isNew(long id, int day, int hour) {
    long key = SeriesMemory.key(id, day, hour);
    if (recalling && memory.knows(key)) {
      return false;
    }
    boolean added = block.add(id, day, key);
    if (added && recalling) {
      memory.remember(key);
    }
    return added;
  }

  /**
   * What {@link #isNew} has to do with: as long as it is the same, a series for which it answered
   * need not be asked for again. 0 if each must be.
   */
  public long stamp(int day, int hour) {
    return recalling
        ? Long.MIN_VALUE | (long) day << 48 | (hour & 0xFF_FFFFL) << 24 | memory.epoch()
        : 0;
  }

  /**
   * The block is a segment's that waited: it has every series of the segment's samples, whatever
   * was written since. Until the lane is cleared.
   */
  void writeAll() {
    recalling = false;
  }

  /**
   * All of a segment's series are another block than those it wrote when it was fresh; rows that
   * are in both are folded by the table.
   */
  @Override
  public String blockName() {
    return recalling ? table() : table() + "/all";
  }

  @Override
  void mark() {
    super.mark();
    block.mark();
  }

  @Override
  void rollback() {
    super.rollback();
    block.rollback(memory::forget);
  }

  @Override
  void clear() {
    super.clear();
    block.clear();
    recalling = true;
  }

  @Override
  public boolean isOfRecords() {
    return false;
  }
}
