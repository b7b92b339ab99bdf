package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to acknowledge keeps what it promises, and says "later" where it cannot. */
class AckModesTest {
  @TempDir Path folder;

  private static RunningLodge start(Path folder, String ack, String... more) {
    String[] settings =
        Stream.concat(
                Stream.of(
                    "receive.otlp.http_ack=" + ack,
                    "receive.otlp.grpc_ack=" + ack,
                    "journal.segment_age=200ms"),
                Stream.of(more))
            .toArray(String[]::new);
    return RunningLodge.start(folder, settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk", "clickhouse", "memory"})
  void aKilledProcessLosesNothingAcknowledged(String ack) {
    Ledger ledger = new Ledger("ack-" + ack);
    try (RunningLodge lodge = start(folder, ack);
        Load load = Load.start(ledger, lodge.at(), 4, 25)) {
      for (int round = 0; round < 2; round++) {
        load.awaitAcknowledged(300);
        lodge.kill();
        lodge.restart();
      }
      load.awaitAcknowledged(300);
      load.stop();
      lodge.awaitEmptyJournal();
      ledger.assertExact(lodge.reader());
    }
  }

  /** The machine's disk is gone with the journal on it; ClickHouse is elsewhere. */
  @Test
  void whatClickHouseAcknowledgedNeedsNoJournal() throws Exception {
    Ledger kept = new Ledger("journal-lost");
    assertThat(faultsWithoutJournal(kept, "clickhouse")).isEmpty();
    Ledger lost = new Ledger("journal-needed");
    assertThat(faultsWithoutJournal(lost, "disk"))
        .as("of what is on disk alone, the same loss is seen")
        .anyMatch(fault -> fault.contains("acknowledged and not stored"));
  }

  private List<String> faultsWithoutJournal(Ledger ledger, String ack) throws Exception {
    Path here = Files.createDirectories(folder.resolve(ack));
    try (RunningLodge lodge = start(here, ack, "journal.segment_age=1s")) {
      try (Load load = Load.start(ledger, lodge.at(), 4, 25)) {
        load.awaitAcknowledged(400);
        lodge.kill();
      }
      deleteTree(lodge.data().resolve("journal"));
      lodge.restart();
      return ledger.faults(lodge.reader());
    }
  }

  private static void deleteTree(Path tree) {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void memoryAnswersBeforeTheDiskSyncs() {
    try (RunningLodge lodge = start(folder, "memory", "journal.segment_age=30s")) {
      assertThat(send(lodge.at(), "memory").status()).isEqualTo(200);
      assertThat(lodge.metric("lodge_journal_syncs_total")).isZero();
    }
  }

  @Test
  void whatClickHouseDoesNotHaveInTimeIsNotCalledRefused() throws Exception {
    Addresses at = Addresses.free();
    try (Engine engine =
            TestEngine.start(
                TestEngine.options(folder.resolve("engine"), at.engineHttp(), at.engineTcp()));
        LocalLodge lodge =
            new LocalLodge(
                folder,
                URI.create("http://127.0.0.1:1"),
                engine,
                "receive.otlp.http_ack=clickhouse",
                "receive.ack_timeout=1s",
                "journal.segment_age=100ms")) {
      Http.Answer answer = send(lodge.at(), "late");
      assertThat(answer.status()).as("it may be kept").isEqualTo(504);
      assertThat(lodge.metric("lodge_ingest_ack_timeouts_total")).isOne();
      assertThat(lodge.metric("lodge_journal_segments")).as("it is kept all the same").isPositive();
    }
  }

  private static Http.Answer send(Addresses at, String service) {
    return Http.post(
        at.otlpHttpUrl().resolve("/v1/logs"),
        Otlp.request(service, List.of(Otlp.record("one").build())).toByteArray(),
        "content-type",
        "application/x-protobuf");
  }
}
