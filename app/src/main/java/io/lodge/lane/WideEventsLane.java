package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;
import java.time.Duration;

/** Columns of {@code otel.wide_events_landing}: an event and every field it came with. */
public final class WideEventsLane extends Lane {
  public static final String TABLE = "otel.wide_events_landing";

  public final FixedColumn timestamp = add("Timestamp", FixedColumn.dateTime64Nanos());
  public final LowCardinalityColumn dataset = add("Dataset", new LowCardinalityColumn());
  public final LowCardinalityColumn serviceName = add("ServiceName", new LowCardinalityColumn());

  /** Every field but the time, as text. */
  public final MapColumn<StringColumn> labels = add("labels", MapColumn.ofStrings());

  /** The fields that are numbers, once more: ready to be computed with. */
  public final MapColumn<FixedColumn> numbers = add("numbers", MapColumn.of(FixedColumn.float64()));

  public final LowCardinalityColumn tenant = add("Tenant", new LowCardinalityColumn());
  public final FixedColumn receivedAt = add("ReceivedAt", FixedColumn.dateTime64Nanos());

  /** How many events the row stands for: 1, but for a sample's. */
  public final FixedColumn sampleRate = add("SampleRate", FixedColumn.uint32());

  WideEventsLane() {
    super(TABLE);
    expires(timestamp, Duration.ofDays(180));
  }
}
