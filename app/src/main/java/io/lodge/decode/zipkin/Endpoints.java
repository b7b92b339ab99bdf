package io.lodge.decode.zipkin;

/** OpenTelemetry's names for what Zipkin says of both ends. */
final class Endpoints {
  static final String PEER_SERVICE = "peer.service";

  private Endpoints() {}

  static String addressKey(boolean local) {
    return local ? "network.local.address" : "network.peer.address";
  }

  static String portKey(boolean local) {
    return local ? "network.local.port" : "network.peer.port";
  }
}
