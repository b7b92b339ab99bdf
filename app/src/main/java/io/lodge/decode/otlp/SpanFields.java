package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import org.jspecify.annotations.Nullable;

/** The fields of one span as found, before anything is appended. */
final class SpanFields {
  /** What had to be rendered for this span: numbers, arrays, unescaped JSON. */
  final ByteSink text = new ByteSink(4096);

  final AttributeSlices attributes = new AttributeSlices(text);
  final SpanEvents events = new SpanEvents(text);
  final SpanLinks links = new SpanLinks(text);
  final Slice traceId = new Slice(text);
  final Slice spanId = new Slice(text);
  final Slice parentSpanId = new Slice(text);
  final Slice traceState = new Slice(text);
  final Slice name = new Slice(text);
  final Slice statusMessage = new Slice(text);

  long startUnixNanos;
  long endUnixNanos;
  int kind;
  int statusCode;
  int flags;
  int droppedAttributes;
  int droppedEvents;
  int droppedLinks;

  /** Why this span cannot be stored; null if it can. */
  @Nullable Rejection rejection;

  void clear() {
    text.clear(1 << 20);
    attributes.clear();
    events.clear();
    links.clear();
    traceId.clear();
    spanId.clear();
    parentSpanId.clear();
    traceState.clear();
    name.clear();
    statusMessage.clear();
    startUnixNanos = 0;
    endUnixNanos = 0;
    kind = 0;
    statusCode = 0;
    flags = 0;
    droppedAttributes = 0;
    droppedEvents = 0;
    droppedLinks = 0;
    rejection = null;
  }
}
