package io.lodge.block;

/**
 * {@code Map(LowCardinality(String), V)}. Append the entries of a row to {@link #keys} and {@link
 * #values}, then end the row.
 *
 * @param <V> the column of the values: plain strings, or LowCardinality where values repeat
 */
public final class MapColumn<V extends Column> implements Column {
  private final LowCardinalityColumn keys;
  private final V values;

  /** Where each row's entries end, counted from the first row: the Native form of array offsets. */
  private final FixedColumn ends;

  private MapColumn(V values) {
    this(new LowCardinalityColumn(), values, FixedColumn.uint64());
  }

  private MapColumn(LowCardinalityColumn keys, V values, FixedColumn ends) {
    this.keys = keys;
    this.values = values;
    this.ends = ends;
  }

  public static MapColumn<StringColumn> ofStrings() {
    return new MapColumn<>(new StringColumn());
  }

  public static MapColumn<LowCardinalityColumn> ofLowCardinality() {
    return new MapColumn<>(new LowCardinalityColumn());
  }

  /** A map with values of any column, such as numbers. */
  public static <V extends Column> MapColumn<V> of(V values) {
    return new MapColumn<>(values);
  }

  public LowCardinalityColumn keys() {
    return keys;
  }

  public V values() {
    return values;
  }

  public void endRow() {
    ends.putLong(keys.rows());
  }

  /** Ends {@code times} rows of {@code entries} each, all of whose entries have been appended. */
  public void endRows(int entries, int times) {
    ends.fillLongs(keys.rows() - (long) entries * (times - 1), entries, times);
  }

  @Override
  public String type() {
    return "Map(LowCardinality(String), " + values.type() + ")";
  }

  @Override
  public int rows() {
    return ends.rows();
  }

  @Override
  public void mark() {
    keys.mark();
    values.mark();
    ends.mark();
  }

  @Override
  public void rollback() {
    keys.rollback();
    values.rollback();
    ends.rollback();
  }

  @Override
  public void clear() {
    keys.clear();
    values.clear();
    ends.clear();
  }

  @Override
  public long sizeBytes() {
    return keys.sizeBytes() + values.sizeBytes() + ends.sizeBytes();
  }

  @Override
  public MapColumn<Column> copy(int from, int to) {
    int start = ends.startOf(from);
    int end = ends.startOf(to);
    return new MapColumn<>(keys.copy(start, end), values.copy(start, end), ends.copyEnds(from, to));
  }

  @Override
  public void writePrefix(FrameWriter out) {
    keys.writePrefix(out);
    values.writePrefix(out);
  }

  @Override
  public void writeData(FrameWriter out) {
    ends.writeData(out);
    keys.writeData(out);
    values.writeData(out);
  }
}
