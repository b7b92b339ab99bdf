package io.lodge.engine;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the embedded engine is told.
 *
 * @param dir where its tables, configuration and log are
 * @param http address of its HTTP interface, {@code engine.http}
 * @param tcp address of its native protocol, {@code engine.tcp}
 * @param binary a full {@code clickhouse} to run instead of the library, {@code engine.binary}
 * @param readerPassword of the read-only user; empty for none
 * @param openToOthers whether the read-only user may come from other machines
 * @param limits what one query of the read-only user may take
 */
public record EngineOptions(
    Path dir,
    InetSocketAddress http,
    InetSocketAddress tcp,
    Optional<Path> binary,
    String readerPassword,
    boolean openToOthers,
    QueryLimits limits) {

  public EngineOptions {
    if (http.isUnresolved() || tcp.isUnresolved()) {
      throw new IllegalArgumentException(
          "cannot listen on %s and %s: a host is unknown; correct engine.http or engine.tcp"
              .formatted(http, tcp));
    }
  }

  /** Limits that the read-only user cannot lift. */
  public record QueryLimits(Duration timeMax, long memoryBytesMax, long resultRowsMax) {}

  /** Without the password. */
  @Override
  public String toString() {
    return "EngineOptions[dir=%s, http=%s, tcp=%s, binary=%s]".formatted(dir, http, tcp, binary);
  }
}
