package io.lodge;

import io.lodge.canary.OnItsWay;
import io.lodge.decode.ledger.Receipt;
import io.lodge.ingest.DeliveryLedger;
import io.lodge.ingest.LedgerSnapshot;
import io.lodge.ingest.LedgerTotals;
import io.lodge.lane.LedgerCounts;
import io.lodge.lane.LedgerSide;
import io.lodge.lane.LedgerSource;
import io.lodge.query.ledger.Amount;
import io.lodge.query.ledger.Cell;
import io.lodge.query.ledger.OwnAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the pipeline knows of its records, in the words of who asks. Thread-safe. */
final class LodgeLedger implements OwnAccount.Accounts {
  private final DeliveryLedger ledger;
  private final Set<String> gateways = ConcurrentHashMap.newKeySet();

  /**
   * @param gateway whose journal the pipeline has
   */
  LodgeLedger(DeliveryLedger ledger, String gateway) {
    this.ledger = ledger;
    gateways.add(gateway);
  }

  /** This process has one more journal. */
  void add(String gateway) {
    gateways.add(gateway);
  }

  @Override
  public OwnAccount now() {
    LedgerSnapshot snapshot = ledger.snapshot();
    LedgerTotals totals = snapshot.totals();
    Map<Cell, Amount> receipts = new HashMap<>();
    List<OwnAccount.Refused> refused = new ArrayList<>();
    for (Receipt receipt : snapshot.unstored()) {
      if (receipt.side() == LedgerSide.REFUSED) {
        long requests = receipt.entry().counts().requests();
        refused.add(new OwnAccount.Refused(cell(receipt), receipt.reason(), requests));
      } else {
        receipts.merge(cell(receipt), amount(receipt), Amount::plus);
      }
    }
    return new OwnAccount(
        Collections.unmodifiableSet(gateways),
        cells(snapshot.inFlight()),
        cells(snapshot.inBucket()),
        cells(snapshot.handedOver()),
        receipts,
        refused,
        totals.oldestInFlight().map(LodgeLedger::age),
        totals.segments(),
        totals.segmentsInBucket(),
        totals.segmentsUncounted(),
        totals.segmentsUncountedInBucket(),
        totals.payloadsUncounted(),
        totals.quarantined(),
        totals.difference(),
        snapshot.changes());
  }

  @Override
  public Set<Integer> minutesChangedSince(long changes) {
    return ledger.minutesChangedSince(changes);
  }

  /** What is on its way of a service's records; of those that are not told apart it may be any. */
  OnItsWay onItsWay(String service) {
    LedgerSnapshot snapshot = ledger.snapshot();
    Set<Integer> minutes = new HashSet<>();
    Stream.concat(snapshot.inFlight().stream(), snapshot.handedOver().stream())
        .map(receipt -> receipt.entry().source())
        .filter(source ->
            source.service().equals(service) || source.service().equals(LedgerSource.OTHER))
        .forEach(source -> minutes.add(source.minute()));
    return new OnItsWay(snapshot.totals().segmentsUncounted() > 0, minutes);
  }

  private static Map<Cell, Amount> cells(List<Receipt> all) {
    Map<Cell, Amount> cells = new HashMap<>();
    all.forEach(receipt -> cells.merge(cell(receipt), amount(receipt), Amount::plus));
    return cells;
  }

  private static Duration age(Instant created) {
    Duration age = Duration.between(created, Instant.now());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private static Cell cell(Receipt receipt) {
    LedgerSource source = receipt.entry().source();
    return new Cell(
        source.minute(),
        receipt.gateway(),
        source.tenant(),
        source.protocol(),
        source.service(),
        source.table());
  }

  private static Amount amount(Receipt receipt) {
    LedgerCounts counts = receipt.entry().counts();
    return new Amount(
        counts.requests(),
        counts.records(),
        counts.deadLettered(),
        counts.dropped(),
        counts.bytes());
  }
}
