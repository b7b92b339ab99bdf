package io.lodge.e2e;

import io.lodge.InProcessLodge;
import io.lodge.config.InvalidConfigException;
import io.lodge.engine.Engine;
import io.lodge.engine.EngineEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Lodge in this JVM, on a ClickHouse that the test has and may put things in front of. */
final class LocalLodge implements AutoCloseable {
  private final Addresses at = Addresses.free();
  private final InProcessLodge lodge;

  /**
   * @param url where the Lodge looks for ClickHouse
   * @param engine whose users it is
   */
  LocalLodge(Path folder, URI url, Engine engine, String... settings)
      throws InvalidConfigException, InterruptedException {
    List<String> all = new ArrayList<>(at.settings());
    all.addAll(external(url, engine.endpoint()));
    all.addAll(List.of(settings));
    lodge = InProcessLodge.start(folder.resolve("data"), all);
  }

  /** The settings of a ClickHouse that Lodge does not run itself. */
  static List<String> external(URI url, EngineEndpoint endpoint) {
    return List.of(
        "clickhouse.url=" + url,
        "clickhouse.user=" + endpoint.writer(),
        "clickhouse.password=" + endpoint.writerPassword());
  }

  Addresses at() {
    return at;
  }

  Sql reader() {
    return Sql.overApi(at.apiUrl());
  }

  String metrics() {
    return Http.get(at.apiUrl().resolve("/metrics")).text();
  }

  long metric(String name) {
    return Metrics.sum(metrics(), name);
  }

  void awaitEmptyJournal() {
    Waiting.until(
        "the journal is empty",
        () -> metric("lodge_journal_segments") == 0 && metric("lodge_backlog_segments") == 0,
        this::metrics);
  }

  @Override
  public void close() {
    lodge.close();
  }
}
