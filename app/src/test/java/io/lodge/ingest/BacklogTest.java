package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.ByteBudget;
import io.lodge.base.Time;
import io.lodge.block.Compression;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.decode.DecoderLimits;
import io.lodge.deliver.Courier;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.OpenSegment;
import io.lodge.journal.RulesId;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments left by an earlier process, and a ClickHouse that does not take all of them. */
class BacklogTest {
  private static final DecoderLimits LIMITS = DecoderLimits.ofBytes(1 << 20, 1 << 20);
  private static final JournalOptions ROOMY = new JournalOptions(1 << 30, 0, LIMITS.stamp());

  @TempDir Path dir;

  @Test
  void aSegmentThatIsNotTakenDoesNotStopTheOthers() throws Exception {
    try (ClickHouse clickHouse = TestServer.open()) {
      new Schema(clickHouse).apply();
      clickHouse.execute(
          Query.of(
              "CREATE MATERIALIZED VIEW otel.backlog_test_mv ENGINE = Memory AS SELECT"
                  + " throwIf(Body = 'backlog poison') AS n FROM otel.generic_logs_landing"));
      try {
        leave("backlog poison", "backlog a", "backlog b");
        run(clickHouse);
      } finally {
        clickHouse.execute(Query.of("DROP VIEW IF EXISTS otel.backlog_test_mv SYNC"));
      }
    }
  }

  private void run(ClickHouse clickHouse) throws Exception {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      assertThat(journal.leftovers()).hasSize(3);
      Courier courier =
          new Courier(clickHouse::insert, Duration.ofSeconds(30), () -> "", Time.SYSTEM);
      Pipeline pipeline =
          new Pipeline(
              options(),
              journal,
              Rules.NONE,
              courier,
              new ByteBudget(64 << 20),
              Time.SYSTEM,
              broken -> {
                throw new AssertionError(broken);
              });
      pipeline.start();
      try {
        await(clickHouse, "backlog a", 1);
        await(clickHouse, "backlog b", 1);
        assertThat(pipeline.counters().segmentsQuarantined()).isZero();
        // What is stored is deleted a moment after its rows can be seen.
        Instant deadline = Instant.now().plusSeconds(60);
        while (journal.segments() != 1) {
          assertThat(Instant.now()).as("one segment waits").isBefore(deadline);
          Thread.sleep(10);
        }
        clickHouse.execute(Query.of("DROP VIEW otel.backlog_test_mv SYNC"));
        await(clickHouse, "backlog poison", 1);
      } finally {
        pipeline.stop(Duration.ofSeconds(5));
      }
    }
  }

  /** Each in a segment of its own. */
  private void leave(String... bodies) {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      for (String body : bodies) {
        OpenSegment segment = journal.begin(RulesId.NONE);
        assertThat(segment.append(payload(body))).isTrue();
        segment.sync();
        segment.close();
      }
    }
  }

  private static Payload payload(String body) {
    Instant now = Instant.now();
    String json =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"%d000000000","body":{"stringValue":"%s"}}]}]}]}\
        """
            .formatted(now.getEpochSecond(), body);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new Payload(
        PayloadKind.OTLP_LOGS_JSON,
        ContentEncoding.IDENTITY,
        "default",
        "",
        now.getEpochSecond() * 1_000_000_000L,
        bytes,
        0,
        bytes.length);
  }

  private static PipelineOptions options() {
    return new PipelineOptions(
        1, 1 << 20, Duration.ofSeconds(1), 1000, 1 << 20, LIMITS, 1, Compression.LZ4);
  }

  private static void await(ClickHouse clickHouse, String body, long count)
      throws IOException, InterruptedException {
    Query query =
        Query.of("SELECT count() FROM otel.generic_logs_0 WHERE Body = {body:String}")
            .withString("body", body);
    Instant deadline = Instant.now().plusSeconds(60);
    while (clickHouse.scalar(query) != count) {
      assertThat(Instant.now()).as(body).isBefore(deadline);
      Thread.sleep(50);
    }
  }
}
