package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.bucket.FaultyWire.Mode;
import io.lodge.bucket.S3Server;
import io.lodge.clickhouse.CuttingProxy;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import io.lodge.query.run.JsonRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ClickHouse is away, the disk is small, and a bucket takes what does not fit. */
class OverflowTest {
  private static final int PRODUCERS = 4;
  private static final int REQUEST_RECORDS = 400;

  @TempDir static Path engineFolder;
  private static Engine engine;
  @TempDir Path folder;
  private CuttingProxy wire;
  private S3Server s3;

  @BeforeAll
  static void startEngine() {
    engine = TestEngine.start(engineFolder);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void open() throws Exception {
    wire = new CuttingProxy(engine.endpoint().url(), Addresses.free().engineHttp());
    s3 = S3Server.start(folder.resolve("s3"));
  }

  @AfterEach
  void close() throws Exception {
    wire.close();
    s3.close();
  }

  private LocalLodge lodge() throws Exception {
    return lodgeIn("first");
  }

  private LocalLodge lodgeIn(String name, String... more) throws Exception {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "journal.segment_age=100ms",
                "journal.segment_size=1MiB",
                "journal.disk_budget=16MiB",
                "journal.min_free=0",
                "journal.bucket.bucket=" + S3Server.BUCKET,
                "journal.bucket.endpoint=" + s3.url(),
                "journal.bucket.path_style=true",
                "journal.bucket.prefix=lodge",
                "journal.bucket.access_key=" + S3Server.ACCESS_KEY,
                "journal.bucket.secret_key=" + S3Server.SECRET_KEY));
    settings.addAll(List.of(more));
    return new LocalLodge(
        folder.resolve(name), wire.url(), engine, settings.toArray(String[]::new));
  }

  private static Load load(Ledger ledger, LocalLodge lodge) {
    return Load.start(ledger, lodge.at(), PRODUCERS, REQUEST_RECORDS, Duration.ofMillis(2));
  }

  private static void awaitMoved(LocalLodge lodge, int segments) {
    Waiting.until(
        segments + " segments are moved",
        () -> lodge.metric("lodge_bucket_moved_total") >= segments,
        lodge::metrics);
  }

  private static void awaitNothingLeft(LocalLodge lodge) {
    lodge.awaitEmptyJournal();
    Waiting.until(
        "the bucket is empty", () -> lodge.metric("lodge_bucket_segments") == 0, lodge::metrics);
    assertThat(lodge.metric("lodge_bucket_size_bytes")).isZero();
    assertThat(lodge.metric("lodge_journal_size_bytes")).isZero();
  }

  @Test
  void whatDoesNotFitOnTheDiskWaitsInTheBucketAndIsStoredOnce() throws Exception {
    Ledger ledger = new Ledger("overflow");
    try (LocalLodge lodge = lodge();
        Load load = load(ledger, lodge)) {
      load.awaitAcknowledged(500);
      wire.away();
      awaitMoved(lodge, 20);
      assertThat(lodge.metric("lodge_journal_size_bytes")).isLessThan(17L << 20);
      assertThat(lodge.metric("lodge_bucket_size_bytes")).isPositive();
      awaitTheLedgerToSayWhere(lodge, "overflow");
      wire.back();
      load.awaitAcknowledged(500);
      load.stop();
      awaitNothingLeft(lodge);
      ledger.assertExact(lodge.reader());
      assertThat(lodge.metric("lodge_segments_quarantined_total")).isZero();
      assertThat(lodge.metric("lodge_bucket_fetched_total"))
          .isGreaterThanOrEqualTo(lodge.metric("lodge_bucket_moved_total"));
      JsonRow gateway = new Books(lodge.at().apiUrl()).ask("").object("gateway");
      assertThat(gateway.count("in_flight") + gateway.count("in_bucket")).isZero();
      assertThat(gateway.count("segments_in_bucket")).isZero();
    }
  }

  /** What is on its way is in the journal or in the bucket, each by what the folders say. */
  private static void awaitTheLedgerToSayWhere(LocalLodge lodge, String service) {
    Books books = new Books(lodge.at().apiUrl());
    Waiting.until(
        "the ledger agrees with the bucket",
        () -> {
          long before = lodge.metric("lodge_bucket_segments");
          JsonRow data = books.ask("?group=service");
          JsonRow line = Books.lineOf(data, service);
          JsonRow gateway = data.object("gateway");
          assertThat(line.count("in_journal") + line.count("in_bucket"))
              .isEqualTo(line.count("in_flight"));
          assertThat(gateway.count("in_bucket")).isEqualTo(line.count("in_bucket"));
          // Some objects are of segments without records, or are on the disk again.
          long segments = gateway.count("segments_in_bucket");
          return before == lodge.metric("lodge_bucket_segments")
              && segments <= before
              && segments >= before - 4
              && line.count("in_journal") > 0
              && line.count("in_bucket") >= segments * REQUEST_RECORDS;
        },
        () -> books.ask("?group=service").toString());
    assertThat(lodge.metric("lodge_ledger_in_bucket_records")).isPositive();
  }

  @Test
  void whoWaitsForTheBucketIsAnsweredFromThereWhileClickHouseIsAway() throws Exception {
    Ledger ledger = new Ledger("ack-object");
    try (LocalLodge lodge =
            lodgeIn("object", "receive.otlp.http_ack=object", "receive.otlp.grpc_ack=object");
        Load load = load(ledger, lodge)) {
      load.awaitAcknowledged(500);
      wire.away();
      load.awaitAcknowledged(PRODUCERS * 5 * REQUEST_RECORDS);
      assertThat(lodge.metric("lodge_bucket_moved_total")).isPositive();
      wire.back();
      load.stop();
      awaitNothingLeft(lodge);
      ledger.assertExact(lodge.reader());
      assertThat(lodge.metric("lodge_ingest_ack_timeouts_total")).isZero();
    }
  }

  @Test
  void aRestartGoesOnWithWhatIsInTheBucket() throws Exception {
    Ledger ledger = new Ledger("overflow-restart");
    try (LocalLodge lodge = lodge();
        Load load = load(ledger, lodge)) {
      load.awaitAcknowledged(500);
      wire.away();
      awaitMoved(lodge, 10);
      load.stop();
    }
    try (LocalLodge lodge = lodge()) {
      Books books = new Books(lodge.at().apiUrl());
      Waiting.until(
          "what is in the bucket is known, and that it is not counted",
          () -> {
            JsonRow gateway = books.ask("").object("gateway");
            long inBucket = gateway.count("segments_not_counted_in_bucket");
            return inBucket >= 5
                && inBucket == gateway.count("segments_in_bucket")
                && inBucket < gateway.count("segments_not_counted")
                && inBucket == lodge.metric("lodge_ledger_not_counted_in_bucket_segments");
          },
          () -> books.ask("").toString());
      wire.back();
      Waiting.until(
          "segments come back",
          () -> lodge.metric("lodge_bucket_fetched_total") >= 10,
          lodge::metrics);
      awaitNothingLeft(lodge);
      ledger.assertExact(lodge.reader());
    }
  }

  @Test
  void aBucketThatIsAwayStopsNeitherAcknowledgementsNorDelivery() throws Exception {
    for (Mode fault : List.of(Mode.UNAVAILABLE, Mode.HANG)) {
      Ledger ledger = new Ledger("overflow-" + fault);
      try (LocalLodge lodge = lodgeIn(fault.toString());
          Load load = load(ledger, lodge)) {
        load.awaitAcknowledged(500);
        wire.away();
        awaitMoved(lodge, 5);
        s3.wire().use(fault);
        // Until the disk is full, and then it refuses.
        load.awaitRefusals(PRODUCERS);
        wire.back();
        // What is on disk is delivered, and what comes is taken, as if there were no bucket.
        long before = lodge.metric("lodge_segments_stored_total");
        load.awaitAcknowledged(20_000);
        Waiting.until(
            "the disk drains",
            () -> lodge.metric("lodge_segments_stored_total") > before + 10,
            lodge::metrics);
        load.stop();
        s3.wire().use(Mode.PASS);
        awaitNothingLeft(lodge);
        ledger.assertExact(lodge.reader());
        assertThat(lodge.metric("lodge_bucket_failures_total")).isPositive();
        assertThat(lodge.metric("lodge_bucket_up")).isOne();
      }
    }
  }

  @Test
  void refusesWhenDiskAndBucketAreFull() throws Exception {
    Ledger ledger = new Ledger("overflow-full");
    try (LocalLodge lodge = lodgeIn("full", "journal.bucket.budget=16MiB");
        Load load = load(ledger, lodge)) {
      load.awaitAcknowledged(500);
      wire.away();
      // Requests may be refused before, where the bucket is slower than the load.
      Waiting.until(
          "the bucket is full",
          () -> lodge.metric("lodge_bucket_size_bytes") >= 16L << 20,
          lodge::metrics);
      load.awaitRefusals(2 * PRODUCERS);
      assertThat(lodge.metric("lodge_bucket_size_bytes")).isLessThan(18L << 20);
      assertThat(lodge.metric("lodge_journal_size_bytes")).isBetween(13L << 20, 17L << 20);
      wire.back();
      load.awaitAcknowledged(500);
      load.stop();
      awaitNothingLeft(lodge);
      ledger.assertExact(lodge.reader());
    }
  }
}
