package io.lodge.base.net;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One open address. Threads: any. */
public final class Listener implements AutoCloseable {
  private static final long STOP_POLL_NANOS = 2_000_000;

  /**
   * Once the last request in flight is answered there is nothing to wait for. Not zero: to Armeria
   * that means to wait for no request at all.
   */
  private static final Duration QUIET = Duration.ofNanos(1);

  private final Server server;
  private final EventLoopGroup acceptor;
  private final InetSocketAddress address;

  private Listener(Server server, EventLoopGroup acceptor, InetSocketAddress address) {
    this.server = server;
    this.acceptor = acceptor;
    this.address = address;
  }

  /**
   * Opens the address and serves what {@code services} adds.
   *
   * @param workers the event loops, shared with other listeners; not closed with this one
   * @param services adds services, limits and error answers to the server
   * @throws CannotListenException if the port is taken or the TLS files cannot be used
   */
  public static Listener open(
      ListenerOptions options, EventLoopGroup workers, Consumer<ServerBuilder> services) {
    ServerBuilder builder = Server.builder();
    bind(builder, options);
    EventLoopGroup acceptor = EventLoopGroups.newEventLoopGroup(1, "accept-" + options.key(), true);
    builder.bossGroupFactory(name -> acceptor);
    builder.workerGroup(workers, false);
    frugal(builder);
    builder.gracefulShutdownTimeout(QUIET, options.stopWithin());
    services.accept(builder);
    Server server = builder.build();
    try {
      server.start().join();
    } catch (CompletionException e) {
      stop(server, acceptor);
      throw CannotListenException.of(options, e.getCause() == null ? e : e.getCause());
    }
    int port = server.activeLocalPort();
    return new Listener(
        server, acceptor, new InetSocketAddress(options.address().getAddress(), port));
  }

  private static void bind(ServerBuilder builder, ListenerOptions options) {
    @Nullable TlsFiles tls = options.tls();
    if (tls == null) {
      builder.http(options.address());
      return;
    }
    try {
      builder.https(options.address());
      builder.tls(TlsKeyPair.of(tls.key().toFile(), tls.certificates().toFile()));
    } catch (RuntimeException e) {
      throw CannotListenException.ofTls(options, tls, e);
    }
  }

  /** What Armeria would do per request and nobody would look at. */
  private static void frugal(ServerBuilder builder) {
    builder.meterRegistry(NoopMeterRegistry.get());
    builder.disableServerHeader();
    builder.verboseResponses(false);
  }

  /** Where it listens, with the port that was taken. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Lets requests in flight finish within {@link ListenerOptions#stopWithin}, then closes the
   * address and every connection; services refuse what still comes. Blocks until done; idempotent.
   */
  @Override
  public void close() {
    stop(server, acceptor);
  }

  /**
   * Armeria ends the acceptor last, when all else is closed, and Netty lets it idle for 2 s more:
   * its thread is a daemon and nobody waits for it.
   */
  private static void stop(Server server, EventLoopGroup acceptor) {
    CompletableFuture<Void> stopped = server.stop();
    while (!stopped.isDone() && !acceptor.isShuttingDown()) {
      LockSupport.parkNanos(STOP_POLL_NANOS);
    }
  }
}
