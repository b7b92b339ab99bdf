package io.lodge.receive;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
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
import io.lodge.model.ContentEncoding;
import io.lodge.model.PayloadKind;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/logs}, and a list of what there is for who asks for anything else. */
final class OtlpHttpEndpoint implements HttpService {
  private static final String LOGS = "/v1/logs";
  private static final String ENDPOINTS =
      """
      Lodge receives OTLP over HTTP here:
        POST /v1/logs   ExportLogsServiceRequest, application/x-protobuf or application/json,
                        Content-Encoding: %s
      """
          .formatted(Encodings.ACCEPTED);

  private final Reception reception;
  private volatile boolean stopping;

  OtlpHttpEndpoint(Reception reception) {
    this.reception = reception;
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
    if (!ctx.path().equals(LOGS)) {
      return listEndpoints(ctx, request);
    }
    RequestHeaders headers = request.headers();
    OtlpHttpWords words = wordsFor(headers);
    Reply.Refused refused = check(request, words);
    if (refused != null) {
      return refuse(refused, words, startNanos);
    }
    Optional<String> tenant = reception.keys().tenantOf(PresentedKey.in(headers));
    if (tenant.isEmpty()) {
      return refuse(Refusals.key(headers), words, startNanos);
    }
    return read(ctx, request, words, tenant.get(), startNanos);
  }

  private HttpResponse read(
      ServiceRequestContext ctx,
      HttpRequest request,
      OtlpHttpWords words,
      String tenant,
      long startNanos) {
    ContentEncoding encoding = encodingOf(request.headers());
    if (encoding == null) {
      return refuse(Refusals.encoding(request.headers()), words, startNanos);
    }
    Body body = new Body(reception.buffers(), reception.budget());
    WholeBody framing = new WholeBody(body, reception.limits());
    Reply.Refused refused = framing.announce(request.headers().contentLength());
    if (refused != null) {
      return refuse(refused, words, startNanos);
    }
    PayloadKind kind =
        words == OtlpHttpWords.JSON ? PayloadKind.OTLP_LOGS_JSON : PayloadKind.OTLP_LOGS_PROTOBUF;
    Call call =
        new Call(
            reception,
            Protocol.OTLP_HTTP,
            kind,
            tenant,
            body,
            () -> encoding,
            words::say,
            startNanos);
    BodyReader.read(ctx, request, framing, call);
    return call.response();
  }

  private Reply.@Nullable Refused check(HttpRequest request, OtlpHttpWords words) {
    if (request.method() != HttpMethod.POST) {
      return Reply.refuse(
          Reason.NOT_A_POST, "unexpected method; got " + request.method() + " want POST");
    }
    if (stopping) {
      return Refusals.stopping(reception.limits());
    }
    String type = mediaTypeOf(request.headers());
    return type.equals("application/x-protobuf") || words == OtlpHttpWords.JSON
        ? null
        : Reply.refuse(
            Reason.UNSUPPORTED,
            "unexpected content type; got '%s' want application/x-protobuf or application/json"
                .formatted(type));
  }

  private HttpResponse refuse(Reply.Refused refused, OtlpHttpWords words, long startNanos) {
    reception.metrics().answered(Protocol.OTLP_HTTP, refused, startNanos);
    return words.say(refused);
  }

  private HttpResponse listEndpoints(ServiceRequestContext ctx, HttpRequest request) {
    if (ctx.path().equals("/") && request.method() == HttpMethod.GET) {
      return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, ENDPOINTS);
    }
    reception
        .metrics()
        .answered(Protocol.OTLP_HTTP, Reason.NO_SUCH_ENDPOINT.label, System.nanoTime());
    return HttpResponse.of(
        HttpStatus.NOT_FOUND,
        MediaType.PLAIN_TEXT_UTF_8,
        "cannot find %s: no such endpoint\n%s".formatted(ctx.path(), ENDPOINTS));
  }

  /** A request that ran out of time, or that the stop cut off. */
  HttpResponse failed(ServiceRequestContext ctx, Throwable cause) {
    return wordsFor(ctx.request().headers()).say(Refusals.failed(cause, reception.limits()));
  }

  private static OtlpHttpWords wordsFor(RequestHeaders headers) {
    return mediaTypeOf(headers).equals("application/json")
        ? OtlpHttpWords.JSON
        : OtlpHttpWords.PROTOBUF;
  }

  private static @Nullable ContentEncoding encodingOf(RequestHeaders headers) {
    return Encodings.named(headers.get(HttpHeaderNames.CONTENT_ENCODING));
  }

  /** The content type without parameters, in lower case; empty if there is none. */
  private static String mediaTypeOf(RequestHeaders headers) {
    @Nullable String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    if (type == null) {
      return "";
    }
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
