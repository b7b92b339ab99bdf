package io.lodge.receive;

import io.lodge.base.net.Listener;
import io.lodge.base.net.ListenerOptions;
import io.netty.channel.EventLoopGroup;

/** OTLP over gRPC: HTTP/2, in cleartext with prior knowledge or under TLS. */
public final class OtlpGrpcListener {

  private OtlpGrpcListener() {}

  /**
   * Opens the address.
   *
   * @param workers event loops shared by listeners
   * @throws io.lodge.base.net.CannotListenException if it cannot be had
   */
  public static Listener open(
      ListenerOptions options, EventLoopGroup workers, Reception reception) {
    OtlpGrpcEndpoint endpoint = new OtlpGrpcEndpoint(reception);
    return Listener.open(
        options,
        workers,
        builder -> {
          HttpIngestListener.limit(builder, reception.limits(), endpoint::stop);
          builder.serviceUnder("/", endpoint).errorHandler(endpoint::failed);
        });
  }
}
