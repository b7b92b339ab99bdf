package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.bucket.S3Server;
import io.lodge.clickhouse.CuttingProxy;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dead gateway left, in the bucket and on its disk, is delivered by another. */
class DeadGatewayTest {
  @TempDir Path folder;
  private Engine engine;
  private CuttingProxy wire;
  private S3Server s3;

  @BeforeEach
  void open() throws Exception {
    engine = TestEngine.start(folder.resolve("engine"));
    wire = new CuttingProxy(engine.endpoint().url(), Addresses.free().engineHttp());
    s3 = S3Server.start(folder.resolve("s3"));
  }

  @AfterEach
  void close() throws Exception {
    wire.close();
    s3.close();
    engine.close();
  }

  private LocalLodge lodge(String name) throws Exception {
    List<String> settings = new ArrayList<>(List.of("journal.segment_age=100ms"));
    settings.addAll(settings());
    return new LocalLodge(
        folder.resolve(name), wire.url(), engine, settings.toArray(String[]::new));
  }

  private List<String> settings() {
    return List.of(
        "journal.segment_size=1MiB",
        "journal.disk_budget=16MiB",
        "journal.min_free=0",
        "journal.bucket.bucket=" + S3Server.BUCKET,
        "journal.bucket.endpoint=" + s3.url(),
        "journal.bucket.path_style=true",
        "journal.bucket.access_key=" + S3Server.ACCESS_KEY,
        "journal.bucket.secret_key=" + S3Server.SECRET_KEY);
  }

  private GatewayProcess journal(String gateway, String... arguments) {
    List<String> all = new ArrayList<>(List.of("journal"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve(gateway).resolve("data").toString()));
    settings().forEach(setting -> all.addAll(List.of("--set", setting)));
    return GatewayProcess.start(folder.resolve(arguments[0] + ".out"), List.of(), all);
  }

  @Test
  void anotherDeliversAllOfIt() throws Exception {
    Ledger ledger = new Ledger("adoption");
    try (LocalLodge dead = lodge("dead");
        Load load = Load.start(ledger, dead.at(), 4, 400, Duration.ofMillis(2))) {
      load.awaitAcknowledged(500);
      wire.away();
      Waiting.until(
          "segments are moved", () -> dead.metric("lodge_bucket_moved_total") >= 10, dead::metrics);
      load.stop();
    }
    wire.back();
    try (LocalLodge alive = lodge("alive")) {
      GatewayProcess inspect = journal("alive", "inspect");
      assertThat(inspect.await()).as(inspect.output()).isZero();
      assertThat(inspect.output()).contains("dead; `lodge journal adopt` takes it over");
      assertThat(inspect.output()).contains("(this one)  0 segments");

      GatewayProcess adopt = journal("alive", "adopt", "--all-dead");
      assertThat(adopt.await()).as(adopt.output()).isZero();
      assertThat(adopt.output()).contains("adopted ");
      Path left = folder.resolve("dead").resolve("data").resolve("journal");
      // Its disk holds more than the budget of the other has room for at a time.
      Waiting.until(
          "the dead one's disk is adopted",
          () -> journal("alive", "adopt", left.toString()).await() == 0);
      Waiting.until(
          "the bucket's segments come back",
          () -> alive.metric("lodge_bucket_deleted_total") >= 10,
          alive::metrics);
      alive.awaitEmptyJournal();
      ledger.assertExact(alive.reader());
      assertThat(alive.metric("lodge_bucket_segments")).isZero();
    }
  }
}
