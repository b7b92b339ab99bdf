package io.lodge.receive;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.base.net.PresentedKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every protocol over HTTP, each at its own paths, and a list of what there is for who asks for
 * anything else.
 */
final class HttpIngestEndpoint implements HttpService {
  private final Reception reception;
  private final List<HttpRoute> routes;
  private final String endpoints;
  private volatile boolean stopping;

  /**
   * @param routes asked in this order; the first that takes a request has it
   */
  HttpIngestEndpoint(Reception reception, List<HttpRoute> routes) {
    this.reception = reception;
    this.routes = List.copyOf(routes);
    endpoints =
        routes.stream()
            .map(route -> "  " + route.help() + "\n")
            .collect(
                Collectors.joining(
                    "",
                    "Lodge receives here:\n",
                    "Content-Encoding: " + Encodings.ACCEPTED + "\n"));
  }

  /** From now on everything is refused until later; what is in flight goes on. */
  void stop() {
    stopping = true;
  }

  /** Requests are read as they come; answers are small and sent whole. */
  @Override
  public ExchangeType exchangeType(RoutingContext context) {
    return ExchangeType.REQUEST_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    long startNanos = System.nanoTime();
    HttpRoute route = routeOf(ctx);
    if (route == null) {
      return listEndpoints(ctx, request);
    }
    RequestHeaders headers = request.headers();
    HttpWords words = route.words(headers);
    if (stopping) {
      return refuse(Refusals.stopping(reception.limits()), route, words, startNanos);
    }
    return switch (route.plan(ctx, headers)) {
      case Plan.Answer answer -> {
        reception.metrics().answered(route.protocol(), "asked", startNanos);
        yield answer.response();
      }
      case Plan.Refuse refuse -> refuse(refuse.why(), route, words, startNanos);
      case Plan.Read read -> read(ctx, request, route, words, read, startNanos);
    };
  }

  private HttpResponse read(
      ServiceRequestContext ctx,
      HttpRequest request,
      HttpRoute route,
      HttpWords words,
      Plan.Read plan,
      long startNanos) {
    Optional<String> tenant = reception.keys().tenantOf(PresentedKey.in(request.headers()));
    if (tenant.isEmpty()) {
      return refuse(Refusals.key(request.headers()), route, words, startNanos);
    }
    Body body = new Body(reception.buffers(), reception.budget());
    WholeBody framing = new WholeBody(body, reception.limits());
    Reply.Refused refused = framing.announce(request.headers().contentLength());
    if (refused != null) {
      return refuse(refused, route, words, startNanos);
    }
    Call call =
        new Call(
            reception,
            ctx,
            route.protocol(),
            plan.kind(),
            tenant.get(),
            plan.context(),
            body,
            plan::encoding,
            words::say,
            startNanos);
    BodyReader.read(ctx, request, framing, call);
    return call.response();
  }

  private @Nullable HttpRoute routeOf(ServiceRequestContext ctx) {
    for (HttpRoute route : routes) {
      if (route.takes(ctx)) {
        return route;
      }
    }
    return null;
  }

  private HttpResponse refuse(
      Reply.Refused refused, HttpRoute route, HttpWords words, long startNanos) {
    reception.metrics().answered(route.protocol(), refused, startNanos);
    reception.refused(route.protocol(), refused.word());
    return words.say(refused);
  }

  private HttpResponse listEndpoints(ServiceRequestContext ctx, HttpRequest request) {
    if (ctx.path().equals("/") && request.method() == HttpMethod.GET) {
      return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, endpoints);
    }
    reception
        .metrics()
        .answered(Protocol.UNKNOWN_HTTP, Reason.NO_SUCH_ENDPOINT.label, System.nanoTime());
    reception.refused(Protocol.UNKNOWN_HTTP, Reason.NO_SUCH_ENDPOINT.label);
    return HttpResponse.of(
        HttpStatus.NOT_FOUND,
        MediaType.PLAIN_TEXT_UTF_8,
        "cannot find %s: no such endpoint\n%s".formatted(ctx.path(), endpoints));
  }

  /** A request that ran out of time, or that the stop cut off. */
  HttpResponse failed(ServiceRequestContext ctx, Throwable cause) {
    HttpRoute route = routeOf(ctx);
    HttpWords words =
        route == null ? OtlpHttpWords.json(OtlpSignal.LOGS) : route.words(ctx.request().headers());
    Reply.Refused why = Refusals.failed(ctx, cause, reception.limits());
    Protocol protocol = route == null ? Protocol.UNKNOWN_HTTP : route.protocol();
    reception.refused("", protocol.label, why);
    return words.say(why);
  }
}
