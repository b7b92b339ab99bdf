package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that were too large for a limit are stored once it is raised, each of them once. */
class DeadLettersTest {
  private static final int LETTERS = 40;
  private static final String LARGE = "x".repeat(80 << 10);

  @TempDir Path folder;

  private static void send(RunningLodge lodge) {
    byte[] request =
        Otlp.request(
                "shop",
                IntStream.range(0, LETTERS)
                    .mapToObj(i -> Otlp.record(i + " " + LARGE).build())
                    .toList())
            .toByteArray();
    Http.Answer answer =
        Http.post(
            lodge.at().otlpHttpUrl().resolve("/v1/logs"),
            request,
            "content-type",
            "application/x-protobuf");
    assertThat(answer.status()).isEqualTo(200);
    lodge.awaitEmptyJournal();
  }

  private String command(RunningLodge lodge, int exitCode, String... arguments) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--api", lodge.at().apiUrl().toString()));
    GatewayProcess process =
        GatewayProcess.start(
            folder.resolve(arguments[0] + System.nanoTime() + ".out"), List.of(), all);
    assertThat(process.await()).as(process.output()).isEqualTo(exitCode);
    return process.output();
  }

  private static long sent(RunningLodge lodge) {
    Http.Answer answer =
        Http.post(
            lodge.at().apiUrl().resolve("/api/dead-letters/replay?reason=record_too_large"), "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return JsonRow.parse(answer.body()).object("data").count("sent");
  }

  private static void assertStoredOnce(RunningLodge lodge) {
    lodge.awaitEmptyJournal();
    assertThat(
            lodge
                .reader()
                .rows(
                    "SELECT count(), uniqExact(Body), any(ServiceName) FROM otel.generic_logs"
                        + " WHERE Body LIKE '%xxx%'"))
        .containsExactly(List.of("" + LETTERS, "" + LETTERS, "shop"));
  }

  @Test
  void listsShowsAndReplaysOnce() {
    try (RunningLodge small = RunningLodge.start(folder, "receive.max_record=64KiB")) {
      send(small);
      assertThat(command(small, 0, "list"))
          .contains("LETTERS", "40", "otlp-logs-protobuf", "record_too_large", "shop");
      assertThat(command(small, 0, "show", "--limit", "1"))
          .contains("\"stringValue\":\"", "resource  {\"attributes\":{\"service.name\":\"shop\"}}");
      assertThat(command(small, 1, "replay"))
          .contains("held back: 40 of otlp-logs-protobuf, record_too_large", "0 dead letters sent");
      small.stop();
    }
    try (RunningLodge lodge = RunningLodge.start(folder)) {
      assertThat(command(lodge, 0, "replay", "--dry-run")).contains("40 dead letters would be");
      assertThat(lodge.reader().number("SELECT count() FROM otel.generic_logs")).isZero();
      assertThat(command(lodge, 0, "replay")).contains("40 dead letters sent again");
      assertThat(command(lodge, 0, "replay")).contains("0 dead letters sent again");
      assertStoredOnce(lodge);
      assertThat(command(lodge, 0, "list")).containsPattern("40 +40 +otlp-logs-protobuf");
      assertThat(
              lodge
                  .reader()
                  .value(
                      "SELECT any(Outcome) FROM otel.dead_letter_replays WHERE Outcome != 'begun'"))
          .isEqualTo("stored");
    }
  }

  @Test
  void whatIsStillInTheJournalIsNotSentOnceMore() {
    try (RunningLodge small = RunningLodge.start(folder, "receive.max_record=64KiB")) {
      send(small);
      small.stop();
    }
    try (RunningLodge lodge = RunningLodge.start(folder, "journal.segment_age=3s")) {
      assertThat(sent(lodge)).isEqualTo(LETTERS);
      assertThat(sent(lodge)).as("while the segment is open").isZero();
      assertStoredOnce(lodge);
    }
  }

  @Test
  void noCrashLosesOrDoublesOne() throws Exception {
    try (RunningLodge small = RunningLodge.start(folder, "receive.max_record=64KiB")) {
      send(small);
      small.stop();
    }
    // Segments stay open for long: what was accepted is in the journal alone when the kill comes.
    try (RunningLodge lodge = RunningLodge.start(folder, "journal.segment_age=2s")) {
      for (int round = 0; round < 3; round++) {
        Thread replay = Thread.startVirtualThread(() -> quietly(lodge));
        replay.join(50L * round + 20);
        lodge.kill();
        replay.join();
        lodge.restart();
      }
      sent(lodge);
      assertThat(sent(lodge)).as("all that can be sent was").isZero();
      assertStoredOnce(lodge);
    }
  }

  @Test
  void aRowThatClickHouseRefusedIsReadByItAndSentOnce() {
    try (RunningLodge lodge = RunningLodge.start(folder)) {
      String block =
          java.util.HexFormat.of()
              .formatHex(
                  Http.post(
                          lodge.at().apiUrl().resolve("/api/sql?format=Native"),
                          "SELECT now64(9) AS Timestamp, 'refused once' AS Body, 'shop'::LowCardinality(String) AS ServiceName")
                      .body());
      lodge
          .writer()
          .run(
              """
              INSERT INTO otel.dead_letters_0
              (ReceivedAt, Kind, Reason, Detail, Tenant, ServiceName, Record, Target)
              SELECT now64(9), 'row', 'refused_by_clickhouse', 'Code: 27', 'default', 'shop',
                unhex('%s'), 'otel.generic_logs_landing'\
              """
                  .formatted(block));
      assertThat(command(lodge, 0, "show")).contains("\"Body\":\"refused once\"");
      assertThat(command(lodge, 0, "replay")).contains("1 dead letter sent again");
      assertThat(command(lodge, 0, "replay")).contains("0 dead letters sent again");
      assertThat(
              lodge
                  .reader()
                  .number("SELECT count() FROM otel.generic_logs WHERE Body = 'refused once'"))
          .isOne();
    }
  }

  private static void quietly(RunningLodge lodge) {
    try {
      sent(lodge);
    } catch (java.io.UncheckedIOException killed) {
      // It is, on purpose.
    }
  }
}
