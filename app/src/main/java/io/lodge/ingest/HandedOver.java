package io.lodge.ingest;

import io.lodge.decode.ledger.Receipt;
import io.lodge.journal.SegmentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Segments that another gateway delivers by now: it has the lease of those that wait in the bucket.
 * What became of them it alone knows. For one thread at a time.
 */
final class HandedOver {
  private final Map<SegmentId, OnItsWay> segments = new HashMap<>();
  private final LedgerCells cells;

  HandedOver(int cellsMax) {
    cells = new LedgerCells(cellsMax);
  }

  void add(OnItsWay one) {
    segments.put(one.id(), one);
    one.receipts().forEach(cells::add);
  }

  /** One that is this gateway's again, or of which it is known that it is decided on. */
  Optional<OnItsWay> remove(SegmentId id) {
    Optional<OnItsWay> one = Optional.ofNullable(segments.remove(id));
    one.ifPresent(known -> known.receipts().forEach(cells::remove));
    return one;
  }

  /** What is in them, as far as known. */
  List<Receipt> receipts() {
    return cells.all();
  }

  /** Those of which it is not known what they hold. */
  List<OnItsWay> uncounted() {
    return segments.values().stream().filter(one -> !one.isCounted()).toList();
  }
}
