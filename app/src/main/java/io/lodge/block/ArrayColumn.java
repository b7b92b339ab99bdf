package io.lodge.block;

/**
 * {@code Array(V)}. Append the elements of a row to {@link #values}, then end the row. The columns
 * of a {@code Nested} are arrays whose rows have equally many elements.
 *
 * @param <V> the column of the elements
 */
public final class ArrayColumn<V extends Column> implements Column {
  private final V values;

  /** Where each row's elements end, counted from the first row. */
  private final FixedColumn ends;

  private ArrayColumn(V values) {
    this(values, FixedColumn.uint64());
  }

  private ArrayColumn(V values, FixedColumn ends) {
    this.values = values;
    this.ends = ends;
  }

  public static <V extends Column> ArrayColumn<V> of(V values) {
    return new ArrayColumn<>(values);
  }

  public V values() {
    return values;
  }

  public void endRow() {
    ends.putLong(values.rows());
  }

  /** Ends {@code times} rows of {@code elements} each, all of which have been appended. */
  public void endRows(int elements, int times) {
    ends.fillLongs(values.rows() - (long) elements * (times - 1), elements, times);
  }

  @Override
  public String type() {
    return "Array(" + values.type() + ")";
  }

  @Override
  public int rows() {
    return ends.rows();
  }

  @Override
  public void mark() {
    values.mark();
    ends.mark();
  }

  @Override
  public void rollback() {
    values.rollback();
    ends.rollback();
  }

  @Override
  public void clear() {
    values.clear();
    ends.clear();
  }

  @Override
  public long sizeBytes() {
    return values.sizeBytes() + ends.sizeBytes();
  }

  @Override
  public ArrayColumn<Column> copy(int from, int to) {
    return new ArrayColumn<>(
        values.copy(ends.startOf(from), ends.startOf(to)), ends.copyEnds(from, to));
  }

  @Override
  public void writePrefix(FrameWriter out) {
    values.writePrefix(out);
  }

  @Override
  public void writeData(FrameWriter out) {
    ends.writeData(out);
    values.writeData(out);
  }
}
