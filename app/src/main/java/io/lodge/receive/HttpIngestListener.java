package io.lodge.receive;

import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerListener;
import io.lodge.base.net.Listener;
import io.lodge.base.net.ListenerOptions;
import io.netty.channel.EventLoopGroup;
import java.util.List;

/** What is sent over HTTP/1.1 and HTTP/2, in every protocol that Lodge knows. */
public final class HttpIngestListener {

  private HttpIngestListener() {}

  /** Every endpoint, in the order in which they are asked. */
  private static List<HttpRoute> routes() {
    return List.of(
        new OtlpHttpRoute(OtlpSignal.LOGS),
        new OtlpHttpRoute(OtlpSignal.TRACES),
        new OtlpHttpRoute(OtlpSignal.METRICS),
        new RemoteWriteRoute(),
        new LokiPushRoute(),
        new LokiReadyRoute(),
        new ZipkinRoute(),
        new JsonEventsRoute(),
        new ElasticsearchRoute(),
        new ClickHouseInsertRoute(),
        new CaptureRoute());
  }

  /** A line or two about each endpoint: what {@code GET /} says. */
  public static List<String> endpoints() {
    return routes().stream().map(HttpRoute::help).toList();
  }

  /**
   * Opens the address.
   *
   * @param workers event loops shared by listeners
   * @throws io.lodge.base.net.CannotListenException if it cannot be had
   */
  public static Listener open(
      ListenerOptions options, EventLoopGroup workers, Reception reception) {
    HttpIngestEndpoint endpoint = new HttpIngestEndpoint(reception, routes());
    return Listener.open(
        options,
        workers,
        builder -> {
          limit(builder, reception.limits(), endpoint::stop);
          builder.serviceUnder("/", endpoint).errorHandler(endpoint::failed);
          builder.decorator(RebindingGuard.decorator(options, reception));
        });
  }

  /**
   * Bytes of a body that HTTP/1.1 hands on at a time: as many as one read of the socket brings.
   * Each piece passes the whole pipeline of handlers; in Armeria's 8 KiB that would cost more than
   * the copying.
   */
  private static final int CHUNK_BYTES_MAX = 64 << 10;

  /** What all receiving listeners set: the endpoints themselves hold bodies to their limits. */
  static void limit(ServerBuilder builder, Limits limits, Runnable stopping) {
    builder.maxRequestLength(0);
    builder.http1MaxChunkSize(CHUNK_BYTES_MAX);
    builder.requestTimeout(limits.requestTimeout());
    builder.serverListener(ServerListener.builder().whenStopping(server -> stopping.run()).build());
  }
}
