package io.lodge.receive;

import com.linecorp.armeria.common.HttpResponse;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
  private final Reception reception;
  private final Executor eventLoop;
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
   * @param eventLoop the request's
   * @param encoding asked when the body is whole: gRPC says it in the message itself
   */
  Call(
      Reception reception,
      Executor eventLoop,
      Protocol protocol,
      PayloadKind kind,
      String tenant,
      String context,
      Body body,
      Supplier<ContentEncoding> encoding,
      Function<Reply, HttpResponse> words,
      long startNanos) {
    this.reception = reception;
    this.eventLoop = eventLoop;
    this.protocol = protocol;
    this.kind = kind;
    this.tenant = tenant;
    this.context = context;
    this.body = body;
    this.encoding = encoding;
    this.words = words;
    this.startNanos = startNanos;
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
    reception.metrics().submitted(kind, body.length());
    var _ = reception.intake().submit(payload).handleAsync(this::decided, eventLoop);
  }

  private boolean decided(@Nullable Outcome outcome, @Nullable Throwable thrown) {
    body.release();
    say(outcome != null ? Reply.of(outcome) : goingDown());
    return true;
  }

  private static Reply goingDown() {
    return Reply.later("cannot take body: the gateway is stopping", Duration.ofSeconds(1));
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
    answer.complete(words.apply(reply));
  }
}
