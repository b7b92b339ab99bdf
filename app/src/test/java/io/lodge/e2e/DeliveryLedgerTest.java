package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.CuttingProxy;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import io.lodge.query.run.JsonRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The delivery ledger, held against the tables and against what the sender knows. */
class DeliveryLedgerTest {
  @TempDir static Path engineFolder;
  private static Engine engine;
  @TempDir Path folder;
  private CuttingProxy wire;
  private RunningLodge lodge;
  private Books books;

  @BeforeAll
  static void startEngine() {
    engine = TestEngine.start(engineFolder);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void start() throws Exception {
    wire = new CuttingProxy(engine.endpoint().url(), Addresses.free().engineHttp());
    List<String> settings = new ArrayList<>(LocalLodge.external(wire.url(), engine.endpoint()));
    settings.add("journal.segment_age=100ms");
    lodge = RunningLodge.start(folder, settings.toArray(String[]::new));
    books = new Books(lodge.at().apiUrl());
  }

  @AfterEach
  void close() throws Exception {
    lodge.close();
    wire.close();
  }

  @Test
  void addsUpAllThroughAnOutageAndAKillAndAgreesWithTheTablesAndTheSender() throws Exception {
    Ledger sent = new Ledger("ledger-outage");
    try (Watch watch = new Watch(books);
        Load load = Load.start(sent, lodge.at(), 4, 25)) {
      load.awaitAcknowledged(500);
      wire.away();
      load.awaitAcknowledged(1000);
      Waiting.until(
          "records are in flight",
          () -> books.ask("").object("gateway").count("in_flight") >= 1000,
          lodge::output);
      assertThat(books.ask("").text("standing")).isEqualTo("unknown");
      lodge.kill();
      lodge.relaunch();
      load.awaitAcknowledged(500);
      assertThat(books.ask("").object("gateway").count("segments_not_counted")).isPositive();
      wire.back();
      lodge.awaitReady();
      load.awaitAcknowledged(500);
      load.stop();
      lodge.awaitEmptyJournal();
      watch.assertAddedUp();
    }
    sent.assertExact(lodge.reader());
    JsonRow line = awaitBalanced("ledger-outage");
    long rows = rowsOf("ledger-outage");
    assertThat(line.count("stored")).isEqualTo(rows).isGreaterThanOrEqualTo(sent.acknowledged());
    assertThat(line.count("received")).isEqualTo(rows);
    assertThat(line.count("in_flight")).isZero();
    JsonRow tables = books.ask("?verify=1").object("tables");
    assertThat(tables.count("missing") + tables.count("unexpected")).as("%s", tables).isZero();
    assertThat(tables.count("stored_twice")).isZero();
  }

  @Test
  void noticesARowThatIsDeletedFromATableAndASegmentThatIsDeletedFromTheLedger() throws Exception {
    Ledger sent = new Ledger("ledger-deleted");
    try (Load load = Load.start(sent, lodge.at(), 2, 25)) {
      load.awaitAcknowledged(500);
    }
    lodge.awaitEmptyJournal();
    awaitBalanced("ledger-deleted");
    Sql writer = writer();
    String victim =
        "ServiceName = 'ledger-deleted' AND LogAttributes['ledger.producer'] = '1'"
            + " AND LogAttributes['ledger.sequence'] = '7'";
    writer.run(
        "ALTER TABLE otel.generic_logs_0 DELETE WHERE " + victim + " SETTINGS mutations_sync = 2");
    // A minute of which something is counted just then is not judged: asked until it is.
    Waiting.until(
        "the row is missed, though both sides still say stored",
        () -> missesOneRow(books.ask("?verify=1")),
        () -> books.ask("?verify=1").toString());
    Waiting.until("the command misses it too", () -> command("--verify") == 1);

    String segment =
        writer.value(
            "SELECT any(Segment) FROM otel.delivery_ledger WHERE ServiceName = 'ledger-deleted' AND Side = 'stored'");
    long records =
        writer.number(
            "SELECT sum(Records) FROM otel.delivery_ledger WHERE Segment = '" + segment + "'");
    lodge.stop();
    lodge.restart();
    lodge.awaitEmptyJournal();
    writer.run(
        "ALTER TABLE otel.delivery_ledger_0 DELETE WHERE Segment = '"
            + segment
            + "' SETTINGS mutations_sync = 2");
    Waiting.until(
        "the loss is seen",
        () -> books.ask("?group=service").text("standing").equals("missing"),
        () -> books.ask("?group=service").toString());
    assertThat(books.service("ledger-deleted").count("missing")).isEqualTo(records);
    Waiting.until("the command sees it", () -> command() == 1);
  }

  private static boolean missesOneRow(JsonRow data) {
    return data.text("standing").equals("balanced")
        && data.object("tables").count("missing") == 1
        && data.object("tables").objects("differences").stream()
            .map(one -> one.text("table") + " " + one.text("service"))
            .toList()
            .equals(List.of("otel.generic_logs ledger-deleted"));
  }

  @Test
  void countsRefusalsDeadLettersAndDrops() throws Exception {
    Http.Answer malformed =
        Http.post(
            lodge.at().otlpHttpUrl().resolve("/v1/logs"),
            "{\"resourceLogs\":",
            "Content-Type",
            "application/json");
    assertThat(malformed.status()).isEqualTo(400);
    Http.Answer partial =
        Http.post(
            lodge.at().otlpHttpUrl().resolve("/v1/logs"),
            """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"ledger-partial"}}]},
              "scopeLogs":[{"logRecords":[{"body":{"stringValue":"good"}},{"traceId":"00ff","body":{"stringValue":"bad"}}]}]}]}\
            """,
            "Content-Type",
            "application/json");
    assertThat(partial.status()).as(partial.text()).isEqualTo(200);
    JsonRow line = awaitBalanced("ledger-partial");
    assertThat(line.count("received")).isEqualTo(2);
    assertThat(line.count("stored")).isOne();
    assertThat(line.count("dead_lettered")).isOne();
    assertThat(line.count("requests")).isOne();
    assertThat(refusals("otlp-logs-json", "malformed")).isOne();
    // It is written when the gateway stops, at the latest.
    lodge.stop();
    lodge.restart();
    lodge.awaitEmptyJournal();
    assertThat(refusals("otlp-logs-json", "malformed")).isOne();
    assertThat(books.service("ledger-partial").count("received")).isEqualTo(2);
    assertThat(books.service("ledger-partial").count("unreceipted")).isZero();
    assertThat(
            writer()
                .number(
                    "SELECT sum(Requests) FROM otel.delivery_ledger WHERE Side = 'refused' AND Reason = 'malformed'"))
        .isOne();
  }

  /** Whole minutes are told, on both sides: also the one that a range has only a moment of. */
  @Test
  void aRangeThatEndsInAMinutesFirstSecondHasAllOfThatMinute() throws Exception {
    Ledger sent = new Ledger("ledger-moment");
    try (Load load = Load.start(sent, lodge.at(), 1, 25)) {
      load.awaitAcknowledged(50);
    }
    awaitBalanced("ledger-moment");
    JsonRow all = books.ask("?group=service,minute");
    long lastMinute =
        all.objects("lines").stream().mapToLong(line -> line.count("minute")).max().orElseThrow();
    Instant moment = Instant.ofEpochSecond(lastMinute * 60).plusMillis(1);
    JsonRow data = books.ask("?group=service,minute&from=now-1h&to=" + moment);
    assertThat(data.text("standing")).as("%s", data).isEqualTo("balanced");
    assertThat(data.objects("lines").toString()).isEqualTo(all.objects("lines").toString());
  }

  private long refusals(String protocol, String reason) {
    return books.ask("?group=protocol").objects("lines").stream()
        .filter(line -> line.text("protocol").equals(protocol))
        .mapToLong(line -> line.object("refused").count(reason))
        .sum();
  }

  private JsonRow awaitBalanced(String service) {
    AtomicReference<JsonRow> last = new AtomicReference<>();
    Waiting.until(
        "the ledger is balanced",
        () -> {
          JsonRow data = books.ask("?group=service");
          last.set(data);
          return data.text("standing").equals("balanced")
              && data.count("moving_minutes") == 0
              && Books.lineOf(data, service).count("received") > 0;
        },
        () -> String.valueOf(last.get()));
    JsonRow line = Books.lineOf(last.get(), service);
    Books.assertLineAddsUp(line);
    return line;
  }

  private long rowsOf(String service) {
    return lodge
        .reader()
        .number("SELECT count() FROM otel.generic_logs WHERE ServiceName = '" + service + "'");
  }

  private static Sql writer() {
    return statement ->
        Http.post(
            java.net.URI.create(engine.endpoint().url() + "/?wait_end_of_query=1"),
            statement,
            "X-ClickHouse-User",
            engine.endpoint().writer(),
            "X-ClickHouse-Key",
            engine.endpoint().writerPassword());
  }

  private int command(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("ledger", "--api", lodge.at().apiUrl().toString()));
    arguments.addAll(List.of(more));
    return GatewayProcess.start(folder.resolve("ledger.out"), List.of(), arguments).await();
  }

  /** Asks all the time, and fails afterwards if an answer did not add up. */
  private static final class Watch implements AutoCloseable {
    private final Books books;
    private final Thread thread;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<AssertionError> fault = new AtomicReference<>();
    private int answers;

    Watch(Books books) {
      this.books = books;
      thread = Thread.ofPlatform().name("watch").start(this::run);
    }

    private void run() {
      while (!over.get() && fault.get() == null) {
        try {
          Books.assertAddsUp(books.ask("?group=service,minute"));
          answers++;
          Thread.sleep(Duration.ofMillis(50));
        } catch (java.io.UncheckedIOException down) {
          // The gateway is being killed.
        } catch (AssertionError wrong) {
          fault.set(wrong);
        } catch (InterruptedException stopped) {
          return;
        }
      }
    }

    void assertAddedUp() {
      close();
      if (fault.get() != null) {
        throw fault.get();
      }
      assertThat(answers).isGreaterThan(20);
    }

    @Override
    public void close() {
      over.set(true);
      try {
        thread.join();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
