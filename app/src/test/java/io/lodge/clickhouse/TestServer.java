package io.lodge.clickhouse;

import io.lodge.engine.EngineEndpoint;
import io.lodge.engine.TestEngine;
import java.net.URI;

/** The ClickHouse that tests of SQL run on: the embedded engine, as its writer. */
public final class TestServer {
  private TestServer() {}

  /** A client of its own; the caller closes it. */
  public static ClickHouse open() {
    return open(url());
  }

  /** A client that goes through another address, such as a proxy in front of the server. */
  public static ClickHouse open(URI url) {
    EngineEndpoint endpoint = TestEngine.shared().endpoint();
    return new ClickHouse(
        ClickHouseEndpoints.of(url, endpoint.writer(), endpoint.writerPassword()));
  }

  public static URI url() {
    return TestEngine.shared().endpoint().url();
  }
}
