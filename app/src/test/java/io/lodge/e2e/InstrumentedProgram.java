package io.lodge.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of two services that speak HTTP with each other, instrumented with OpenTelemetry's SDK:
 * a storefront that asks a warehouse, which has no stock for every third order.
 */
final class InstrumentedProgram implements AutoCloseable {
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Service storefront;
  private final Service warehouse;

  InstrumentedProgram(URI otlpHttp) throws IOException {
    warehouse = new Service("warehouse", otlpHttp, this::stock);
    storefront = new Service("storefront", otlpHttp, this::order);
  }

  /** Orders so many things, one after the other. */
  void order(int orders) throws IOException, InterruptedException {
    for (int order = 0; order < orders; order++) {
      HttpRequest request = HttpRequest.newBuilder(storefront.at("/order?n=" + order)).build();
      client.send(request, BodyHandlers.discarding());
    }
  }

  /** Answers an order by asking the warehouse. */
  private int order(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    Span span =
        storefront.tracer().spanBuilder("GET /stock").setSpanKind(SpanKind.CLIENT).startSpan();
    try (Scope _ = span.makeCurrent()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(warehouse.at("/stock?" + query));
      W3CTraceContextPropagator.getInstance()
          .inject(Context.current(), request, (to, name, value) -> request.setHeader(name, value));
      int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
      span.setAttribute(STATUS, status);
      return status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      span.end();
    }
  }

  private int stock(HttpExchange exchange) {
    int order = Integer.parseInt(exchange.getRequestURI().getQuery().substring("n=".length()));
    if (order % 3 != 0) {
      return 200;
    }
    Span.current().addEvent("out of stock", Attributes.of(AttributeKey.longKey("n"), (long) order));
    return 503;
  }

  @Override
  public void close() {
    storefront.close();
    warehouse.close();
    client.close();
  }

  /** What answers a request with a status. */
  private interface Handler {
    int answer(HttpExchange exchange) throws IOException;
  }

  private static final class Service implements AutoCloseable {
    private static final TextMapGetter<HttpExchange> HEADERS =
        new TextMapGetter<>() {
          @Override
          @SuppressWarnings("deprecation") // nobody asks any more, and it is abstract still
          public Iterable<String> keys(HttpExchange exchange) {
            return exchange.getRequestHeaders().keySet();
          }

          @Override
          public @Nullable String get(@Nullable HttpExchange exchange, String name) {
            return exchange == null ? null : exchange.getRequestHeaders().getFirst(name);
          }
        };

    private final SdkTracerProvider spans;
    private final OpenTelemetry telemetry;
    private final HttpServer server;

    Service(String name, URI otlpHttp, Handler handler) throws IOException {
      spans =
          SdkTracerProvider.builder()
              .setResource(
                  Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), name)))
              .addSpanProcessor(
                  BatchSpanProcessor.builder(
                          OtlpHttpSpanExporter.builder()
                              .setEndpoint(otlpHttp + "/v1/traces")
                              .build())
                      .build())
              .build();
      telemetry =
          OpenTelemetrySdk.builder()
              .setTracerProvider(spans)
              .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
              .build();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> serve(exchange, handler));
      server.start();
    }

    private void serve(HttpExchange exchange, Handler handler) throws IOException {
      Context caller =
          telemetry
              .getPropagators()
              .getTextMapPropagator()
              .extract(Context.current(), exchange, HEADERS);
      Span span =
          tracer()
              .spanBuilder("GET " + exchange.getRequestURI().getPath())
              .setParent(caller)
              .setSpanKind(SpanKind.SERVER)
              .startSpan();
      try (Scope _ = span.makeCurrent()) {
        int status = handler.answer(exchange);
        span.setAttribute(STATUS, status);
        if (status >= 500) {
          span.setStatus(StatusCode.ERROR, "HTTP " + status);
        }
        exchange.sendResponseHeaders(status, -1);
      } finally {
        span.end();
        exchange.close();
      }
    }

    Tracer tracer() {
      return telemetry.getTracer("io.lodge.e2e");
    }

    URI at(String path) {
      InetSocketAddress address = server.getAddress();
      return URI.create(
          "http://%s:%d%s"
              .formatted(address.getAddress().getHostAddress(), address.getPort(), path));
    }

    @Override
    public void close() {
      server.stop(0);
      spans.shutdown().join(10, TimeUnit.SECONDS);
    }
  }
}
