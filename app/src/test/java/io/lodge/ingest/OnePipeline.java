package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.ByteBudget;
import io.lodge.base.Time;
import io.lodge.block.Compression;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.DecoderLimits;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.PayloadDecoder;
import io.lodge.deliver.Courier;
import io.lodge.deliver.DeliveredBlocks;
import io.lodge.deliver.Inserts;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.OpenSegment;
import io.lodge.journal.RulesId;
import io.lodge.lane.Lanes;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A pipeline on a journal and a real ClickHouse, as a process has it from start to end. */
final class OnePipeline implements AutoCloseable {
  private static final DecoderLimits LIMITS = DecoderLimits.ofBytes(1 << 20, 1 << 20);
  private static final JournalOptions ROOMY = new JournalOptions(1 << 30, 0, LIMITS.stamp());

  private final Journal journal;
  private final Courier courier;
  private final Pipeline pipeline;

  OnePipeline(Path dir, Inserts inserts, DeliveredBlocks notes, Time time) {
    journal = Journal.open(dir, ROOMY);
    courier = new Courier(inserts, notes, Duration.ofSeconds(30), () -> "", time);
    pipeline =
        new Pipeline(
            options(),
            journal,
            Rules.NONE,
            courier,
            new ByteBudget(64 << 20),
            time,
            broken -> {
              throw new AssertionError(broken);
            });
    pipeline.start();
  }

  static Journal open(Path dir) {
    return Journal.open(dir, ROOMY);
  }

  static void decode(Payload payload, Lanes into)
      throws MalformedPayloadException, BodyTooLargeException {
    new PayloadDecoder(LIMITS, Rules.NONE).decode(payload, into, Decoded.unanswered());
  }

  static PipelineOptions options() {
    return new PipelineOptions(
        1, 1 << 20, Duration.ofMillis(100), 100_000, 1 << 20, LIMITS, 1, Compression.LZ4);
  }

  Journal journal() {
    return journal;
  }

  Courier courier() {
    return courier;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  void awaitEmptyJournal() throws InterruptedException {
    await("the journal is empty", () -> journal.segments() == 0);
  }

  /** As a process ends that has not delivered all: what is left stays in the journal. */
  @Override
  public void close() {
    try {
      pipeline.stop(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
  }

  static void await(String what, BooleanSupplier done) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!done.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(deadline);
      Thread.sleep(10);
    }
  }

  /** Leaves segments in a journal as an earlier process would; each has one payload of logs. */
  @SafeVarargs
  static void leave(Path dir, List<String>... segments) {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      for (List<String> bodies : segments) {
        OpenSegment segment = journal.begin(RulesId.NONE);
        assertThat(segment.append(logs(bodies))).isTrue();
        segment.sync();
        segment.close();
      }
    }
  }

  /** Records with these bodies, of now. */
  static Payload logs(List<String> bodies) {
    return logs(bodies, Duration.ZERO);
  }

  /** Records with these bodies, each so much older than the one before. */
  static Payload logs(List<String> bodies, Duration apart) {
    Instant now = Instant.now();
    String record = "{\"timeUnixNano\":\"%d000000000\",\"body\":{\"stringValue\":\"%s\"}}";
    String records =
        IntStream.range(0, bodies.size())
            .mapToObj(i ->
                record.formatted(now.minus(apart.multipliedBy(i)).getEpochSecond(), bodies.get(i)))
            .collect(Collectors.joining(","));
    byte[] bytes =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[%s]}]}]}"
            .formatted(records)
            .getBytes(StandardCharsets.UTF_8);
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

  /** How often rows whose body begins so are stored, by body. */
  static List<String> stored(ClickHouse clickHouse, String bodies) throws IOException {
    return clickHouse.lines(
        Query.of(
                "SELECT Body || ' ' || toString(count()) FROM otel.generic_logs_0"
                    + " WHERE startsWith(Body, {bodies:String}) GROUP BY Body ORDER BY Body")
            .withString("bodies", bodies));
  }
}
