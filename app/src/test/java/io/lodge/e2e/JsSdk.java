package io.lodge.e2e;

import java.io.IOException;

/** OpenTelemetry's JavaScript SDK, run by Node. */
final class JsSdk {
  private static final NodeProject PROJECT = new NodeProject("js");

  private JsSdk() {}

  static void install() throws IOException, InterruptedException {
    PROJECT.install();
  }

  /** Runs {@code send.mjs}; fails unless every record was acknowledged. */
  static void send(String protocol, String url, String compression, String service)
      throws IOException, InterruptedException {
    PROJECT.node("send.mjs", protocol, url, compression, service);
  }

  /** Runs another script; fails unless it ends well. */
  static void run(String... arguments) throws IOException, InterruptedException {
    PROJECT.node(arguments);
  }
}
