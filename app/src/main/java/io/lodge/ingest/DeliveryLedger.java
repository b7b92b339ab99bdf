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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * This process's own account of every closed segment and every refusal: received, in flight,
 * stored. Told when a segment closes, is sent, waits, is stored, goes to quarantine, is lost or is
 * another gateway's to deliver; each is one step under one lock, a few times a second, so that a
 * {@link #snapshot} is of one moment and adds up. Thread-safe.
 */
public final class DeliveryLedger {
  /** Minutes times sources that are told apart: some tens of megabytes at most. */
  private static final int CELLS_MAX = 100_000;

  /** Minutes of receipt of which the last change is known. */
  private static final int MINUTES_MAX = 100_000;

  /**
   * Entries of segments that are kept. Beyond them those that wait are counted without their
   * services, which are known again once they are decoded.
   */
  private static final int ENTRIES_KEPT_MAX = 100_000;

  private final int entriesKeptMax;
  private final Map<SegmentId, OnItsWay> segments = new HashMap<>();
  private final HandedOver elsewhere = new HandedOver(CELLS_MAX);
  private final LedgerCells inFlight = new LedgerCells(CELLS_MAX);

  /** What clients were told: what is not in the journal yet, and all that ClickHouse lacks. */
  private final LedgerCells unwritten = new LedgerCells(CELLS_MAX);

  private final LedgerCells unstored = new LedgerCells(CELLS_MAX);
  private final Map<SegmentId, List<Receipt>> receiptsOnTheirWay = new HashMap<>();

  /** Segments that ClickHouse may have by now, though it is not known here yet. */
  private final Set<SegmentId> beingSent = new HashSet<>();

  /** Segments that wait in the bucket, and not on this disk. */
  private final Set<SegmentId> inBucket = new HashSet<>();

  /** When something was last counted for a minute of receipt, as {@link #changes} was then. */
  private final SequencedMap<Integer, Long> changed = new LinkedHashMap<>(16, 0.75f, true);

  private long changes;
  private final Set<SegmentId> salvaged = new HashSet<>();
  private int entriesKept;
  private long received;
  private long recovered;
  private long stored;
  private long quarantined;
  private long lost;
  private long handedOver;

  DeliveryLedger() {
    this(ENTRIES_KEPT_MAX);
  }

  /**
   * @param entriesKeptMax how many entries of segments are kept with their services
   */
  DeliveryLedger(int entriesKeptMax) {
    this.entriesKeptMax = entriesKeptMax;
  }

  /** A segment was closed: its clients have their answers. */
  synchronized void received(ClosedSegment segment, List<LedgerEntry> tally) {
    if (tally.isEmpty()) {
      return; // without records, such as one of receipts
    }
    OnItsWay it = OnItsWay.of(segment, tally);
    beingSent.add(segment.id());
    put(it);
    it.receipts().forEach(this::tell);
    received += it.records();
  }

  /** A segment was found in the journal, or what is intact of one takes its place. */
  synchronized void found(ClosedSegment segment) {
    inBucket.remove(segment.id());
    found(OnItsWay.of(segment, null));
  }

  /** A segment was found in the bucket: how many payloads it has is not known yet. */
  synchronized void found(SegmentId id, Instant created) {
    found(new OnItsWay(id, created, 0, null));
    inBucket.add(id);
  }

  private void found(OnItsWay it) {
    beingSent.remove(it.id());
    Optional<OnItsWay> back = elsewhere.remove(it.id());
    OnItsWay known = segments.get(it.id());
    if (back.isPresent()) {
      put(back.get());
      handedOver -= back.get().records();
    } else if (known == null || !known.isCounted()) {
      put(it);
    }
  }

  /** A segment that waits is in the bucket, and no longer on this disk. */
  synchronized void movedToBucket(SegmentId id) {
    if (segments.containsKey(id)) { // and not one without records
      inBucket.add(id);
    }
  }

  /** A segment is on this disk again. */
  synchronized void fetched(SegmentId id) {
    inBucket.remove(id);
  }

  /** A segment is about to be sent: what it holds is known, perhaps for the first time. */
  synchronized void sending(ClosedSegment segment, List<LedgerEntry> tally) {
    beingSent.add(segment.id());
    OnItsWay before = segments.get(segment.id());
    if (before == null && tally.isEmpty()) {
      return;
    }
    OnItsWay it = OnItsWay.of(segment, tally);
    put(it);
    if (before != null && before.isCounted()) {
      return;
    }
    if (salvaged.remove(segment.id())) {
      quarantined -= it.records();
    } else {
      recovered += it.records();
    }
  }

  /** A segment waits: it is decoded again before it is sent. */
  synchronized void waits(ClosedSegment segment) {
    beingSent.remove(segment.id());
    OnItsWay it = segments.get(segment.id());
    if (it != null && entriesKept > entriesKeptMax) {
      put(it.withoutServices());
    }
  }

  /** ClickHouse has all of a segment. */
  synchronized void stored(ClosedSegment segment) {
    stored += remove(segment.id());
    told(segment.id());
  }

  /** A segment went to quarantine. */
  synchronized void quarantined(SegmentId id) {
    quarantined += remove(id);
  }

  /** A damaged segment went to quarantine; what is intact of it takes its place. */
  synchronized void salvaged(ClosedSegment intact) {
    beingSent.remove(intact.id());
    OnItsWay damaged = segments.get(intact.id());
    if (damaged != null && damaged.isCounted()) {
      quarantined += remove(intact.id());
      salvaged.add(intact.id());
    }
    found(intact);
  }

  /** A segment vanished from where it was kept. */
  synchronized void lost(SegmentId id) {
    lost += remove(id);
  }

  /** Another gateway delivers a segment from now on. */
  synchronized void handedOver(SegmentId id) {
    OnItsWay it = segments.get(id);
    if (it != null) {
      handedOver += remove(id);
      elsewhere.add(it);
    }
    if (receiptsOnTheirWay.containsKey(id)) {
      beingSent.add(id); // from now on ClickHouse may have them at any time
    }
  }

  /** A segment that was handed over is stored, or in quarantine, by what the other gateway did. */
  synchronized void decidedElsewhere(SegmentId id) {
    var _ = elsewhere.remove(id);
    beingSent.remove(id);
    told(id);
  }

  /** A segment that was found is not to be delivered: its source hands its records out again. */
  synchronized void dropped(SegmentId id) {
    recovered -= remove(id);
  }

  /** A client was told that a request is not accepted. */
  synchronized void refused(Refusal refusal, String gateway) {
    int minute = (int) TimeUnit.NANOSECONDS.toMinutes(refusal.unixNanos());
    LedgerSource source = new LedgerSource(minute, refusal.tenant(), refusal.protocol(), "", "");
    tell(
        new Receipt(
            LedgerSide.REFUSED,
            gateway,
            new LedgerEntry(source, LedgerCounts.ofRequests(1)),
            refusal.reason()));
  }

  /** What is to be written into the journal; {@link #written} says that it was. */
  synchronized List<Receipt> unwritten() {
    return unwritten.all();
  }

  /** These receipts are durable, in a segment of their own. */
  synchronized void written(ClosedSegment segment, List<Receipt> receipts) {
    receipts.forEach(unwritten::remove);
    receiptsOnTheirWay.put(segment.id(), List.copyOf(receipts));
    beingSent.add(segment.id());
  }

  /**
   * Minutes of receipt for which something was counted after a snapshot, or is being sent: what was
   * read elsewhere meanwhile need not agree with it there.
   *
   * @param snapshotChanges {@link LedgerSnapshot#changes} of the snapshot
   */
  public synchronized Set<Integer> minutesChangedSince(long snapshotChanges) {
    Set<Integer> minutes = new HashSet<>();
    changed.forEach((minute, at) -> {
      if (at > snapshotChanges) {
        minutes.add(minute);
      }
    });
    for (SegmentId id : beingSent) {
      OnItsWay one = segments.get(id);
      if (one != null) {
        one.receipts().forEach(receipt -> minutes.add(receipt.entry().source().minute()));
      }
      receiptsOnTheirWay
          .getOrDefault(id, List.of())
          .forEach(receipt -> minutes.add(receipt.entry().source().minute()));
    }
    return minutes;
  }

  public synchronized LedgerSnapshot snapshot() {
    return new LedgerSnapshot(
        totals(),
        inFlight.all(),
        inBucketCells().all(),
        elsewhere.receipts(),
        unstored.all(),
        changes);
  }

  /** What of that in flight waits in the bucket, as far as it is known of each segment. */
  private LedgerCells inBucketCells() {
    LedgerCells cells = new LedgerCells(CELLS_MAX);
    away().forEach(one -> one.receipts().forEach(cells::add));
    return cells;
  }

  private List<OnItsWay> away() {
    List<OnItsWay> away = new ArrayList<>(inBucket.size());
    inBucket.forEach(id -> away.add(Objects.requireNonNull(segments.get(id))));
    return away;
  }

  public synchronized LedgerTotals totals() {
    List<OnItsWay> uncounted = new ArrayList<>(elsewhere.uncounted());
    segments.values().stream().filter(one -> !one.isCounted()).forEach(uncounted::add);
    List<OnItsWay> away = away();
    return new LedgerTotals(
        received,
        recovered,
        stored,
        quarantined,
        lost,
        handedOver,
        inFlight.records(),
        away.stream().mapToLong(OnItsWay::records).sum(),
        segments.values().stream().map(OnItsWay::created).min(Comparator.naturalOrder()),
        segments.size(),
        away.size(),
        uncounted.size(),
        (int) away.stream().filter(one -> !one.isCounted()).count(),
        uncounted.stream().mapToLong(OnItsWay::payloads).sum());
  }

  private void tell(Receipt receipt) {
    unwritten.add(receipt);
    unstored.add(receipt);
    change(receipt);
  }

  /** What clients were told is in ClickHouse's ledger, if this is the segment with it. */
  private void told(SegmentId id) {
    List<Receipt> receipts = receiptsOnTheirWay.remove(id);
    if (receipts != null) {
      receipts.forEach(this::told);
    }
  }

  private void told(Receipt receipt) {
    unstored.remove(receipt);
    change(receipt);
  }

  private void change(Receipt receipt) {
    changed.put(receipt.entry().source().minute(), ++changes);
    if (changed.size() > MINUTES_MAX) {
      changed.pollFirstEntry();
    }
  }

  private void put(OnItsWay now) {
    OnItsWay before = segments.put(now.id(), now);
    if (before != null && Objects.equals(before.tally(), now.tally())) {
      return;
    }
    if (before != null) {
      takeOut(before);
    }
    entriesKept += now.entries();
    for (Receipt receipt : now.receipts()) {
      inFlight.add(receipt);
      change(receipt);
    }
  }

  /** Records that were in it, as far as known: they are not in flight any more. */
  private long remove(SegmentId id) {
    beingSent.remove(id);
    salvaged.remove(id);
    inBucket.remove(id);
    OnItsWay it = segments.remove(id);
    if (it == null) {
      return 0;
    }
    takeOut(it);
    return it.records();
  }

  private void takeOut(OnItsWay it) {
    entriesKept -= it.entries();
    for (Receipt receipt : it.receipts()) {
      inFlight.remove(receipt);
      change(receipt);
    }
  }
}
