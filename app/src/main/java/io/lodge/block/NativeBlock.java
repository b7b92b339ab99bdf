package io.lodge.block;

import java.util.List;

/**
 * Writes columns as one block of ClickHouse's Native format, as HTTP takes it (revision 0: no block
 * info, no per-column serialization kinds).
 */
public final class NativeBlock {

  /** A column with its name in the table. */
  public record Named(String name, Column column) {}

  private NativeBlock() {}

  /** The same columns with some of their rows: copies. */
  public static List<Named> copy(List<Named> columns, int from, int to) {
    return columns.stream()
        .map(named -> new Named(named.name(), named.column().copy(from, to)))
        .toList();
  }

  /** All rows as the format has them, without frames and compression. For few rows. */
  public static byte[] plain(List<Named> columns) {
    ChunkPool own = new ChunkPool(1);
    return encode(columns, Compression.NONE, own).unframed();
  }

  /** Compresses a block that is in the Native format already. */
  public static EncodedBlock frame(
      byte[] plain, int rows, Compression compression, ChunkPool pool) {
    FrameWriter out = new FrameWriter(compression, pool);
    out.write(plain, 0, plain.length);
    return out.finish(rows);
  }

  /**
   * Encodes and compresses all rows. The columns are only read.
   *
   * @throws IllegalStateException if the columns differ in rows: a bug in a decoder
   */
  public static EncodedBlock encode(List<Named> columns, Compression compression, ChunkPool pool) {
    int rows = columns.getFirst().column().rows();
    FrameWriter out = new FrameWriter(compression, pool);
    out.writeVarint(columns.size());
    out.writeVarint(rows);
    for (Named named : columns) {
      Column column = named.column();
      if (column.rows() != rows) {
        throw new IllegalStateException(
            "unexpected rows in column %s; got %d want %d"
                .formatted(named.name(), column.rows(), rows));
      }
      out.writeString(named.name());
      out.writeString(column.type());
      // Of a column without rows ClickHouse reads nothing, not even the prefix.
      if (rows > 0) {
        column.writePrefix(out);
        column.writeData(out);
      }
    }
    return out.finish(rows);
  }
}
