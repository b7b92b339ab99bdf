package io.lodge.receive;

import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerListener;
import io.lodge.base.net.Listener;
import io.lodge.base.net.ListenerOptions;
import io.netty.channel.EventLoopGroup;

/** OTLP over HTTP/1.1 and HTTP/2, protobuf and JSON. */
public final class OtlpHttpListener {

  private OtlpHttpListener() {}

  /**
   * Opens the address.
   *
   * @param workers event loops shared by listeners
   * @throws io.lodge.base.net.CannotListenException if it cannot be had
   */
  public static Listener open(
      ListenerOptions options, EventLoopGroup workers, Reception reception) {
    OtlpHttpEndpoint endpoint = new OtlpHttpEndpoint(reception);
    return Listener.open(
        options,
        workers,
        builder -> {
          limit(builder, reception.limits(), endpoint::stop);
          builder.serviceUnder("/", endpoint).errorHandler(endpoint::failed);
        });
  }

  /** What all receiving listeners set: the endpoints themselves hold bodies to their limits. */
  static void limit(ServerBuilder builder, Limits limits, Runnable stopping) {
    builder.maxRequestLength(0);
    builder.requestTimeout(limits.requestTimeout());
    builder.serverListener(ServerListener.builder().whenStopping(server -> stopping.run()).build());
  }
}
