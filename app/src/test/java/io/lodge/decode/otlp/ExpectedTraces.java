package io.lodge.decode.otlp;

import com.google.protobuf.ByteString;
import io.lodge.decode.Decoding;
import io.lodge.lane.TracesLane;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What protobuf-java's reading of spans should look like in the lanes. */
final class ExpectedTraces extends ExpectedOtlp {
  private static final List<String> KINDS =
      List.of("Unspecified", "Internal", "Server", "Client", "Producer", "Consumer");
  private static final List<String> STATUSES = List.of("Unset", "Ok", "Error");

  ExpectedTraces(ExportTraceServiceRequest request, int recordBytesMax) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          String rejection =
              span.getSerializedSize() > recordBytesMax ? "record_too_large" : rejection(span);
          if (rejection.isEmpty()) {
            add(TracesLane.TABLE, row(resource, scope, span));
          } else {
            rejections.add(rejection);
          }
        }
      }
    }
  }

  private static String rejection(Span span) {
    if (hex(span.getTraceId()).isEmpty()) {
      return "missing_trace_id";
    }
    if (span.getTraceId().size() != 16) {
      return "invalid_trace_id";
    }
    if (hex(span.getSpanId()).isEmpty()) {
      return "missing_span_id";
    }
    if (span.getSpanId().size() != 8) {
      return "invalid_span_id";
    }
    if (!isOfSize(span.getParentSpanId(), 8)) {
      return "invalid_parent_span_id";
    }
    boolean links =
        span.getLinksList().stream()
            .allMatch(link -> isOfSize(link.getTraceId(), 16) && isOfSize(link.getSpanId(), 8));
    return links ? "" : "invalid_link";
  }

  private static boolean isOfSize(ByteString id, int size) {
    return id.isEmpty() || id.size() == size;
  }

  private Map<String, Object> row(ResourceSpans resource, ScopeSpans scope, Span span) {
    Map<String, Object> row =
        row(
            resource.getResource(),
            resource.getSchemaUrl(),
            scope.getScope(),
            scope.getSchemaUrl());
    long start = span.getStartTimeUnixNano();
    row.put("Timestamp", start == 0 ? Decoding.RECEIVED : clamp(start));
    row.put("Duration", duration(start, span.getEndTimeUnixNano()));
    row.put("TraceId", hex(span.getTraceId()));
    row.put("SpanId", hex(span.getSpanId()));
    row.put("ParentSpanId", hex(span.getParentSpanId()));
    row.put("TraceState", span.getTraceState());
    row.put("Flags", Integer.toUnsignedLong(span.getFlags()));
    row.put("SampleRate", 1L);
    row.put("SpanName", span.getName());
    row.put("SpanKind", word(KINDS, span.getKindValue()));
    row.put("SpanAttributes", attributes(span.getAttributesList()));
    row.put("SpanDroppedAttributesCount", Integer.toUnsignedLong(span.getDroppedAttributesCount()));
    row.put("StatusCode", word(STATUSES, span.getStatus().getCodeValue()));
    row.put("StatusMessage", span.getStatus().getMessage());
    events(row, span.getEventsList());
    row.put("DroppedEventsCount", Integer.toUnsignedLong(span.getDroppedEventsCount()));
    links(row, span.getLinksList());
    row.put("DroppedLinksCount", Integer.toUnsignedLong(span.getDroppedLinksCount()));
    return row;
  }

  private long duration(long start, long end) {
    if (start == 0 || end == 0) {
      return 0;
    }
    if (Long.compareUnsigned(end, start) < 0) {
      clamped++;
      return 0;
    }
    return end - start;
  }

  private void events(Map<String, Object> row, List<Span.Event> events) {
    row.put("Events.Timestamp", each(events, event -> clamp(event.getTimeUnixNano())));
    row.put("Events.Name", each(events, Span.Event::getName));
    row.put("Events.Attributes", each(events, event -> attributes(event.getAttributesList())));
    row.put(
        "Events.DroppedAttributesCount",
        each(events, event -> Integer.toUnsignedLong(event.getDroppedAttributesCount())));
  }

  private static void links(Map<String, Object> row, List<Span.Link> links) {
    row.put("Links.TraceId", each(links, link -> hex(link.getTraceId())));
    row.put("Links.SpanId", each(links, link -> hex(link.getSpanId())));
    row.put("Links.TraceState", each(links, Span.Link::getTraceState));
    row.put("Links.Attributes", each(links, link -> attributes(link.getAttributesList())));
    row.put(
        "Links.DroppedAttributesCount",
        each(links, link -> Integer.toUnsignedLong(link.getDroppedAttributesCount())));
    row.put("Links.Flags", each(links, link -> Integer.toUnsignedLong(link.getFlags())));
  }

  private static <T, V> List<V> each(List<T> from, Function<T, V> value) {
    return from.stream().map(value).toList();
  }

  private static String word(List<String> words, int number) {
    return number >= 0 && number < words.size() ? words.get(number) : Integer.toString(number);
  }
}
