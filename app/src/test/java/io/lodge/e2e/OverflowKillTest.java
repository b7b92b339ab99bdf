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
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the gateway while segments move to the bucket, and while they come back. */
class OverflowKillTest {
  private static final int KILLS = 3;

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(20_261_121);

  @Test
  void whatWasAcknowledgedSurvivesKillsOnTheWayToTheBucketAndBack() throws Exception {
    try (Engine engine = TestEngine.start(folder.resolve("engine"));
        CuttingProxy wire =
            new CuttingProxy(engine.endpoint().url(), Addresses.free().engineHttp());
        S3Server s3 = S3Server.start(folder.resolve("s3"));
        RunningLodge lodge = RunningLodge.start(folder, settings(engine, wire, s3))) {
      Ledger ledger = new Ledger("overflow-kill");
      try (Load load = Load.start(ledger, lodge.at(), 4, 400, Duration.ofMillis(2))) {
        load.awaitAcknowledged(500);
        wire.away();
        for (int kill = 0; kill < KILLS; kill++) {
          awaitMore(lodge, "lodge_bucket_moved_total", random.nextInt(1, 6));
          lodge.kill();
          lodge.restartNotReady();
        }
        awaitMore(lodge, "lodge_bucket_moved_total", 3);
        load.stop();
        wire.back();
        for (int kill = 0; kill < KILLS; kill++) {
          awaitMore(lodge, "lodge_segments_stored_total", random.nextInt(1, 6));
          lodge.kill();
          lodge.restartNotReady();
        }
        lodge.awaitEmptyJournal();
        Waiting.until(
            "the bucket is empty",
            () ->
                lodge.metric("lodge_bucket_up") == 1
                    && lodge.metric("lodge_bucket_segments") == 0
                    && s3.names("segments/").isEmpty(),
            lodge::output);
        ledger.assertExact(lodge.reader());
        assertThat(lodge.metric("lodge_segments_quarantined_total")).isZero();
        assertThat(s3.names("quarantine/")).isEmpty();
      }
    }
  }

  private static void awaitMore(RunningLodge lodge, String counter, int more) {
    Waiting.until(more + " more " + counter, () -> lodge.metric(counter) >= more, lodge::output);
  }

  private static String[] settings(Engine engine, CuttingProxy wire, S3Server s3) {
    List<String> settings = new ArrayList<>(LocalLodge.external(wire.url(), engine.endpoint()));
    settings.addAll(
        List.of(
            "journal.segment_age=100ms",
            "journal.segment_size=1MiB",
            "journal.disk_budget=16MiB",
            "journal.min_free=0",
            "journal.bucket.bucket=" + S3Server.BUCKET,
            "journal.bucket.endpoint=" + s3.url(),
            "journal.bucket.path_style=true",
            "journal.bucket.access_key=" + S3Server.ACCESS_KEY,
            "journal.bucket.secret_key=" + S3Server.SECRET_KEY));
    return settings.toArray(String[]::new);
  }
}
