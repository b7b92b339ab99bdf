package io.lodge.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.stream.SubscriptionOption;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Reads a request's body, chunk by chunk, into its {@link Framing}; each chunk is released at once.
 * Runs on the request's event loop.
 */
final class BodyReader implements Subscriber<HttpObject> {

  /** What becomes of a body; exactly one of these is called, once. */
  interface Ending {
    void whole();

    void refused(Reply.Refused why);

    /** The client went away, or the request ran out of time. */
    void broken(Throwable cause);
  }

  private final Framing framing;
  private final Ending ending;
  private @Nullable Subscription subscription;
  private boolean ended;

  private BodyReader(Framing framing, Ending ending) {
    this.framing = framing;
    this.ending = ending;
  }

  static void read(ServiceRequestContext ctx, HttpRequest request, Framing framing, Ending ending) {
    request.subscribe(
        new BodyReader(framing, ending), ctx.eventLoop(), SubscriptionOption.WITH_POOLED_OBJECTS);
  }

  @Override
  public void onSubscribe(Subscription upstream) {
    subscription = upstream;
    // Bounded by the framing, which refuses beyond its limits: no need to ask chunk by chunk.
    upstream.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject part) {
    if (!(part instanceof HttpData data)) {
      return; // trailers
    }
    try (data) {
      if (!ended) {
        refuse(framing.accept(data.byteBuf()));
      }
    }
  }

  private void refuse(Reply.@Nullable Refused why) {
    if (why == null) {
      return;
    }
    ended = true;
    if (subscription != null) {
      subscription.cancel();
    }
    ending.refused(why);
  }

  @Override
  public void onComplete() {
    if (ended) {
      return;
    }
    Reply.Refused why = framing.end();
    if (why != null) {
      refuse(why);
      return;
    }
    ended = true;
    ending.whole();
  }

  @Override
  public void onError(Throwable cause) {
    if (!ended) {
      ended = true;
      ending.broken(cause);
    }
  }
}
