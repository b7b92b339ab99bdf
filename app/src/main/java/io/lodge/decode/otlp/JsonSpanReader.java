package io.lodge.decode.otlp;

import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.rows.Slice;
import io.lodge.decode.rows.SpanFields;
import io.lodge.decode.wire.JsonReader;
import java.util.List;

/** Reads one {@code Span} from JSON. All of its text lies in {@link SpanFields#text}. */
final class JsonSpanReader {
  private static final List<String> KINDS =
      List.of("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER");
  private static final List<String> STATUSES = List.of("UNSET", "OK", "ERROR");

  private final SpanFields fields = new SpanFields();
  private final JsonValueReader values = new JsonValueReader(fields.text);

  /** Of the present event or link. */
  private final Slice name = new Slice(fields.text);

  private final Slice traceId = new Slice(fields.text);
  private final Slice spanId = new Slice(fields.text);
  private final Slice traceState = new Slice(fields.text);

  /** Forgets what a payload that was refused has left. */
  void reset() {
    values.reset();
  }

  /** Reads the span that begins here. The result is valid until the next call. */
  SpanFields read(JsonReader in) throws MalformedPayloadException {
    fields.clear();
    in.enterObject();
    for (String member = in.nextMember(); member != null; member = in.nextMember()) {
      field(in, member);
    }
    if (values.takeTooDeep()) {
      fields.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
    return fields;
  }

  private void field(JsonReader in, String member) throws MalformedPayloadException {
    switch (member) {
      case "traceId", "trace_id" -> hex(in, fields.traceId, Rejection.traceIdText());
      case "spanId", "span_id" -> hex(in, fields.spanId, Rejection.spanIdText());
      case "parentSpanId", "parent_span_id" ->
          hex(in, fields.parentSpanId, Rejection.parentSpanIdText());
      case "traceState", "trace_state" -> fields.traceState.read(in);
      case "flags" -> fields.flags = in.uint32();
      case "name" -> fields.name.read(in);
      case "kind" -> fields.kind = JsonEnums.read(in, "SPAN_KIND_", KINDS);
      case "startTimeUnixNano", "start_time_unix_nano" -> fields.startUnixNanos = in.uint64();
      case "endTimeUnixNano", "end_time_unix_nano" -> fields.endUnixNanos = in.uint64();
      case "attributes" -> values.keyValues(in, fields.attributes);
      case "droppedAttributesCount", "dropped_attributes_count" ->
          fields.droppedAttributes = in.uint32();
      case "events" -> {
        in.enterArray();
        while (in.nextElement()) {
          event(in);
        }
      }
      case "droppedEventsCount", "dropped_events_count" -> fields.droppedEvents = in.uint32();
      case "links" -> {
        in.enterArray();
        while (in.nextElement()) {
          link(in);
        }
      }
      case "droppedLinksCount", "dropped_links_count" -> fields.droppedLinks = in.uint32();
      case "status" -> status(in);
      default -> in.skip();
    }
  }

  private void hex(JsonReader in, Slice id, Rejection otherwise) throws MalformedPayloadException {
    if (!id.readHex(in)) {
      fields.rejection = otherwise;
    }
  }

  private void event(JsonReader in) throws MalformedPayloadException {
    long timeUnixNanos = 0;
    int dropped = 0;
    name.clear();
    in.enterObject();
    for (String member = in.nextMember(); member != null; member = in.nextMember()) {
      switch (member) {
        case "timeUnixNano", "time_unix_nano" -> timeUnixNanos = in.uint64();
        case "name" -> name.read(in);
        case "attributes" -> values.keyValues(in, fields.events.attributes);
        case "droppedAttributesCount", "dropped_attributes_count" -> dropped = in.uint32();
        default -> in.skip();
      }
    }
    fields.events.add(timeUnixNanos, name, dropped);
  }

  private void link(JsonReader in) throws MalformedPayloadException {
    int dropped = 0;
    int flags = 0;
    traceId.clear();
    spanId.clear();
    traceState.clear();
    in.enterObject();
    for (String member = in.nextMember(); member != null; member = in.nextMember()) {
      switch (member) {
        case "traceId", "trace_id" -> hex(in, traceId, Rejection.link());
        case "spanId", "span_id" -> hex(in, spanId, Rejection.link());
        case "traceState", "trace_state" -> traceState.read(in);
        case "attributes" -> values.keyValues(in, fields.links.attributes);
        case "droppedAttributesCount", "dropped_attributes_count" -> dropped = in.uint32();
        case "flags" -> flags = in.uint32();
        default -> in.skip();
      }
    }
    fields.links.add(traceId, spanId, traceState, dropped, flags);
  }

  private void status(JsonReader in) throws MalformedPayloadException {
    in.enterObject();
    for (String member = in.nextMember(); member != null; member = in.nextMember()) {
      switch (member) {
        case "message" -> fields.statusMessage.read(in);
        case "code" -> fields.statusCode = JsonEnums.read(in, "STATUS_CODE_", STATUSES);
        default -> in.skip();
      }
    }
  }
}
