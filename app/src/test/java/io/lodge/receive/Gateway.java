package io.lodge.receive;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.lodge.base.BufferPool;
import io.lodge.base.ByteBudget;
import io.lodge.base.net.KeyCheck;
import io.lodge.base.net.Listener;
import io.lodge.base.net.ListenerOptions;
import io.lodge.base.net.TlsFiles;
import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Both OTLP listeners on free ports, over a recording intake. */
final class Gateway implements AutoCloseable {
  static final int REQUEST_BYTES_MAX = 1 << 20;

  final RecordingIntake intake = new RecordingIntake();
  final PrometheusRegistry registry = new PrometheusRegistry();
  final BufferPool buffers = new BufferPool(REQUEST_BYTES_MAX, 8 << 20);
  final ByteBudget budget;
  final Listener http;
  final Listener grpc;
  private final EventLoopGroup workers = EventLoopGroups.newEventLoopGroup(2);

  Gateway() {
    this(64 << 20, KeyCheck.OPEN, null, Duration.ofSeconds(20));
  }

  Gateway(long budgetBytes, KeyCheck keys, @Nullable TlsFiles tls, Duration requestTimeout) {
    budget = new ByteBudget(budgetBytes);
    Reception reception =
        new Reception(
            intake,
            keys,
            budget,
            buffers,
            new Limits(REQUEST_BYTES_MAX, requestTimeout, Duration.ofMillis(1500)),
            new ReceiveMetrics(registry, budget, buffers),
            () -> 1_700_000_000_000_000_000L);
    http = HttpIngestListener.open(options("receive.otlp.http", 0, tls), workers, reception);
    grpc = OtlpGrpcListener.open(options("receive.otlp.grpc", 0, tls), workers, reception);
  }

  static ListenerOptions options(String key, int port, @Nullable TlsFiles tls) {
    return new ListenerOptions(
        key,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        tls,
        Duration.ofSeconds(5));
  }

  String httpUrl() {
    return "http://127.0.0.1:" + http.address().getPort();
  }

  String grpcUrl() {
    return "http://127.0.0.1:" + grpc.address().getPort();
  }

  EventLoopGroup workers() {
    return workers;
  }

  /** Waits until it is so, or fails. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited 10 s in vain until " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Watches that it stays so for a while. */
  static void staysSo(String what, BooleanSupplier condition, Duration whileLong) {
    long end = System.nanoTime() + whileLong.toNanos();
    while (System.nanoTime() < end) {
      if (!condition.getAsBoolean()) {
        throw new AssertionError("no longer so: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    // Together: with connections open, each takes a second.
    Thread other = Thread.ofVirtual().start(http::close);
    grpc.close();
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
