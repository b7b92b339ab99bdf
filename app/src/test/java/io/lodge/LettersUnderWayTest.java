package io.lodge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.LettersUnderWay.Where;
import io.lodge.base.ByteBudget;
import io.lodge.base.Time;
import io.lodge.block.Compression;
import io.lodge.bucket.Bucket;
import io.lodge.bucket.FaultyWire.Mode;
import io.lodge.bucket.S3Server;
import io.lodge.clickhouse.InsertResult;
import io.lodge.decode.DecoderLimits;
import io.lodge.decode.letter.LetterRequest;
import io.lodge.decode.letter.Replay;
import io.lodge.deliver.Courier;
import io.lodge.ingest.Overflow;
import io.lodge.ingest.Pipeline;
import io.lodge.ingest.PipelineOptions;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.OpenSegment;
import io.lodge.journal.RulesId;
import io.lodge.journal.SegmentBucket;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A letter is looked for wherever it may be, for what is nowhere is sent once more. */
class LettersUnderWayTest {
  private static final DecoderLimits LIMITS = DecoderLimits.ofBytes(1 << 20, 1 << 20);
  private static final JournalOptions ROOMY = new JournalOptions(1 << 30, 0, LIMITS.stamp());

  @TempDir Path folder;
  private S3Server server;
  private Bucket bucket;

  @BeforeEach
  void open() throws Exception {
    server = S3Server.start(folder.resolve("s3"));
    bucket = server.open();
  }

  @AfterEach
  void close() throws Exception {
    bucket.close();
    server.close();
  }

  private Path dir() {
    return folder.resolve("journal");
  }

  private static Replay letter() {
    byte[] body =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"a\"}}]}]}]}"
            .getBytes(StandardCharsets.UTF_8);
    return new Replay("id", "g", 1, new LetterRequest.Whole(PayloadKind.OTLP_LOGS_JSON, "", body));
  }

  /** A letter in a segment in the bucket, as an earlier process left it. */
  private void leaveInBucket(boolean quarantined) throws Exception {
    try (Journal journal = Journal.open(dir(), ROOMY)) {
      SegmentBucket segments = journal.in(bucket);
      OpenSegment open = journal.begin(RulesId.NONE);
      assertThat(open.append(letter().payload("default", 1))).isTrue();
      open.sync();
      var object = segments.move(open.close());
      if (quarantined && segments.fetch(object) instanceof SegmentBucket.Fetch.Whole(var segment)) {
        segment.quarantine("a reason");
        assertThat(segments.doDuty()).isTrue();
      }
    }
  }

  /** The pipeline of a process, with a ClickHouse that stores only once it is let. */
  private final class Running implements AutoCloseable {
    private final CountDownLatch stores = new CountDownLatch(1);
    private final Journal journal = Journal.open(dir(), ROOMY);
    private final Pipeline pipeline =
        new Pipeline(
            new PipelineOptions(
                1, 1 << 20, Duration.ofMillis(50), 1000, 1 << 20, LIMITS, 1, Compression.NONE),
            journal,
            Rules.NONE,
            new Courier(
                (_, _, _, _) ->
                    stores.getCount() == 0
                        ? new InsertResult.Stored(1)
                        : new InsertResult.RetryLater(InsertResult.Wait.PRESSURE, 252, "full"),
                Duration.ofSeconds(30),
                () -> "",
                Time.SYSTEM),
            new ByteBudget(64 << 20),
            Time.SYSTEM,
            broken -> {
              throw new AssertionError(broken);
            });
    private final Overflow overflow = pipeline.overflowTo(journal.in(bucket), 1 << 30);
    private final LettersUnderWay underWay =
        new LettersUnderWay(
            new JournalKinds(dir()), () -> pipeline.backlogSegments() > 0, Optional.of(overflow));

    Running() {
      pipeline.start();
    }

    Where look() throws IOException {
      return underWay.look();
    }

    void await(String what, Predicate<Where> is) throws Exception {
      long endNanos = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!is.test(look())) {
        assertThat(System.nanoTime()).as(what + "; " + look()).isLessThan(endNanos);
        Thread.sleep(10);
      }
    }

    @Override
    public void close() {
      try {
        overflow.stop();
        pipeline.stop(Duration.ZERO);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      journal.close();
    }
  }

  @Test
  void inABucketThatCannotBeReachedAfterAStart() throws Exception {
    leaveInBucket(false);
    server.wire().use(Mode.UNAVAILABLE);
    try (Running process = new Running()) {
      process.overflow.start();
      assertThat(process.look()).isInstanceOf(Where.Waiting.class);
      process.await("asked", _ -> process.overflow.failures() > 0);
      assertThat(process.look()).isInstanceOf(Where.Waiting.class);
      process.stores.countDown();
      server.wire().use(Mode.PASS);
      process.await("stored", Where.Nowhere.class::isInstance);
    }
  }

  @Test
  void inABucketThatWasNotSeenYet() throws Exception {
    leaveInBucket(false);
    try (Running process = new Running()) {
      assertThat(process.look()).isInstanceOf(Where.Waiting.class);
      process.overflow.start();
      process.stores.countDown();
      process.await("stored", Where.Nowhere.class::isInstance);
    }
  }

  @Test
  void inACopyThatIsBeingSent() throws Exception {
    leaveInBucket(false);
    try (Running process = new Running()) {
      process.overflow.start();
      process.await("fetched", _ -> process.overflow.counters().fetched() > 0);
      // Most of the time it is in the hands of who sends it: on no disk, and not in line.
      for (int i = 0; i < 200; i++) {
        assertThat(process.look()).isInstanceOf(Where.Waiting.class);
        Thread.sleep(2);
      }
      process.stores.countDown();
      process.await("stored", Where.Nowhere.class::isInstance);
    }
  }

  @Test
  void inTheBucketsQuarantine() throws Exception {
    leaveInBucket(true);
    try (Running process = new Running()) {
      process.overflow.start();
      process.await("looked at", where -> !(where instanceof Where.Waiting));
      assertThat(process.look()).isInstanceOf(Where.Stuck.class);
    }
  }

  @Test
  void onItsWayToTheJournal() throws Exception {
    LettersUnderWay underWay =
        new LettersUnderWay(new JournalKinds(dir()), () -> false, Optional.empty());
    Journal.open(dir(), ROOMY).close();
    assertThat(underWay.look()).isInstanceOf(Where.Nowhere.class);
    CompletableFuture<String> answer = new CompletableFuture<>();
    underWay.handedOver(answer);
    assertThat(underWay.look()).isInstanceOf(Where.Waiting.class);
    answer.complete("accepted");
    assertThat(underWay.look()).isInstanceOf(Where.Nowhere.class);
  }
}
