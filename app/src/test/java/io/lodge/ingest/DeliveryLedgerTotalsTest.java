package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.decode.ledger.Receipt;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.OpenSegment;
import io.lodge.journal.RulesId;
import io.lodge.lane.LedgerCounts;
import io.lodge.lane.LedgerEntry;
import io.lodge.lane.LedgerSide;
import io.lodge.lane.LedgerSource;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment's ways through the process's own account. */
class DeliveryLedgerTotalsTest {
  private static final int MINUTE = 29_000_000;
  private static final List<LedgerEntry> TALLY = List.of(entry("shop", 7), entry("cart", 3));

  @TempDir Path dir;
  private Journal journal;
  private final DeliveryLedger ledger = new DeliveryLedger();

  @BeforeEach
  void open() {
    journal = Journal.open(dir, new JournalOptions(1 << 20, 0, 0));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void countsWhatIsReceivedAsInFlightUntilItIsStored() {
    ClosedSegment segment = segment();
    ledger.received(segment, TALLY);
    assertThat(ledger.totals().inFlight()).isEqualTo(10);
    assertThat(ledger.totals().oldestInFlight()).contains(segment.created());
    ledger.waits(segment);
    ledger.sending(segment, TALLY);
    assertThat(ledger.totals().received()).as("counted once").isEqualTo(10);
    assertThat(ledger.totals().inFlight()).isEqualTo(10);
    ledger.stored(segment);
    assertThat(ledger.totals().stored()).isEqualTo(10);
    assertThat(ledger.totals().inFlight()).isZero();
    assertThat(ledger.snapshot().inFlight()).isEmpty();
    assertThat(ledger.totals().oldestInFlight()).isEmpty();
    assertThat(ledger.totals().difference()).isZero();
  }

  @Test
  void countsASegmentOfAnEarlierProcessOnceItIsDecoded() {
    ClosedSegment segment = segment();
    ledger.found(segment);
    assertThat(ledger.totals().segmentsUncounted()).isOne();
    assertThat(ledger.totals().payloadsUncounted()).isOne();
    assertThat(ledger.totals().inFlight()).isZero();
    ledger.sending(segment, TALLY);
    assertThat(ledger.totals().segmentsUncounted()).isZero();
    assertThat(ledger.totals().recovered()).isEqualTo(10);
    ledger.waits(segment);
    ledger.sending(segment, TALLY);
    assertThat(ledger.totals().recovered()).as("counted once").isEqualTo(10);
    ledger.stored(segment);
    assertThat(ledger.totals().stored()).isEqualTo(10);
    assertThat(ledger.totals().difference()).isZero();
    assertThat(ledger.snapshot().unstored()).as("its receipts are that process's").isEmpty();
  }

  @Test
  void countsWhatIsSalvagedOfADamagedSegmentNotAsLost() {
    ClosedSegment segment = segment();
    ledger.received(segment, TALLY);
    ledger.salvaged(segment);
    assertThat(ledger.totals().quarantined()).isEqualTo(10);
    ledger.sending(segment, List.of(entry("shop", 6)));
    ledger.stored(segment);
    assertThat(ledger.totals().stored()).isEqualTo(6);
    assertThat(ledger.totals().quarantined()).isEqualTo(4);
    assertThat(ledger.totals().difference()).isZero();
  }

  @Test
  void countsAQuarantinedSegmentAsNeitherStoredNorInFlight() {
    ClosedSegment segment = segment();
    ledger.received(segment, TALLY);
    ledger.quarantined(segment.id());
    assertThat(ledger.totals().quarantined()).isEqualTo(10);
    assertThat(ledger.totals().inFlight()).isZero();
    assertThat(ledger.totals().difference()).isZero();
  }

  /** Beyond so many entries services are forgotten, but no record is. */
  @Test
  void countsWhatWaitsBeyondItsMemoryWithoutServices() {
    DeliveryLedger small = new DeliveryLedger(3);
    List<ClosedSegment> waiting = List.of(segment(), segment(), segment());
    waiting.forEach(segment -> {
      small.received(segment, TALLY);
      small.waits(segment);
    });
    assertThat(small.totals().inFlight()).isEqualTo(30);
    assertThat(small.snapshot().inFlight())
        .extracting(one -> one.entry().source().service())
        .containsOnly("shop", "cart", LedgerSource.OTHER);
    small.quarantined(waiting.get(1).id());
    assertThat(small.totals().quarantined()).as("though it was not decoded again").isEqualTo(10);
    small.salvaged(waiting.get(2));
    small.sending(waiting.get(2), List.of(entry("shop", 6)));
    assertThat(small.totals().inFlight()).isEqualTo(16);
    small.sending(waiting.get(0), TALLY);
    assertThat(small.snapshot().inFlight())
        .extracting(one -> one.entry().source().service())
        .as("known again")
        .doesNotContain(LedgerSource.OTHER);
    small.stored(waiting.get(0));
    small.stored(waiting.get(2));
    assertThat(small.totals().stored()).isEqualTo(16);
    assertThat(small.totals().quarantined()).isEqualTo(14);
    assertThat(small.totals().difference()).isZero();
    assertThat(small.snapshot().inFlight()).isEmpty();
  }

  @Test
  void holdsReceiptsUntilTheSegmentWithThemIsStored() {
    ledger.received(segment(), TALLY);
    ledger.refused(new Refusal("acme", "loki-json", "malformed", MINUTE * 60_000_000_000L), "g");
    List<Receipt> receipts = ledger.unwritten();
    assertThat(receipts)
        .extracting(Receipt::side)
        .containsExactly(LedgerSide.RECEIVED, LedgerSide.RECEIVED, LedgerSide.REFUSED);
    ClosedSegment carrier = segment();
    ledger.written(carrier, receipts);
    assertThat(ledger.unwritten()).isEmpty();
    assertThat(ledger.snapshot().unstored()).containsExactlyInAnyOrderElementsOf(receipts);
    ledger.stored(carrier);
    assertThat(ledger.snapshot().unstored()).isEmpty();
  }

  /** ClickHouse has them as soon as the other gateway delivers their segment. */
  @Test
  void doesNotJudgeMinutesOfReceiptsThatAnotherGatewayDelivers() {
    ClosedSegment segment = segment();
    ledger.received(segment, TALLY);
    ledger.waits(segment);
    ClosedSegment carrier = segment();
    ledger.written(carrier, ledger.unwritten());
    ledger.waits(carrier);
    long now = ledger.snapshot().changes();
    assertThat(ledger.minutesChangedSince(now)).as("nothing is sent").isEmpty();
    ledger.handedOver(carrier.id());
    assertThat(ledger.minutesChangedSince(now)).isEqualTo(Set.of(MINUTE));
    ledger.decidedElsewhere(carrier.id());
    assertThat(ledger.snapshot().unstored()).isEmpty();
  }

  @Test
  void tellsInWhichMinutesSomethingWasCountedSince() {
    long before = ledger.snapshot().changes();
    assertThat(ledger.minutesChangedSince(before)).isEmpty();
    ClosedSegment segment = segment();
    ledger.received(segment, TALLY);
    assertThat(ledger.minutesChangedSince(before)).isEqualTo(Set.of(MINUTE));
    long between = ledger.snapshot().changes();
    assertThat(ledger.minutesChangedSince(between)).as("being sent").isEqualTo(Set.of(MINUTE));
    ledger.waits(segment);
    assertThat(ledger.minutesChangedSince(between)).isEmpty();
    ledger.stored(segment);
    assertThat(ledger.minutesChangedSince(between)).isEqualTo(Set.of(MINUTE));
  }

  @Test
  void isBoundedAndStillAddsUp() {
    LedgerCells cells = new LedgerCells(2);
    List<Receipt> all =
        List.of("a", "b", "c", "d").stream()
            .map(service -> new Receipt(LedgerSide.RECEIVED, "g", entry(service, 5), ""))
            .toList();
    all.forEach(cells::add);
    assertThat(cells.all())
        .extracting(one -> one.entry().source().service() + one.entry().counts().records())
        .containsExactly("a5", "b5", LedgerSource.OTHER + "10");
    cells.remove(all.get(2));
    cells.remove(all.get(0));
    assertThat(cells.records()).isEqualTo(10);
    cells.remove(all.get(1));
    cells.remove(all.get(3));
    assertThat(cells.all()).isEmpty();
  }

  @Test
  void tellsWhatIsInTheBucketFromWhatIsInTheJournal() {
    ClosedSegment moved = segment();
    ClosedSegment stays = segment();
    ledger.received(moved, TALLY);
    ledger.received(stays, TALLY);
    ledger.movedToBucket(moved.id());
    assertThat(ledger.totals().inFlight()).isEqualTo(20);
    assertThat(ledger.totals().inBucket()).isEqualTo(10);
    assertThat(ledger.totals().segmentsInBucket()).isOne();
    assertThat(ledger.snapshot().inBucket())
        .extracting(receipt -> receipt.entry().counts().received())
        .containsExactly(7L, 3L);
    ledger.fetched(moved.id());
    assertThat(ledger.totals().inBucket()).isZero();
    ledger.movedToBucket(moved.id());
    ledger.stored(moved);
    assertThat(ledger.totals().segmentsInBucket()).isZero();
    assertThat(ledger.totals().inFlight()).isEqualTo(10);
  }

  @Test
  void whatIsFoundInTheBucketIsNotCountedUntilItIsDecoded() {
    ClosedSegment left = segment();
    ledger.found(left.id(), left.created());
    assertThat(ledger.totals().segmentsUncountedInBucket()).isOne();
    assertThat(ledger.totals().inBucket()).isZero();
    ledger.fetched(left.id());
    assertThat(ledger.totals().segmentsUncounted()).isOne();
    assertThat(ledger.totals().segmentsUncountedInBucket()).isZero();
    ledger.sending(left, TALLY);
    assertThat(ledger.totals().inFlight()).isEqualTo(10);
    assertThat(ledger.totals().segmentsUncounted()).isZero();
  }

  private ClosedSegment segment() {
    OpenSegment open = journal.begin(RulesId.NONE);
    byte[] body = {1};
    assertThat(
            open.append(
                new Payload(
                    PayloadKind.OTLP_LOGS_JSON, ContentEncoding.IDENTITY, "t", "", 1, body, 0, 1)))
        .isTrue();
    return open.close();
  }

  private static LedgerEntry entry(String service, long records) {
    return new LedgerEntry(
        new LedgerSource(MINUTE, "acme", "otlp-logs-json", service, "otel.generic_logs"),
        new LedgerCounts(1, records, 0, 0, records, 0, 100));
  }
}
