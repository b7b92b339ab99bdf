package io.lodge.block;

/**
 * One column of a block under construction.
 *
 * <p>A mark names the state to which {@link #rollback} returns: a request is decoded straight into
 * the open block, and a malformed one leaves no trace, not even in a dictionary.
 */
public sealed interface Column
    permits FixedColumn, StringColumn, LowCardinalityColumn, MapColumn, ArrayColumn {

  /** The ClickHouse type, as in {@code CREATE TABLE}. */
  String type();

  int rows();

  /** Remembers the present state, in place of an earlier mark. */
  void mark();

  /** Returns to the marked state. */
  void rollback();

  /** Empties the column for the next block; large arrays are let go. */
  void clear();

  /** The bytes of data now in the column, as they would go over the wire uncompressed, about. */
  long sizeBytes();

  /** Writes what the Native format puts before all data of the column (serialization versions). */
  void writePrefix(FrameWriter out);

  /** Writes the data of all rows. */
  void writeData(FrameWriter out);

  /**
   * A column of its own with some of the rows, as if only they had been put: for the rare block
   * that must go in pieces. A copy; this column is only read.
   *
   * @param from the first row
   * @param to the row behind the last
   */
  Column copy(int from, int to);
}
