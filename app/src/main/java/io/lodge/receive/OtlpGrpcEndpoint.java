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
import io.netty.util.AsciiString;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code Export} of each signal's service and {@code Health/Check}; every other method is
 * unimplemented.
 */
final class OtlpGrpcEndpoint implements HttpService {
  private static final AsciiString GRPC_ENCODING = HttpHeaderNames.of("grpc-encoding");
  private static final String METHODS =
      Stream.concat(
              Stream.of(OtlpSignal.values()).map(OtlpSignal::exportPath),
              Stream.of(GrpcHealth.CHECK))
          .collect(Collectors.joining(" or "));

  private final Reception reception;
  private final GrpcHealth health;
  private volatile boolean stopping;

  OtlpGrpcEndpoint(Reception reception) {
    this.reception = reception;
    this.health = new GrpcHealth(reception, () -> !stopping);
  }

  /** From now on everything is refused until later; what is in flight goes on. */
  void stop() {
    stopping = true;
  }

  /** Messages are read as they come; answers are small and sent whole. */
  @Override
  public ExchangeType exchangeType(RoutingContext context) {
    return ExchangeType.REQUEST_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    long startNanos = System.nanoTime();
    RequestHeaders headers = request.headers();
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    if (!ctx.sessionProtocol().isMultiplex() || !type.startsWith("application/grpc")) {
      return notGrpc(ctx, type, startNanos);
    }
    Reply.Refused refused = check(request, type);
    if (refused != null) {
      return refuse(refused, startNanos);
    }
    if (ctx.path().equals(GrpcHealth.CHECK)) {
      return health.serve(ctx, request);
    }
    OtlpSignal signal = OtlpSignal.exportedTo(ctx.path());
    if (signal == null) {
      return refuse(noSuchMethod(ctx.path()), startNanos);
    }
    Optional<String> tenant = reception.keys().tenantOf(PresentedKey.in(headers));
    if (tenant.isEmpty()) {
      return refuse(Refusals.key(headers), startNanos);
    }
    return stopping
        ? refuse(Refusals.stopping(reception.limits()), startNanos)
        : read(ctx, request, signal, tenant.get(), startNanos);
  }

  private HttpResponse read(
      ServiceRequestContext ctx,
      HttpRequest request,
      OtlpSignal signal,
      String tenant,
      long startNanos) {
    @Nullable String name = request.headers().get(GRPC_ENCODING);
    ContentEncoding encoding = Encodings.named(name);
    if (encoding == null) {
      String message =
          "unexpected grpc-encoding; got '%s' want one of %s".formatted(name, Encodings.ACCEPTED);
      return refuse(Reply.refuse(Reason.UNSUPPORTED, message), startNanos);
    }
    Body body = new Body(reception.buffers(), reception.budget());
    GrpcFrame frame = new GrpcFrame(body, reception.limits(), encoding != ContentEncoding.IDENTITY);
    Call call =
        new Call(
            reception,
            ctx,
            Protocol.OTLP_GRPC,
            signal.protobuf,
            tenant,
            "",
            body,
            () -> frame.compressed() ? encoding : ContentEncoding.IDENTITY,
            GrpcWords::say,
            startNanos);
    BodyReader.read(ctx, request, frame, call);
    return call.response();
  }

  private static Reply.@Nullable Refused check(HttpRequest request, String type) {
    if (request.method() != HttpMethod.POST) {
      return Reply.refuse(
          Reason.NOT_A_POST, "unexpected method; got " + request.method() + " want POST");
    }
    String subtype = type.substring("application/grpc".length());
    boolean protobuf = subtype.isEmpty() || subtype.startsWith(";") || subtype.startsWith("+proto");
    return protobuf
        ? null
        : Reply.refuse(
            Reason.UNSUPPORTED,
            "unexpected content type; got '%s' want application/grpc+proto".formatted(type));
  }

  private static Reply.Refused noSuchMethod(String path) {
    return Reply.refuse(
        Reason.NO_SUCH_ENDPOINT, "cannot find method %s: want %s".formatted(path, METHODS));
  }

  private HttpResponse refuse(Reply.Refused refused, long startNanos) {
    reception.metrics().answered(Protocol.OTLP_GRPC, refused, startNanos);
    reception.refused(Protocol.OTLP_GRPC, refused.word());
    return GrpcWords.say(refused);
  }

  /** Somebody has the wrong port, or a browser. gRPC asks for 415 here. */
  private HttpResponse notGrpc(ServiceRequestContext ctx, String type, long startNanos) {
    reception.metrics().answered(Protocol.OTLP_GRPC, Reason.UNSUPPORTED.label, startNanos);
    reception.refused(Protocol.OTLP_GRPC, Reason.UNSUPPORTED.label);
    return HttpResponse.of(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        MediaType.PLAIN_TEXT_UTF_8,
        """
        Lodge receives OTLP over gRPC (HTTP/2) here; got %s with content type '%s'.
        OTLP over HTTP goes to the listener of receive.otlp.http, port 4318 by default.
        """
            .formatted(ctx.sessionProtocol(), type));
  }

  /** A call that ran out of time, or that the stop cut off. */
  HttpResponse failed(ServiceRequestContext ctx, Throwable cause) {
    Reply.Refused why = Refusals.failed(ctx, cause, reception.limits());
    reception.refused("", Protocol.OTLP_GRPC.label, why);
    return GrpcWords.say(why);
  }
}
