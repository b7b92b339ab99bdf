package io.lodge.decode.rows;

import io.lodge.decode.Decoded;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.lane.Lanes;
import io.lodge.lane.TracesLane;
import io.lodge.model.Payload;
import org.jspecify.annotations.Nullable;

/** Appends spans, whatever protocol they came by. One per payload. */
public final class SpanRows extends SourceRows {
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  /** An event or a link of two bytes takes about forty in the columns, five times a cell. */
  private static final int CELLS_PER_EVENT = 5;

  private final TracesLane traces;
  private final SpanScratch scratch;
  private final OpenRows open;

  public SpanRows(Payload payload, Lanes lanes, Decoded decoded, SpanScratch scratch) {
    super(payload, lanes, decoded, scratch.source);
    this.scratch = scratch;
    traces = lanes.traces();
    open = open(traces.source);
    scratch.routing.beginPayload(payload, decoded);
  }

  @Override
  public boolean asksSources() {
    return scratch.routing.asksSources();
  }

  /** Appends a span; the parameters are those of {@link LogRows#record}. */
  public void span(SpanFields fields, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    countRecord();
    Rejection rejection = rejection(fields, body);
    if (rejection != null) {
      reject(rejection, body, rawFrom, rawLength, rawOffset);
      return;
    }
    countCells((long) CELLS_PER_EVENT * (fields.events.count() + fields.links.count()));
    store(fields, body, rawFrom, rawLength, rawOffset);
  }

  private void store(SpanFields fields, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    RecordRouting routing = scratch.routing;
    routing.source(resourceNumber(), scopeNumber(), body);
    boolean kept = routing.keeps(fields, body, rawFrom, rawLength, rawOffset);
    countCells(routing.takeCells());
    if (!kept) {
      countDropped();
      return;
    }
    append(fields, body);
    traces.sampleRate.putInt(routing.sampleRate());
    open.add();
  }

  private void append(SpanFields fields, byte[] body) {
    times(fields);
    ids(fields, body);
    fields.traceState.putTo(traces.traceState, body);
    traces.flags.putInt(fields.flags);
    scratch.nameKey = fields.name.putTo(traces.spanName, body, scratch.nameKey);
    scratch.kindKey = SpanWords.putKind(traces.spanKind, fields.kind, scratch.kindKey);
    scratch.attributes.putRow(traces.spanAttributes, fields.attributes, body);
    traces.spanDropped.putInt(fields.droppedAttributes);
    scratch.statusKey =
        SpanWords.putStatus(traces.statusCode, fields.statusCode, scratch.statusKey);
    fields.statusMessage.putTo(traces.statusMessage, body);
    events(fields.events, body);
    traces.droppedEvents.putInt(fields.droppedEvents);
    links(fields.links, body);
    traces.droppedLinks.putInt(fields.droppedLinks);
    traces.endEventsAndLinks();
  }

  private @Nullable Rejection rejection(SpanFields fields, byte[] body) {
    Rejection ofSource = sourceRejection();
    if (ofSource != null) {
      return ofSource;
    }
    if (fields.rejection != null) {
      return fields.rejection;
    }
    if (fields.traceId.isZero(body)) {
      return Rejection.noTraceId();
    }
    if (fields.traceId.length != TRACE_ID_BYTES) {
      return Rejection.traceId(fields.traceId.length);
    }
    if (fields.spanId.isZero(body)) {
      return Rejection.noSpanId();
    }
    if (fields.spanId.length != SPAN_ID_BYTES) {
      return Rejection.spanId(fields.spanId.length);
    }
    int parent = fields.parentSpanId.length;
    if (parent != 0 && parent != SPAN_ID_BYTES) {
      return Rejection.parentSpanId(parent);
    }
    if (fields.events.tooMany()) {
      return Rejection.tooMany("events", SpanEvents.COUNT_MAX);
    }
    return rejection(fields.links);
  }

  private static @Nullable Rejection rejection(SpanLinks links) {
    if (links.tooMany()) {
      return Rejection.tooMany("links", SpanLinks.COUNT_MAX);
    }
    for (int i = 0; i < links.count(); i++) {
      int trace = links.traceIdLength(i);
      int span = links.spanIdLength(i);
      if ((trace != 0 && trace != TRACE_ID_BYTES) || (span != 0 && span != SPAN_ID_BYTES)) {
        return Rejection.link();
      }
    }
    return null;
  }

  /** A span that ends before it begins, because a clock was set, took no time. */
  private void times(SpanFields fields) {
    traces.timestamp.putLong(clampOrReceived(fields.startUnixNanos));
    if (fields.endsBeforeItBegins()) {
      countClampedTime();
    }
    traces.duration.putLong(fields.durationNanos());
  }

  private void ids(SpanFields fields, byte[] body) {
    Slice trace = fields.traceId;
    traces.traceId.putHex(trace.source(body), trace.from(), trace.length);
    Slice span = fields.spanId;
    traces.spanId.putHex(span.source(body), span.from(), span.length);
    Slice parent = fields.parentSpanId;
    putId(traces.parentSpanId, fields.attributes, body, parent.at, parent.length);
  }

  private void events(SpanEvents events, byte[] body) {
    for (int i = 0; i < events.count(); i++) {
      traces.eventTimestamps.values().putLong(clamp(events.timeUnixNanos(i)));
      int at = events.nameAt(i);
      scratch.eventNameKey =
          traces
              .eventNames
              .values()
              .put(
                  events.attributes.source(body, at),
                  AttributeSlices.index(at),
                  events.nameLength(i),
                  scratch.eventNameKey);
      scratch.eventAttributes.putRow(
          traces.eventAttributes.values(),
          events.attributes,
          events.attributesFrom(i),
          events.attributesTo(i),
          body);
      traces.eventDropped.values().putInt(events.dropped(i));
    }
  }

  private void links(SpanLinks links, byte[] body) {
    AttributeSlices slices = links.attributes;
    for (int i = 0; i < links.count(); i++) {
      putId(traces.linkTraceIds.values(), slices, body, links.traceIdAt(i), links.traceIdLength(i));
      putId(traces.linkSpanIds.values(), slices, body, links.spanIdAt(i), links.spanIdLength(i));
      int at = links.traceStateAt(i);
      traces
          .linkTraceStates
          .values()
          .put(slices.source(body, at), AttributeSlices.index(at), links.traceStateLength(i));
      scratch.linkAttributes.putRow(
          traces.linkAttributes.values(),
          slices,
          links.attributesFrom(i),
          links.attributesTo(i),
          body);
      traces.linkDropped.values().putInt(links.dropped(i));
      traces.linkFlags.values().putInt(links.flags(i));
    }
  }
}
