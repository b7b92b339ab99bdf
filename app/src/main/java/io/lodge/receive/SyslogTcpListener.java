package io.lodge.receive;

import com.linecorp.armeria.common.util.TransportType;
import io.lodge.base.net.CannotListenException;
import io.lodge.base.net.ListenerOptions;
import io.lodge.base.net.TlsFiles;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Syslog over TCP (RFC 6587) and TLS (RFC 5425). The protocol has no answer: a message is safe once
 * it is durable here, and its sender cannot know when. Threads: any.
 */
public final class SyslogTcpListener implements AutoCloseable {
  private static final long STOP_POLL_NANOS = 2_000_000;

  private final Channel server;
  private final ChannelGroup connections;
  private final Duration stopWithin;

  private SyslogTcpListener(Channel server, ChannelGroup connections, Duration stopWithin) {
    this.server = server;
    this.connections = connections;
    this.stopWithin = stopWithin;
  }

  /**
   * Opens the address.
   *
   * @param workers event loops shared by listeners
   * @throws CannotListenException if it cannot be had
   */
  public static SyslogTcpListener open(
      ListenerOptions options, EventLoopGroup workers, Reception reception, SyslogOptions syslog) {
    @Nullable SslContext tls = tls(options);
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(workers)
            .channel(TransportType.serverChannelType(workers))
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            // A sender that vanished without a word is noticed at last.
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel.pipeline().addLast(new SyslogConnection(reception, syslog));
                  }
                });
    var bound = bootstrap.bind(options.address()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw CannotListenException.of(options, bound.cause());
    }
    return new SyslogTcpListener(bound.channel(), connections, options.stopWithin());
  }

  private static @Nullable SslContext tls(ListenerOptions options) {
    TlsFiles files = options.tls();
    if (files == null) {
      return null;
    }
    try {
      return SslContextBuilder.forServer(files.certificates().toFile(), files.key().toFile())
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw CannotListenException.ofTls(options, files, e);
    }
  }

  /** Where it listens, with the port that was taken. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /**
   * Makes durable what was read, within {@link ListenerOptions#stopWithin}, and closes every
   * connection. What the kernel has taken from senders and nobody has read is lost.
   */
  @Override
  public void close() {
    server.close().awaitUninterruptibly();
    for (Channel channel : connections) {
      channel.eventLoop().execute(() -> finish(channel));
    }
    long deadline = System.nanoTime() + stopWithin.toNanos();
    while (!connections.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(STOP_POLL_NANOS);
    }
    connections.close().awaitUninterruptibly();
  }

  private static void finish(Channel channel) {
    ChannelHandlerContext ctx = channel.pipeline().context(SyslogConnection.class);
    if (ctx == null) {
      var _ = channel.close();
    } else {
      ((SyslogConnection) ctx.handler()).finish(ctx);
    }
  }
}
