package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with a journal by hand: check it, send it, decide on what is in quarantine. */
class JournalToolsTest {
  private static final int ROWS = 30;

  @TempDir static Path engineFolder;
  private static Engine engine;

  @TempDir Path folder;
  private final String service = "tools-" + System.nanoTime();

  @BeforeAll
  static void start() throws Exception {
    Addresses at = Addresses.free();
    engine = TestEngine.start(TestEngine.options(engineFolder, at.engineHttp(), at.engineTcp()));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private Path journal() {
    return folder.resolve("data/journal");
  }

  /** A journal whose gateway stopped while ClickHouse was away. */
  private List<Path> left() throws Exception {
    try (LocalLodge lodge =
        new LocalLodge(
            folder, URI.create("http://127.0.0.1:1"), engine, "journal.segment_age=100ms")) {
      for (int request = 0; request < 3; request++) {
        int first = request * ROWS;
        byte[] body =
            Otlp.request(
                    service,
                    IntStream.range(first, first + ROWS)
                        .mapToObj(i -> Otlp.record("row " + i).build())
                        .toList())
                .toByteArray();
        Http.Answer answer =
            Http.post(
                lodge.at().otlpHttpUrl().resolve("/v1/logs"),
                body,
                "content-type",
                "application/x-protobuf");
        assertThat(answer.status()).isEqualTo(200);
        int segments = request + 1;
        Waiting.until("the segment closed", () -> ofTheService().size() == segments);
      }
    }
    return ofTheService();
  }

  /** Without the ledger's receipts, which a gateway writes every minute and when it stops. */
  private List<Path> ofTheService() {
    return closed(journal()).stream().filter(this::holdsItsRows).toList();
  }

  private boolean holdsItsRows(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains("row ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> closed(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(file -> file.toString().endsWith(".closed")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String command(int exitCode, String... arguments) {
    List<String> all = new ArrayList<>(List.of("journal"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    LocalLodge.external(engine.endpoint().url(), engine.endpoint())
        .forEach(setting -> all.addAll(List.of("--set", setting)));
    GatewayProcess process =
        GatewayProcess.start(
            folder.resolve("command" + System.nanoTime() + ".out"), List.of(), all);
    assertThat(process.await()).as(process.output()).isEqualTo(exitCode);
    return process.output();
  }

  private void assertStored(int rows) throws Exception {
    try (LocalLodge lodge =
        new LocalLodge(folder.resolve("asking"), engine.endpoint().url(), engine)) {
      assertThat(
              lodge
                  .reader()
                  .rows(
                      "SELECT count(), uniqExact(Body) FROM otel.generic_logs WHERE ServiceName = '%s'"
                          .formatted(service)))
          .containsExactly(List.of("" + rows, "" + rows));
    }
  }

  private void prepareTables() throws Exception {
    try (LocalLodge lodge =
        new LocalLodge(folder.resolve("tables"), engine.endpoint().url(), engine)) {
      Waiting.until(
          "the schema is there",
          () -> Http.get(lodge.at().apiUrl().resolve("/readyz")).status() == 200);
    }
  }

  @Test
  void aStoppedGatewaysSegmentsAreSentOnceHoweverOftenItIsDone() throws Exception {
    prepareTables();
    List<Path> files = left();
    int all = closed(journal()).size();
    assertThat(all).as("with the ledger's receipts").isGreaterThan(files.size());
    assertThat(command(0, "verify"))
        .contains("%d segments, %d payloads".formatted(all, all), "all intact");
    assertThat(command(0, "replay", "--from", journal().toString(), "--dry-run"))
        .contains(
            "would send 30 rows of otel.generic_logs_landing",
            "%d of %d segments can be sent".formatted(all, all));
    assertThat(command(0, "replay", "--from", files.getFirst().toString(), "--kind", "loki-json"))
        .contains("ClickHouse has no rows of it");
    command(0, "replay", "--from", journal().toString());
    command(0, "replay", "--from", journal().toString());
    assertStored(3 * ROWS);
    try (LocalLodge lodge = new LocalLodge(folder, engine.endpoint().url(), engine)) {
      String said = command(1, "replay", "--from", journal().toString());
      assertThat(said).contains("a gateway uses it");
      lodge.awaitEmptyJournal();
    }
    assertStored(3 * ROWS);
  }

  @Test
  void whatIsInQuarantineIsShownSentOrGivenUp() throws Exception {
    prepareTables();
    List<Path> files = left();
    Path quarantine = journal().resolve("quarantine");
    for (Path file : files) {
      Files.move(file, quarantine.resolve(file.getFileName()));
    }
    String first = files.get(0).getFileName().toString();
    String damaged = files.get(1).getFileName().toString();
    String last = files.get(2).getFileName().toString();
    Files.writeString(quarantine.resolve(first + ".reason"), "ClickHouse refused a block: no\n");
    byte[] bytes = Files.readAllBytes(quarantine.resolve(damaged));
    bytes[200] ^= 1;
    Files.write(quarantine.resolve(damaged), bytes);

    assertThat(command(1, "quarantine", "list"))
        .contains("ClickHouse refused a block: no", "otlp-logs-protobuf", "3 files");
    assertThat(command(0, "quarantine", "show", first))
        .contains("otlp-logs-protobuf of default: 1 payloads");
    assertThat(command(0, "quarantine", "retry", first)).contains("1 files delivered and removed");
    assertThat(quarantine.resolve(first)).doesNotExist();
    assertThat(quarantine.resolve(first + ".reason")).doesNotExist();
    assertThat(command(1, "quarantine", "retry", damaged)).contains("what is damaged in it is not");
    assertThat(quarantine.resolve(damaged)).exists();
    assertThat(command(2, "quarantine", "discard", last)).contains("say it with --yes");
    assertThat(quarantine.resolve(last)).exists();
    assertThat(command(0, "quarantine", "discard", last, "--yes")).contains("1 files removed");
    assertThat(quarantine.resolve(last)).doesNotExist();
    assertStored(ROWS);
  }

  @Test
  void verifyFindsAFlippedBitAndRulesThatAreGone() throws Exception {
    List<Path> files = left();
    byte[] bytes = Files.readAllBytes(files.getFirst());
    bytes[200] ^= 1;
    Files.write(files.getFirst(), bytes);
    assertThat(command(1, "verify")).contains("1 damaged", "no intact frame at byte 96");
    assertThat(command(0, "verify", "--from", folder.resolve("data").toString()))
        .contains("0 segments");
  }
}
