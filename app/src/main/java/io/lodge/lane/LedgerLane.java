package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Columns of {@code otel.delivery_ledger_0}. A segment's block of it is the last that is sent: a
 * row of the side {@code stored} says that all of the segment is in its tables.
 */
public final class LedgerLane extends Lane {
  public static final String TABLE = "otel.delivery_ledger_0";

  private static final int SECONDS_PER_MINUTE = 60;

  private final FixedColumn minute = add("Minute", FixedColumn.dateTime());
  private final LowCardinalityColumn side = add("Side", new LowCardinalityColumn());
  private final LowCardinalityColumn gateway = add("Gateway", new LowCardinalityColumn());
  private final LowCardinalityColumn tenant = add("Tenant", new LowCardinalityColumn());
  private final LowCardinalityColumn protocol = add("Protocol", new LowCardinalityColumn());
  private final LowCardinalityColumn serviceName = add("ServiceName", new LowCardinalityColumn());
  private final LowCardinalityColumn readFrom = add("Table", new LowCardinalityColumn());
  private final LowCardinalityColumn reason = add("Reason", new LowCardinalityColumn());
  private final StringColumn segment = add("Segment", new StringColumn());
  private final FixedColumn requests = add("Requests", FixedColumn.uint64());
  private final FixedColumn records = add("Records", FixedColumn.uint64());
  private final FixedColumn deadLettered = add("DeadLettered", FixedColumn.uint64());
  private final FixedColumn dropped = add("Dropped", FixedColumn.uint64());
  private final FixedColumn rows = add("Rows", FixedColumn.uint64());
  private final FixedColumn rowsLate = add("RowsLate", FixedColumn.uint64());
  private final FixedColumn bytes = add("Bytes", FixedColumn.uint64());

  LedgerLane() {
    super(TABLE);
    expires(minute, Duration.ofDays(90));
  }

  @Override
  public boolean isOfRecords() {
    return false;
  }

  /**
   * Appends a row.
   *
   * @param gatewayId whose segment it was
   * @param segmentId of a stored row: the segment it is about; empty otherwise
   * @param why of a refused row: the reason, as one word; empty otherwise
   */
  public void put(
      LedgerSide says, String gatewayId, String segmentId, LedgerEntry entry, String why) {
    LedgerSource source = entry.source();
    LedgerCounts counts = entry.counts();
    minute.putInt(source.minute() * SECONDS_PER_MINUTE);
    put(side, says.label());
    put(gateway, gatewayId);
    put(tenant, source.tenant());
    put(protocol, source.protocol());
    put(serviceName, source.service());
    put(readFrom, source.table());
    put(reason, why);
    byte[] id = bytesOf(segmentId);
    segment.put(id, 0, id.length);
    requests.putLong(counts.requests());
    records.putLong(counts.records());
    deadLettered.putLong(counts.deadLettered());
    dropped.putLong(counts.dropped());
    rows.putLong(counts.rows());
    rowsLate.putLong(counts.rowsLate());
    bytes.putLong(counts.bytes());
  }

  private static void put(LowCardinalityColumn column, String value) {
    byte[] text = bytesOf(value);
    column.put(text, 0, text.length);
  }

  private static byte[] bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
