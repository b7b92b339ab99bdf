package io.lodge.receive;

import com.linecorp.armeria.common.util.TransportType;
import io.lodge.base.net.CannotListenException;
import io.lodge.base.net.ListenerOptions;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Syslog over UDP (RFC 5426). A datagram that finds no room in the socket's buffer is lost without
 * a trace for its sender; the kernel's count of them is in the metrics. Threads: any.
 */
public final class SyslogUdpListener implements AutoCloseable {
  private static final int DATAGRAM_BYTES_MAX = 65_535;
  private static final int DATAGRAMS_PER_READ = 128;

  /** Asked for; the kernel grants up to {@code net.core.rmem_max}. */
  private static final int SOCKET_BUFFER_BYTES = 8 << 20;

  private static final long STOP_POLL_NANOS = 2_000_000;

  private final Channel socket;
  private final Duration stopWithin;

  private SyslogUdpListener(Channel socket, Duration stopWithin) {
    this.socket = socket;
    this.stopWithin = stopWithin;
  }

  /**
   * Opens the address.
   *
   * @param workers event loops shared by listeners
   * @throws CannotListenException if it cannot be had
   */
  public static SyslogUdpListener open(
      ListenerOptions options, EventLoopGroup workers, Reception reception, SyslogOptions syslog) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(workers)
            .channel(TransportType.datagramChannelType(workers))
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(DATAGRAM_BYTES_MAX)
                    .maxMessagesPerRead(DATAGRAMS_PER_READ))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    SyslogDelivery delivery =
                        new SyslogDelivery(
                            reception, syslog, Protocol.SYSLOG_UDP, "udp", channel.eventLoop());
                    channel.pipeline().addLast(new SyslogDatagrams(reception, syslog, delivery));
                  }
                });
    var bound = bootstrap.bind(options.address()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw CannotListenException.of(options, bound.cause());
    }
    SyslogUdpListener listener = new SyslogUdpListener(bound.channel(), options.stopWithin());
    syslog.metrics().watch(new KernelDrops(listener.address().getPort()));
    return listener;
  }

  /** Where it listens, with the port that was taken. */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.localAddress();
  }

  /** Makes durable what was read; what is in the socket's buffer is lost. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + stopWithin.toNanos();
    while (!isStopped() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(STOP_POLL_NANOS);
    }
    socket.close().awaitUninterruptibly();
  }

  private boolean isStopped() {
    ChannelHandlerContext ctx = socket.pipeline().context(SyslogDatagrams.class);
    if (ctx == null) {
      return true;
    }
    SyslogDatagrams handler = (SyslogDatagrams) ctx.handler();
    try {
      return socket.eventLoop().submit(() -> handler.isStopped(ctx)).get(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException | TimeoutException notNow) {
      return false;
    }
  }
}
