package io.lodge.receive;

import io.lodge.model.ContentEncoding;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages over until they are durable. A syslog sender cannot be told to come again, so what
 * was read is offered again for as long as it takes, while nothing more is read. One event loop.
 */
final class SyslogDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogDelivery.class);

  private final Reception reception;
  private final SyslogOptions options;
  private final Protocol protocol;
  private final String transport;
  private final EventLoop loop;

  /**
   * @param transport {@code tcp} or {@code udp}
   */
  SyslogDelivery(
      Reception reception,
      SyslogOptions options,
      Protocol protocol,
      String transport,
      EventLoop loop) {
    this.reception = reception;
    this.options = options;
    this.protocol = protocol;
    this.transport = transport;
    this.loop = loop;
  }

  /**
   * Makes them durable.
   *
   * @param body their frames; given back when it is done
   * @param done called on the event loop when they are, or when that is hopeless
   */
  void submit(Body body, int messages, InetSocketAddress peer, Runnable done) {
    long now = reception.unixNanos().getAsLong();
    String context = options.context(transport, peer.getAddress().getHostAddress(), now);
    Payload payload =
        new Payload(
            PayloadKind.SYSLOG,
            ContentEncoding.IDENTITY,
            options.tenant(),
            context,
            now,
            body.bytes(),
            0,
            body.length());
    reception.metrics().submitted(PayloadKind.SYSLOG, body.length());
    offer(new Batch(payload, body, messages, done, System.nanoTime()));
  }

  private record Batch(Payload payload, Body body, int messages, Runnable done, long startNanos) {}

  private void offer(Batch batch) {
    var _ =
        reception
            .intake()
            .submit(batch.payload)
            .handle((outcome, thrown) -> {
              try {
                loop.execute(() -> decided(batch, outcome));
              } catch (RejectedExecutionException stopped) {
                batch.body.release();
              }
              return true;
            });
  }

  private void decided(Batch batch, @Nullable Outcome outcome) {
    if (outcome instanceof Outcome.RetryLater later) {
      options.metrics().retried(transport);
      var _ = loop.schedule(() -> offer(batch), later.after().toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    if (outcome instanceof Outcome.Accepted) {
      options.metrics().durable(transport, batch.messages);
    } else {
      LOG.error("cannot store {} syslog messages: {}", batch.messages, outcome);
      options.metrics().lost(transport, batch.messages);
    }
    if (outcome != null) {
      Reply reply = Reply.of(outcome);
      reception.metrics().answered(protocol, reply, batch.startNanos);
      if (reply instanceof Reply.Refused refused) {
        reception.refused(batch.payload.tenant(), batch.payload.kind().label(), refused);
      }
    }
    batch.body.release();
    batch.done.run();
  }
}
