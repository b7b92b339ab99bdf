package io.lodge.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Where one Lodge listens, all on loopback. */
record Addresses(int otlpGrpc, int otlpHttp, int api, int engineHttp, int engineTcp) {
  /**
   * Below the ports that the system gives to outgoing connections: a port must stay free while its
   * Lodge is dead and clients try to reach it.
   */
  private static final int PORT_MIN = 12_000;

  private static final int PORT_END = 32_000;

  static Addresses free() {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < 5) {
      int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_END);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    return new Addresses(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
  }

  static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  List<String> settings() {
    return List.of(
        "receive.otlp.grpc=127.0.0.1:" + otlpGrpc,
        "receive.otlp.http=127.0.0.1:" + otlpHttp,
        "api.listen=127.0.0.1:" + api,
        "engine.http=127.0.0.1:" + engineHttp,
        "engine.tcp=127.0.0.1:" + engineTcp);
  }

  URI otlpHttpUrl() {
    return url(otlpHttp);
  }

  URI otlpGrpcUrl() {
    return url(otlpGrpc);
  }

  URI apiUrl() {
    return url(api);
  }

  URI engineUrl() {
    return url(engineHttp);
  }

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
