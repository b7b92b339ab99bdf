package io.lodge.lane;

import io.lodge.block.ChunkPool;
import io.lodge.block.Column;
import io.lodge.block.Compression;
import io.lodge.block.EncodedBlock;
import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.NativeBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A landing table and the block of rows that is being built for it. Belongs to one thread. */
public abstract sealed class Lane
    permits LogsLane,
        TracesLane,
        MetricsLane,
        DeadLettersLane,
        SeriesLane,
        SamplesLane,
        NativeHistogramsLane,
        ExemplarsLane,
        MetricMetadataLane,
        WideEventsLane,
        AnalyticsLane,
        ReplaysLane,
        LedgerLane {
  private static final String SERVICE = "ServiceName";
  private static final String RECEIVED = "ReceivedAt";

  private final String table;
  private final List<NativeBlock.Named> columns = new ArrayList<>();
  private @Nullable Retention retention;
  private @Nullable LowCardinalityColumn service;
  private @Nullable FixedColumn received;
  private int markedRows;

  /** How long after the time in this column ClickHouse deletes a row: the table's TTL. */
  record Retention(FixedColumn time, Duration kept) {}

  Lane(String table) {
    this.table = table;
  }

  /** Names the next column. Called while a lane is constructed, in the order of the table. */
  final <C extends Column> C add(String name, C column) {
    columns.add(new NativeBlock.Named(name, column));
    if (name.equals(SERVICE) && column instanceof LowCardinalityColumn names) {
      service = names;
    }
    if (name.equals(RECEIVED) && column instanceof FixedColumn times) {
      received = times;
    }
    return column;
  }

  /** Says when rows expire. Called while a lane is constructed; the table's TTL says the same. */
  final void expires(FixedColumn time, Duration kept) {
    retention = new Retention(time, kept);
  }

  /** The TTL of the table rows end up in, as Lodge ships it; null if its rows never expire. */
  final @Nullable Retention retention() {
    return retention;
  }

  /**
   * How many rows are older than their table keeps rows: ClickHouse deletes them with the last row
   * of their part, mostly at once, unless an operator made the table's TTL longer.
   */
  public final int rowsExpired(Instant now) {
    return retention == null ? 0 : retention.time.countBefore(now.minus(retention.kept));
  }

  /** The table blocks are inserted into, with its database. */
  public final String table() {
    return table;
  }

  /** The name by which people read the rows, with its database. */
  final String readName() {
    return table.replaceFirst("(_landing|_0)$", "");
  }

  /** The column that says whose a row is; null if no column does. */
  final @Nullable LowCardinalityColumn service() {
    return service;
  }

  /**
   * When a row was received, in nanoseconds since 1970.
   *
   * @param otherwise if no column says it
   */
  final long receivedUnixNanos(int row, Instant otherwise) {
    return received == null
        ? otherwise.getEpochSecond() * 1_000_000_000L + otherwise.getNano()
        : received.longAt(row);
  }

  /**
   * Whether a row is a record: not so where rows describe other rows, or where fresh blocks leave
   * out some that blocks decoded again have.
   */
  public boolean isOfRecords() {
    return true;
  }

  /** What tokens call the block: other rows of one segment for one table have another name. */
  public String blockName() {
    return table;
  }

  /** The columns in the order of the table, with their names. */
  public final List<NativeBlock.Named> columns() {
    return List.copyOf(columns);
  }

  public final int rows() {
    return columns.getFirst().column().rows();
  }

  /** The uncompressed size of the block so far, about. */
  public final long sizeBytes() {
    long size = 0;
    for (NativeBlock.Named named : columns) {
      size += named.column().sizeBytes();
    }
    return size;
  }

  /** All rows as one block, ready to send. */
  public final EncodedBlock encode(Compression compression, ChunkPool pool) {
    return NativeBlock.encode(columns, compression, pool);
  }

  /** Some of the rows as a block: for one that ClickHouse does not take whole. */
  public final EncodedBlock encode(int from, int to, Compression compression, ChunkPool pool) {
    return NativeBlock.encode(NativeBlock.copy(columns, from, to), compression, pool);
  }

  /** One row as the Native format has it, uncompressed. */
  public final byte[] plain(int row) {
    return NativeBlock.plain(NativeBlock.copy(columns, row, row + 1));
  }

  /** What a row has in the column of this name; empty if there is no such column of words. */
  public final byte[] word(String column, int row) {
    for (NativeBlock.Named named : columns) {
      if (named.name().equals(column) && named.column() instanceof LowCardinalityColumn words) {
        return words.valueAt(row);
      }
    }
    return new byte[0];
  }

  void mark() {
    markedRows = rows();
    columns.forEach(named -> named.column().mark());
  }

  /** Rows since the mark. */
  final int rowsSinceMark() {
    return rows() - markedRows;
  }

  /** The row that was, or will be, the first since the mark. */
  final int markedRow() {
    return markedRows;
  }

  void rollback() {
    columns.forEach(named -> named.column().rollback());
  }

  void clear() {
    markedRows = 0;
    columns.forEach(named -> named.column().clear());
  }
}
