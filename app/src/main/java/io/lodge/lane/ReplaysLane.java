package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;

/** Columns of {@code otel.dead_letter_replays_0}: what became of dead letters sent again. */
public final class ReplaysLane extends Lane {
  public static final String TABLE = "otel.dead_letter_replays_0";

  /** The dead letter's id: 32 hexadecimal digits. */
  public final StringColumn letter = add("Letter", new StringColumn());

  public final FixedColumn at = add("At", FixedColumn.dateTime64Nanos());

  /** Which gateway sent it. */
  public final LowCardinalityColumn gateway = add("Gateway", new LowCardinalityColumn());

  /** {@code stored}, {@code dropped} by a routing rule, or {@code rejected}: a dead letter anew. */
  public final LowCardinalityColumn outcome = add("Outcome", new LowCardinalityColumn());

  /** Why, of one that is not stored. */
  public final StringColumn detail = add("Detail", new StringColumn());

  ReplaysLane() {
    super(TABLE);
  }

  @Override
  public boolean isOfRecords() {
    return false;
  }
}
