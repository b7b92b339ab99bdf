package io.lodge.receive;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * {@code grpc.health.v1.Health/Check}: serving until the listener stops. Asks for no key, as probes
 * have none. Source: gRPC, {@code health-checking.md}.
 */
final class GrpcHealth {
  static final String CHECK = "/grpc.health.v1.Health/Check";
  private static final int REQUEST_BYTES_MAX = 1024;
  private static final int SERVING = 1;
  private static final int NOT_SERVING = 2;

  private final Reception reception;
  private final Limits limits;
  private final BooleanSupplier serving;

  GrpcHealth(Reception reception, BooleanSupplier serving) {
    this.reception = reception;
    this.limits =
        new Limits(
            REQUEST_BYTES_MAX,
            reception.limits().requestTimeout(),
            reception.limits().retryAfter());
    this.serving = serving;
  }

  HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    Body body = new Body(reception.buffers(), reception.budget());
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    BodyReader.read(ctx, request, new GrpcFrame(body, limits, false), new Check(body, answer));
    return HttpResponse.of(answer);
  }

  private final class Check implements BodyReader.Ending {
    private final Body body;
    private final CompletableFuture<HttpResponse> answer;

    Check(Body body, CompletableFuture<HttpResponse> answer) {
      this.body = body;
      this.answer = answer;
    }

    @Override
    public void whole() {
      String service = serviceIn(body.bytes(), body.length());
      body.release();
      boolean known = service.isEmpty() || OtlpSignal.hasService(service);
      int status = serving.getAsBoolean() ? SERVING : NOT_SERVING;
      answer.complete(
          known
              ? GrpcWords.message(new ProtobufBytes().number(1, status).toBytes())
              : GrpcWords.error(GrpcCode.NOT_FOUND, "cannot find service " + service));
    }

    @Override
    public void refused(Reply.Refused why) {
      body.release();
      answer.complete(GrpcWords.say(why));
    }

    @Override
    public void broken(Throwable cause) {
      body.release();
      answer.completeExceptionally(cause);
    }
  }

  /** Field 1 of a message that has no other; shorter than 128 bytes, so its length is one byte. */
  private static String serviceIn(byte[] message, int length) {
    boolean named = length > 2 && message[0] == 0x0A && message[1] == length - 2;
    return named ? new String(message, 2, length - 2, StandardCharsets.UTF_8) : "";
  }
}
