package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;
import java.time.Duration;

/**
 * Columns of {@code otel.generic_logs_landing}, named as the OpenTelemetry exporter for ClickHouse
 * does. Every row appends to each column once.
 *
 * <p>Resource and scope attributes have LowCardinality values: they repeat on each row of a source,
 * so a row costs a byte or two per value instead of the text. The view turns them into the types of
 * the target.
 */
public sealed class LogsLane extends Lane permits ClickHouseLogsLane {
  public static final String TABLE = "otel.generic_logs_landing";

  public final FixedColumn timestamp = add("Timestamp", FixedColumn.dateTime64Nanos());
  public final FixedColumn observedTimestamp =
      add("ObservedTimestamp", FixedColumn.dateTime64Nanos());
  public final StringColumn traceId = add("TraceId", new StringColumn());
  public final StringColumn spanId = add("SpanId", new StringColumn());
  public final FixedColumn traceFlags = add("TraceFlags", FixedColumn.uint32());
  public final LowCardinalityColumn severityText = add("SeverityText", new LowCardinalityColumn());
  public final FixedColumn severityNumber = add("SeverityNumber", FixedColumn.uint8());
  public final LowCardinalityColumn serviceName = add("ServiceName", new LowCardinalityColumn());
  public final StringColumn body = add("Body", new StringColumn());
  public final LowCardinalityColumn eventName = add("EventName", new LowCardinalityColumn());
  public final LowCardinalityColumn resourceSchemaUrl =
      add("ResourceSchemaUrl", new LowCardinalityColumn());
  public final MapColumn<LowCardinalityColumn> resourceAttributes =
      add("ResourceAttributes", MapColumn.ofLowCardinality());
  public final FixedColumn resourceDropped =
      add("ResourceDroppedAttributesCount", FixedColumn.uint32());
  public final LowCardinalityColumn scopeSchemaUrl =
      add("ScopeSchemaUrl", new LowCardinalityColumn());
  public final LowCardinalityColumn scopeName = add("ScopeName", new LowCardinalityColumn());
  public final LowCardinalityColumn scopeVersion = add("ScopeVersion", new LowCardinalityColumn());
  public final MapColumn<LowCardinalityColumn> scopeAttributes =
      add("ScopeAttributes", MapColumn.ofLowCardinality());
  public final FixedColumn scopeDropped = add("ScopeDroppedAttributesCount", FixedColumn.uint32());
  public final MapColumn<StringColumn> logAttributes = add("LogAttributes", MapColumn.ofStrings());
  public final FixedColumn logDropped = add("LogDroppedAttributesCount", FixedColumn.uint32());
  public final LowCardinalityColumn tenant = add("Tenant", new LowCardinalityColumn());
  public final FixedColumn receivedAt = add("ReceivedAt", FixedColumn.dateTime64Nanos());

  /** How many records the row stands for: 1, but for a sample's. */
  public final FixedColumn sampleRate = add("SampleRate", FixedColumn.uint32());

  public final SourceColumns source =
      new SourceColumns(
          serviceName,
          resourceSchemaUrl,
          resourceAttributes,
          resourceDropped,
          scopeSchemaUrl,
          scopeName,
          scopeVersion,
          scopeAttributes,
          scopeDropped,
          tenant,
          receivedAt);

  LogsLane() {
    this(TABLE, Duration.ofDays(180));
  }

  LogsLane(String table, Duration kept) {
    super(table);
    expires(timestamp, kept);
  }
}
