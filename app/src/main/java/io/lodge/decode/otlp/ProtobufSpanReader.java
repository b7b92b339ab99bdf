package io.lodge.decode.otlp;

import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.rows.Slice;
import io.lodge.decode.rows.SpanFields;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.WireReader;

/** Reads one {@code Span} from the wire. */
final class ProtobufSpanReader {
  private static final int TRACE_ID = 1 << 3 | 2;
  private static final int SPAN_ID = 2 << 3 | 2;
  private static final int TRACE_STATE = 3 << 3 | 2;
  private static final int PARENT_SPAN_ID = 4 << 3 | 2;
  private static final int NAME = 5 << 3 | 2;
  private static final int KIND = 6 << 3;
  private static final int START = 7 << 3 | 1;
  private static final int END = 8 << 3 | 1;
  private static final int ATTRIBUTES = 9 << 3 | 2;
  private static final int DROPPED_ATTRIBUTES = 10 << 3;
  private static final int EVENTS = 11 << 3 | 2;
  private static final int DROPPED_EVENTS = 12 << 3;
  private static final int LINKS = 13 << 3 | 2;
  private static final int DROPPED_LINKS = 14 << 3;
  private static final int STATUS = 15 << 3 | 2;
  private static final int FLAGS = 16 << 3 | 5;

  private static final int STATUS_MESSAGE = 2 << 3 | 2;
  private static final int STATUS_CODE = 3 << 3;

  private static final int EVENT_TIME = 1 << 3 | 1;
  private static final int EVENT_NAME = 2 << 3 | 2;
  private static final int EVENT_ATTRIBUTES = 3 << 3 | 2;
  private static final int EVENT_DROPPED = 4 << 3;

  private static final int LINK_TRACE_ID = 1 << 3 | 2;
  private static final int LINK_SPAN_ID = 2 << 3 | 2;
  private static final int LINK_TRACE_STATE = 3 << 3 | 2;
  private static final int LINK_ATTRIBUTES = 4 << 3 | 2;
  private static final int LINK_DROPPED = 5 << 3;
  private static final int LINK_FLAGS = 6 << 3 | 5;

  private final WireReader in;
  private final SpanFields fields = new SpanFields();
  private final AnyValueReader values;

  /** Of the present event or link. */
  private final Slice name = new Slice(fields.text);

  private final Slice traceId = new Slice(fields.text);
  private final Slice spanId = new Slice(fields.text);
  private final Slice traceState = new Slice(fields.text);

  ProtobufSpanReader(WireReader in) {
    this.in = in;
    values = new AnyValueReader(in, fields.text);
  }

  /** Forgets what a payload that was refused has left. */
  void reset() {
    values.reset();
  }

  /** Reads the span in the reader's window. The result is valid until the next call. */
  SpanFields read() throws MalformedPayloadException {
    fields.clear();
    while (in.hasMore()) {
      field(in.tag());
    }
    if (values.takeTooDeep()) {
      fields.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
    return fields;
  }

  private void field(int tag) throws MalformedPayloadException {
    switch (tag) {
      case TRACE_ID -> fields.traceId.read(in);
      case SPAN_ID -> fields.spanId.read(in);
      case TRACE_STATE -> fields.traceState.read(in);
      case PARENT_SPAN_ID -> fields.parentSpanId.read(in);
      case NAME -> fields.name.read(in);
      case KIND -> fields.kind = (int) in.varint();
      case START -> fields.startUnixNanos = in.fixed64();
      case END -> fields.endUnixNanos = in.fixed64();
      case ATTRIBUTES -> attribute(fields.attributes);
      case DROPPED_ATTRIBUTES -> fields.droppedAttributes = (int) in.varint();
      case EVENTS -> event(in.length());
      case DROPPED_EVENTS -> fields.droppedEvents = (int) in.varint();
      case LINKS -> link(in.length());
      case DROPPED_LINKS -> fields.droppedLinks = (int) in.varint();
      case STATUS -> status(in.length());
      case FLAGS -> fields.flags = in.fixed32();
      default -> in.skip(tag);
    }
  }

  private void attribute(AttributeSlices attributes) throws MalformedPayloadException {
    int length = in.length();
    values.keyValue(in.at() + length, attributes);
  }

  private void event(int length) throws MalformedPayloadException {
    int outer = in.end();
    int to = in.at() + length;
    in.window(in.at(), to);
    long timeUnixNanos = 0;
    int dropped = 0;
    name.clear();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case EVENT_TIME -> timeUnixNanos = in.fixed64();
        case EVENT_NAME -> name.read(in);
        case EVENT_ATTRIBUTES -> attribute(fields.events.attributes);
        case EVENT_DROPPED -> dropped = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    fields.events.add(timeUnixNanos, name, dropped);
    in.window(to, outer);
  }

  private void link(int length) throws MalformedPayloadException {
    int outer = in.end();
    int to = in.at() + length;
    in.window(in.at(), to);
    int dropped = 0;
    int flags = 0;
    traceId.clear();
    spanId.clear();
    traceState.clear();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case LINK_TRACE_ID -> traceId.read(in);
        case LINK_SPAN_ID -> spanId.read(in);
        case LINK_TRACE_STATE -> traceState.read(in);
        case LINK_ATTRIBUTES -> attribute(fields.links.attributes);
        case LINK_DROPPED -> dropped = (int) in.varint();
        case LINK_FLAGS -> flags = in.fixed32();
        default -> in.skip(tag);
      }
    }
    fields.links.add(traceId, spanId, traceState, dropped, flags);
    in.window(to, outer);
  }

  private void status(int length) throws MalformedPayloadException {
    int outer = in.end();
    int to = in.at() + length;
    in.window(in.at(), to);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case STATUS_MESSAGE -> fields.statusMessage.read(in);
        case STATUS_CODE -> fields.statusCode = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
  }
}
