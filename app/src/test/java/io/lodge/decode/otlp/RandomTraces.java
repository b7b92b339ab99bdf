package io.lodge.decode.otlp;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/** Random spans. */
final class RandomTraces extends RandomOtlp {
  RandomTraces(long seed) {
    super(seed);
  }

  @Override
  ExportTraceServiceRequest request() {
    var request = ExportTraceServiceRequest.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      request.addResourceSpans(resourceSpans());
    }
    return request.build();
  }

  private ResourceSpans resourceSpans() {
    var spans = ResourceSpans.newBuilder();
    if (often()) {
      spans.setResource(resource());
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      spans.addScopeSpans(scopeSpans());
    }
    return spans.setSchemaUrl(often() ? "" : word()).build();
  }

  private ScopeSpans scopeSpans() {
    var spans = ScopeSpans.newBuilder();
    if (often()) {
      spans.setScope(scope());
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      spans.addSpans(span());
    }
    return spans.setSchemaUrl(often() ? "" : word()).build();
  }

  private Span span() {
    var span = Span.newBuilder();
    span.setTraceId(id(16)).setSpanId(id(8)).setParentSpanId(id(8));
    span.setTraceState(word()).setName(word()).setFlags(random.nextInt());
    span.setKindValue(often() ? random.nextInt(6) : random.nextInt(-5, 400));
    span.setStartTimeUnixNano(time()).setEndTimeUnixNano(time());
    for (int i = random.nextInt(5); i > 0; i--) {
      span.addAttributes(keyValue(3));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      span.addEvents(event());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      span.addLinks(link());
    }
    span.setDroppedAttributesCount(random.nextInt(5));
    span.setDroppedEventsCount(random.nextInt()).setDroppedLinksCount(random.nextInt(3));
    if (often()) {
      span.setStatus(
          Status.newBuilder()
              .setMessage(word())
              .setCodeValue(often() ? random.nextInt(3) : random.nextInt()));
    }
    return span.build();
  }

  private Span.Event event() {
    var event = Span.Event.newBuilder().setTimeUnixNano(time()).setName(word());
    for (int i = random.nextInt(3); i > 0; i--) {
      event.addAttributes(keyValue(2));
    }
    return event.setDroppedAttributesCount(random.nextInt(3)).build();
  }

  private Span.Link link() {
    var link = Span.Link.newBuilder().setTraceState(word()).setFlags(random.nextInt());
    // Few that are wrong: each makes a dead letter of its span.
    link.setTraceId(bytes(16)).setSpanId(often() ? bytes(8) : id(8));
    for (int i = random.nextInt(3); i > 0; i--) {
      link.addAttributes(keyValue(2));
    }
    return link.setDroppedAttributesCount(random.nextInt(3)).build();
  }
}
