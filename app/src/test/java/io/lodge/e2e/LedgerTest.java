package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check that the other tests rely on sees what it must. */
class LedgerTest {
  private static final int RECORDS = 200;

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() {
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  /** A ledger of records that are all stored. */
  private static Ledger stored(String service) {
    Ledger ledger = new Ledger(service);
    List<Numbered> records =
        IntStream.range(0, RECORDS).mapToObj(sequence -> new Numbered(1, sequence)).toList();
    List<LogRecord> logs = records.stream().map(Numbered::toOtlp).toList();
    ledger.sent(records);
    try (OtlpConnection connection = OtlpConnection.http(lodge.at().otlpHttpUrl())) {
      assertThat(connection.send(Otlp.request(service, logs).toByteArray()))
          .isEqualTo(new Reply.Acknowledged());
    }
    ledger.acknowledged(records);
    lodge.awaitEmptyJournal();
    ledger.assertExact(lodge.reader());
    return ledger;
  }

  private static String where(String service, int sequence) {
    return "WHERE ServiceName = '%s' AND LogAttributes['ledger.sequence'] = '%d'"
        .formatted(service, sequence);
  }

  @Test
  void seesALostRecord() {
    Ledger ledger = stored("lost");
    lodge.writer().run("DELETE FROM otel.generic_logs_0 " + where("lost", 17));
    assertThat(ledger.faults(lodge.reader()))
        .containsExactly("1 acknowledged and not stored: [Numbered[producer=1, sequence=17]]");
  }

  @Test
  void seesARecordThatIsThereTwice() {
    Ledger ledger = stored("twice");
    lodge
        .writer()
        .run(
            "INSERT INTO otel.generic_logs_0 SELECT * FROM otel.generic_logs_0 "
                + where("twice", 17));
    assertThat(ledger.faults(lodge.reader()))
        .containsExactly(
            "1 stored more than once [sent once]: [Numbered[producer=1, sequence=17]]");
  }

  @Test
  void seesARecordThatWasNeverSent() {
    Ledger ledger = stored("stranger");
    lodge
        .writer()
        .run(
            """
            INSERT INTO otel.generic_logs_0
            SELECT * REPLACE (mapUpdate(LogAttributes, map('ledger.sequence', '999')) AS LogAttributes)
            FROM (SELECT * FROM otel.generic_logs_0 %s)\
            """
                .formatted(where("stranger", 17)));
    assertThat(ledger.faults(lodge.reader()))
        .anyMatch(fault -> fault.startsWith("1 stored and never sent"));
  }

  @Test
  void seesARecordThatWasAltered() {
    Ledger ledger = stored("altered");
    lodge
        .writer()
        .run(
            "ALTER TABLE otel.generic_logs_0 UPDATE Body = concat(Body, '!') %s SETTINGS mutations_sync = 1"
                .formatted(where("altered", 17)));
    assertThat(ledger.faults(lodge.reader()))
        .containsExactly(
            "1 stored with another content than sent: [Numbered[producer=1, sequence=17]]");
  }
}
