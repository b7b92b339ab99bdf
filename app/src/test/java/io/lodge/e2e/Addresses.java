package io.lodge.e2e;

import io.lodge.base.FreePorts;
import java.net.URI;
import java.util.List;

/** Where one Lodge listens, all on loopback. */
record Addresses(int otlpGrpc, int otlpHttp, int api, int engineHttp, int engineTcp) {
  static Addresses free() {
    List<Integer> ports = FreePorts.some(5);
    return new Addresses(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
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
