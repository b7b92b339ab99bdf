package io.lodge.ingest;

import io.lodge.decode.ledger.Receipt;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.SegmentId;
import io.lodge.lane.LedgerCounts;
import io.lodge.lane.LedgerEntry;
import io.lodge.lane.LedgerSide;
import io.lodge.lane.LedgerSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A closed segment that is not stored.
 *
 * @param payloads how many it has; 0 while that is not known
 * @param tally what it holds; null until it is decoded
 */
record OnItsWay(SegmentId id, Instant created, long payloads, @Nullable List<LedgerEntry> tally) {

  static OnItsWay of(ClosedSegment segment, @Nullable List<LedgerEntry> tally) {
    return new OnItsWay(segment.id(), segment.created(), segment.payloads(), tally);
  }

  /** Whether it is known what it holds. */
  boolean isCounted() {
    return tally != null;
  }

  int entries() {
    return tally == null ? 0 : tally.size();
  }

  /** Records in it, as far as known. */
  long records() {
    return tally == null ? 0 : tally.stream().mapToLong(one -> one.counts().received()).sum();
  }

  /** What its clients were told, as far as known. */
  List<Receipt> receipts() {
    return tally == null
        ? List.of()
        : tally.stream()
            .map(entry -> new Receipt(LedgerSide.RECEIVED, id.gatewayText(), entry, ""))
            .toList();
  }

  /** The same in less memory: services are not told apart. */
  OnItsWay withoutServices() {
    if (tally == null) {
      return this;
    }
    Map<LedgerSource, LedgerCounts> sums = new LinkedHashMap<>();
    tally.forEach(one -> sums.merge(one.source().ofOther(), one.counts(), LedgerCounts::plus));
    List<LedgerEntry> fewer = new ArrayList<>(sums.size());
    sums.forEach((source, counts) -> fewer.add(new LedgerEntry(source, counts)));
    return new OnItsWay(id, created, payloads, List.copyOf(fewer));
  }
}
