package io.lodge.e2e;

import io.lodge.bucket.S3Server;
import io.lodge.clickhouse.CuttingProxy;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger on the System page in a real Chromium, in every state that it is there for: nothing
 * received, all stored, waiting in the journal and in the bucket, and missing.
 */
class UiLedgerTest {
  @TempDir Path folder;

  @Test
  void thePageSaysHowItStandsInEveryState() throws Exception {
    UiScript.needsChromium();
    try (Engine engine = TestEngine.start(folder.resolve("engine"));
        CuttingProxy wire =
            new CuttingProxy(engine.endpoint().url(), Addresses.free().engineHttp());
        S3Server s3 = S3Server.start(folder.resolve("s3"))) {
      try (LocalLodge lodge = lodge(wire, engine, s3)) {
        look(lodge, "empty");
      }
      try (LocalLodge lodge = lodge(wire, engine, s3, "canary.every=1s", "canary.late=1m");
          Load load = load(lodge)) {
        load.awaitAcknowledged(5_000);
        load.stop();
        look(lodge, "balanced");
      }
      try (LocalLodge lodge = lodge(wire, engine, s3, "canary.every=1s", "canary.late=1m");
          Load load = load(lodge)) {
        load.awaitAcknowledged(5_000);
        wire.away();
        Waiting.until(
            "some segments are in the bucket",
            () -> lodge.metric("lodge_bucket_segments") >= 5,
            lodge::metrics);
        load.stop();
        look(lodge, "unknown");
        wire.back();
        lodge.awaitEmptyJournal();
        Waiting.until(
            "the bucket is empty",
            () -> lodge.metric("lodge_bucket_segments") == 0,
            lodge::metrics);
      }
      try (LocalLodge lodge = lodge(wire, engine, s3, "canary.every=1s", "canary.late=1m")) {
        lodge.awaitEmptyJournal();
        forgetASegment(engine);
        look(lodge, "missing");
      }
    }
  }

  private static Load load(LocalLodge lodge) {
    return Load.start(new Ledger("shop"), lodge.at(), 2, 400, Duration.ofMillis(20));
  }

  private LocalLodge lodge(CuttingProxy wire, Engine engine, S3Server s3, String... more)
      throws Exception {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "journal.segment_age=300ms",
                "journal.segment_size=1MiB",
                "journal.disk_budget=16MiB",
                "journal.min_free=0",
                "journal.bucket.bucket=" + S3Server.BUCKET,
                "journal.bucket.endpoint=" + s3.url(),
                "journal.bucket.path_style=true",
                "journal.bucket.access_key=" + S3Server.ACCESS_KEY,
                "journal.bucket.secret_key=" + S3Server.SECRET_KEY));
    settings.addAll(List.of(more));
    return new LocalLodge(folder, wire.url(), engine, settings.toArray(String[]::new));
  }

  private static void look(LocalLodge lodge, String state) throws Exception {
    System.out.println(UiScript.run("ledger.mjs", lodge.at().apiUrl(), state));
  }

  /** As if a segment had vanished on its way: clients were told that it is kept. */
  private static void forgetASegment(Engine engine) {
    Sql writer =
        statement ->
            Http.post(
                URI.create(engine.endpoint().url() + "/?wait_end_of_query=1"),
                statement,
                "X-ClickHouse-User",
                engine.endpoint().writer(),
                "X-ClickHouse-Key",
                engine.endpoint().writerPassword());
    String segment =
        writer.value(
            "SELECT argMax(Segment, Records) FROM otel.delivery_ledger WHERE ServiceName = 'shop' AND Side = 'stored'");
    writer.run(
        "ALTER TABLE otel.delivery_ledger_0 DELETE WHERE Segment = '"
            + segment
            + "' SETTINGS mutations_sync = 2");
  }
}
