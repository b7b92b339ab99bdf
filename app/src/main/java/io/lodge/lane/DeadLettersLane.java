package io.lodge.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import java.time.Instant;

/**
 * Columns of {@code otel.dead_letters_0}: records that cannot be stored in their own table, with
 * the reason. They came in a request whose other records were stored.
 */
public final class DeadLettersLane extends Lane {
  public static final String TABLE = "otel.dead_letters_0";

  public final FixedColumn receivedAt = add("ReceivedAt", FixedColumn.dateTime64Nanos());

  /** The label of the payload's kind: which decoder refused it. */
  public final LowCardinalityColumn kind = add("Kind", new LowCardinalityColumn());

  /** One word for a machine, such as {@code invalid_trace_id}. */
  public final LowCardinalityColumn reason = add("Reason", new LowCardinalityColumn());

  /** A sentence for a person. */
  public final StringColumn detail = add("Detail", new StringColumn());

  public final LowCardinalityColumn tenant = add("Tenant", new LowCardinalityColumn());
  public final LowCardinalityColumn serviceName = add("ServiceName", new LowCardinalityColumn());

  /** The record's bytes as received, in the format that {@link #kind} says. */
  public final StringColumn record = add("Record", new StringColumn());

  /** Where the record began in the decompressed body. */
  public final FixedColumn recordOffset = add("RecordOffset", FixedColumn.uint64());

  /**
   * Of a row that ClickHouse refused: the landing table it was for. Empty for what a decoder
   * refused.
   */
  public final LowCardinalityColumn target = add("Target", new LowCardinalityColumn());

  /** What the request said beside its body, such as a dataset's name. */
  public final LowCardinalityColumn context = add("Context", new LowCardinalityColumn());

  /** The record's resource, a JSON object; empty where it has none, or it could not be read. */
  public final LowCardinalityColumn resource = add("Resource", new LowCardinalityColumn());

  /** The same of its scope. */
  public final LowCardinalityColumn scope = add("Scope", new LowCardinalityColumn());

  /** What else it lay in: a metric without its points, a stream's labels, a bulk action's index. */
  public final LowCardinalityColumn parent = add("Parent", new LowCardinalityColumn());

  DeadLettersLane() {
    super(TABLE);
  }

  /**
   * Appends a row that ClickHouse refuses: {@link #record} has it as an uncompressed Native block,
   * {@link #recordOffset} its place in the block it came with.
   *
   * @param received about when
   * @param message the server's
   */
  public void addRefusedRow(Instant received, Lane lane, int row, byte[] message) {
    receivedAt.putLong(lane.receivedUnixNanos(row, received));
    put(kind, "row".getBytes(UTF_8));
    put(reason, "refused_by_clickhouse".getBytes(UTF_8));
    detail.put(message, 0, message.length);
    put(tenant, lane.word("Tenant", row));
    put(serviceName, lane.word("ServiceName", row));
    byte[] block = lane.plain(row);
    record.put(block, 0, block.length);
    recordOffset.putLong(row);
    put(target, lane.table().getBytes(UTF_8));
    context.putKey(0, 1);
    resource.putKey(0, 1);
    scope.putKey(0, 1);
    parent.putKey(0, 1);
  }

  private static void put(LowCardinalityColumn column, byte[] word) {
    column.put(word, 0, word.length);
  }

  /** Appends an empty value to every column of where the record lay: it lay in nothing. */
  public void putNoSource() {
    resource.putKey(0, 1);
    scope.putKey(0, 1);
    parent.putKey(0, 1);
    target.putKey(0, 1);
  }
}
