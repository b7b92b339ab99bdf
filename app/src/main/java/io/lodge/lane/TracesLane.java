package io.lodge.lane;

import io.lodge.block.ArrayColumn;
import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;
import java.time.Duration;

/**
 * Columns of {@code otel.otel_traces_landing}, a row per span, named as the OpenTelemetry exporter
 * for ClickHouse does. Every row appends to each column once; the arrays of its events, and those
 * of its links, have equally many elements.
 */
public final class TracesLane extends Lane {
  public static final String TABLE = "otel.otel_traces_landing";

  /** When the span began. */
  public final FixedColumn timestamp = add("Timestamp", FixedColumn.dateTime64Nanos());

  /** How long it took, in nanoseconds. */
  public final FixedColumn duration = add("Duration", FixedColumn.uint64());

  /** Hexadecimal text, as are all ids. */
  public final StringColumn traceId = add("TraceId", new StringColumn());

  public final StringColumn spanId = add("SpanId", new StringColumn());

  /** Empty for a root span. */
  public final StringColumn parentSpanId = add("ParentSpanId", new StringColumn());

  public final StringColumn traceState = add("TraceState", new StringColumn());

  /** W3C trace flags in the low 8 bits; 0x100 and 0x200 say whether the parent is remote. */
  public final FixedColumn flags = add("Flags", FixedColumn.uint32());

  public final LowCardinalityColumn spanName = add("SpanName", new LowCardinalityColumn());

  /** {@code Unspecified}, {@code Internal}, {@code Server}, {@code Client}, and so on. */
  public final LowCardinalityColumn spanKind = add("SpanKind", new LowCardinalityColumn());

  public final MapColumn<StringColumn> spanAttributes =
      add("SpanAttributes", MapColumn.ofStrings());
  public final FixedColumn spanDropped = add("SpanDroppedAttributesCount", FixedColumn.uint32());

  /** {@code Unset}, {@code Ok} or {@code Error}. */
  public final LowCardinalityColumn statusCode = add("StatusCode", new LowCardinalityColumn());

  public final StringColumn statusMessage = add("StatusMessage", new StringColumn());

  public final ArrayColumn<FixedColumn> eventTimestamps =
      add("Events.Timestamp", ArrayColumn.of(FixedColumn.dateTime64Nanos()));
  public final ArrayColumn<LowCardinalityColumn> eventNames =
      add("Events.Name", ArrayColumn.of(new LowCardinalityColumn()));
  public final ArrayColumn<MapColumn<StringColumn>> eventAttributes =
      add("Events.Attributes", ArrayColumn.of(MapColumn.ofStrings()));
  public final ArrayColumn<FixedColumn> eventDropped =
      add("Events.DroppedAttributesCount", ArrayColumn.of(FixedColumn.uint32()));
  public final FixedColumn droppedEvents = add("DroppedEventsCount", FixedColumn.uint32());

  public final ArrayColumn<StringColumn> linkTraceIds =
      add("Links.TraceId", ArrayColumn.of(new StringColumn()));
  public final ArrayColumn<StringColumn> linkSpanIds =
      add("Links.SpanId", ArrayColumn.of(new StringColumn()));
  public final ArrayColumn<StringColumn> linkTraceStates =
      add("Links.TraceState", ArrayColumn.of(new StringColumn()));
  public final ArrayColumn<MapColumn<StringColumn>> linkAttributes =
      add("Links.Attributes", ArrayColumn.of(MapColumn.ofStrings()));
  public final ArrayColumn<FixedColumn> linkDropped =
      add("Links.DroppedAttributesCount", ArrayColumn.of(FixedColumn.uint32()));
  public final ArrayColumn<FixedColumn> linkFlags =
      add("Links.Flags", ArrayColumn.of(FixedColumn.uint32()));
  public final FixedColumn droppedLinks = add("DroppedLinksCount", FixedColumn.uint32());

  public final SourceColumns source = SourceColumns.addTo(this);

  /** How many spans the row stands for: 1, but for a sample's. */
  public final FixedColumn sampleRate = add("SampleRate", FixedColumn.uint32());

  TracesLane() {
    super(TABLE);
    expires(timestamp, Duration.ofDays(30));
  }

  /** Ends the arrays of a row whose elements have been appended. */
  public void endEventsAndLinks() {
    eventTimestamps.endRow();
    eventNames.endRow();
    eventAttributes.endRow();
    eventDropped.endRow();
    linkTraceIds.endRow();
    linkSpanIds.endRow();
    linkTraceStates.endRow();
    linkAttributes.endRow();
    linkDropped.endRow();
    linkFlags.endRow();
  }
}
