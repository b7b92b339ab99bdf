package io.lodge.base.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One address to listen on.
 *
 * @param key the configuration key of the address, named when it cannot be had
 * @param address where; port 0 takes a free one
 * @param tls the files of its identity; {@code null} is cleartext
 * @param stopWithin how long requests in flight may take to finish when the listener stops
 */
public record ListenerOptions(
    String key, InetSocketAddress address, @Nullable TlsFiles tls, Duration stopWithin) {

  /** {@code 127.0.0.1:4317}, or {@code [::1]:4317}. */
  String hostAndPort() {
    InetAddress resolved = address.getAddress();
    String host = resolved == null ? address.getHostString() : resolved.getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
