package io.lodge.bench;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Random;

/**
 * Spans as instrumented services on Kubernetes send them: the resources of {@link LogRequests},
 * eight attributes, an event on every tenth span, a link on every fiftieth. Seeded.
 */
public final class TraceRequests {
  private static final String[] ROUTES = {
    "/cart", "/cart/{id}", "/orders", "/orders/{id}", "/products", "/products/{id}", "/checkout"
  };
  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT"};

  private final Random random;
  private final LogRequests resources;

  public TraceRequests(long seed) {
    random = new Random(seed);
    resources = new LogRequests(seed);
  }

  /** One request with this many spans, over up to four resources. */
  public ExportTraceServiceRequest next(int spans, long unixNanos) {
    var request = ExportTraceServiceRequest.newBuilder();
    int count = Math.clamp(spans / 10, 1, 4);
    for (int i = 0; i < count; i++) {
      int share = spans / count + (i < spans % count ? 1 : 0);
      var scope =
          ScopeSpans.newBuilder()
              .setScope(
                  InstrumentationScope.newBuilder()
                      .setName("io.opentelemetry.tomcat-10.0")
                      .setVersion("2.9.0-alpha"));
      for (int j = 0; j < share; j++) {
        scope.addSpans(span(unixNanos + random.nextInt(1_000_000_000)));
      }
      request.addResourceSpans(
          ResourceSpans.newBuilder()
              .setResource(resources.resource())
              .addScopeSpans(scope)
              .setSchemaUrl("https://opentelemetry.io/schemas/1.27.0"));
    }
    return request.build();
  }

  private Span span(long start) {
    String method = METHODS[random.nextInt(METHODS.length)];
    String route = ROUTES[random.nextInt(ROUTES.length)];
    boolean failed = random.nextInt(50) == 0;
    var span =
        Span.newBuilder()
            .setTraceId(bytes(16))
            .setSpanId(bytes(8))
            .setFlags(0x101)
            .setName(method + " " + route)
            .setKindValue(1 + random.nextInt(3))
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + 100_000 + random.nextInt(90_000_000))
            .addAttributes(LogRequests.text("http.request.method", method))
            .addAttributes(LogRequests.text("http.route", route))
            .addAttributes(LogRequests.number("http.response.status_code", failed ? 500 : 200))
            .addAttributes(LogRequests.text("url.path", "/cart/" + random.nextInt(100_000)))
            .addAttributes(LogRequests.text("url.scheme", "https"))
            .addAttributes(LogRequests.text("client.address", "10.3." + random.nextInt(64) + ".9"))
            .addAttributes(LogRequests.number("server.port", 8080))
            .addAttributes(LogRequests.text("thread.name", "exec-" + random.nextInt(32)));
    if (random.nextInt(4) > 0) {
      span.setParentSpanId(bytes(8));
    }
    if (random.nextInt(10) == 0) {
      span.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(start + 50_000)
              .setName("exception")
              .addAttributes(LogRequests.text("exception.type", "java.io.IOException")));
    }
    if (random.nextInt(50) == 0) {
      span.addLinks(Span.Link.newBuilder().setTraceId(bytes(16)).setSpanId(bytes(8)));
    }
    if (failed) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    return span.build();
  }

  private ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
