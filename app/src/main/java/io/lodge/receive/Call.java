package io.lodge.receive;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.netty.util.AttributeKey;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request whose body is read: hands it to the pipeline when whole, gives its memory back when
 * the outcome is known (not before, even if the client is gone: the pipeline still reads it), and
 * answers. All of it on the request's event loop: a shard that answers a group of requests only
 * hands them over, and a loop that was asleep is woken once for all of them.
 */
final class Call implements BodyReader.Ending {
  /** Set once the pipeline has the body: from then on only its outcome says that it is not kept. */
  private static final AttributeKey<Boolean> SUBMITTED =
      AttributeKey.valueOf(Call.class, "SUBMITTED");

  private final Reception reception;
  private final ServiceRequestContext ctx;
  private final Protocol protocol;
  private final PayloadKind kind;
  private final String tenant;
  private final String context;
  private final Supplier<ContentEncoding> encoding;
  private final Function<Reply, HttpResponse> words;
  private final Body body;
  private final long startNanos;
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();

  /**
   * @param ctx the request's
   * @param encoding asked when the body is whole: gRPC says it in the message itself
   */
  Call(
      Reception reception,
      ServiceRequestContext ctx,
      Protocol protocol,
      PayloadKind kind,
      String tenant,
      String context,
      Body body,
      Supplier<ContentEncoding> encoding,
      Function<Reply, HttpResponse> words,
      long startNanos) {
    this.reception = reception;
    this.ctx = ctx;
    this.protocol = protocol;
    this.kind = kind;
    this.tenant = tenant;
    this.context = context;
    this.body = body;
    this.encoding = encoding;
    this.words = words;
    this.startNanos = startNanos;
  }

  /** Whether the request's body was handed to the pipeline, so that it may be kept. */
  static boolean isSubmitted(ServiceRequestContext ctx) {
    return ctx.hasAttr(SUBMITTED);
  }

  /** The answer, once it is known. */
  HttpResponse response() {
    return HttpResponse.of(answer);
  }

  @Override
  public void whole() {
    Payload payload =
        new Payload(
            kind,
            encoding.get(),
            tenant,
            context,
            reception.unixNanos().getAsLong(),
            body.bytes(),
            0,
            body.length());
    ctx.setAttr(SUBMITTED, true);
    reception.metrics().submitted(kind, body.length());
    var _ = reception.intake().submit(payload).handleAsync(this::decided, ctx.eventLoop());
  }

  private boolean decided(@Nullable Outcome outcome, @Nullable Throwable thrown) {
    body.release();
    say(outcome != null ? Reply.of(outcome) : goingDown());
    return true;
  }

  private static Reply goingDown() {
    return Reply.maybeKept(
        "cannot finish request: the gateway is going down; it may be kept or not");
  }

  @Override
  public void refused(Reply.Refused why) {
    body.release();
    say(why);
  }

  @Override
  public void broken(Throwable cause) {
    body.release();
    reception.metrics().answered(protocol, "broken", startNanos);
    answer.completeExceptionally(cause);
  }

  private void say(Reply reply) {
    reception.metrics().answered(protocol, reply, startNanos);
    if (reply instanceof Reply.Refused refused) {
      reception.refused(tenant, kind.label(), refused);
    }
    answer.complete(words.apply(reply));
  }
}
