package io.lodge.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response body as a stream that gives every byte that arrived before it reports that the
 * connection broke, and that does not wait for ever for a server which has stopped answering.
 *
 * <p>The JDK's own stream throws the break first and loses what is still queued; in ClickHouse's
 * case that is the message that says why it broke off. At most one delivery is in the queue: a slow
 * reader holds back the server, not memory. One thread reads, any thread may close.
 */
final class BodyQueue extends InputStream implements BodySubscriber<InputStream> {

  private sealed interface Delivery {
    record Bytes(List<ByteBuffer> buffers) implements Delivery {}

    record End(@Nullable Throwable cause) implements Delivery {}
  }

  private final LinkedBlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
  private List<ByteBuffer> current = List.of();
  private int next;
  private Delivery.@Nullable End end;
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean closed;
  private final long stallNanos;
  private final long endNanos;

  /**
   * @param stallMax how long the next bytes may take, once they are waited for
   * @param endNanos when, on the clock of {@link System#nanoTime}, all of them must be there
   */
  BodyQueue(Duration stallMax, long endNanos) {
    stallNanos = stallMax.toNanos();
    this.endNanos = endNanos;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given; // before looking at closed, as close() does it the other way round
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    queue.add(new Delivery.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    queue.add(new Delivery.End(cause));
  }

  @Override
  public void onComplete() {
    queue.add(new Delivery.End(null));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (true) {
      if (closed) {
        throw new IOException("cannot read result: it was closed");
      }
      while (next < current.size()) {
        ByteBuffer buffer = current.get(next);
        if (buffer.hasRemaining()) {
          int count = Math.min(length, buffer.remaining());
          buffer.get(target, offset, count);
          return count;
        }
        next++;
      }
      if (!advance()) {
        return -1;
      }
    }
  }

  private boolean advance() throws IOException {
    Delivery delivery = end != null ? end : take();
    return switch (delivery) {
      case Delivery.Bytes(List<ByteBuffer> buffers) -> {
        current = buffers;
        next = 0;
        request();
        yield true;
      }
      case Delivery.End last -> {
        end = last;
        if (last.cause() != null) {
          throw new IOException("connection broke off", last.cause());
        }
        yield false;
      }
    };
  }

  private void request() {
    Flow.Subscription given = subscription;
    if (given != null) {
      given.request(1);
    }
  }

  private Delivery take() throws IOException {
    long waitNanos = Math.min(stallNanos, endNanos - System.nanoTime());
    try {
      Delivery delivery = queue.poll(waitNanos, TimeUnit.NANOSECONDS);
      if (delivery == null) {
        close();
        throw new HttpTimeoutException(
            "no more of the answer came within %d ms"
                .formatted(Math.max(0, waitNanos) / 1_000_000));
      }
      return delivery;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IOException("cannot read result: interrupted", e);
    }
  }

  /** Stops the transfer; over HTTP/1.1 that closes the connection, which ClickHouse sees. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription given = subscription;
    if (given != null) {
      given.cancel();
    }
    queue.add(new Delivery.End(null));
  }
}
