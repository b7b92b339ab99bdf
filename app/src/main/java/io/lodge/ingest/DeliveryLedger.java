package io.lodge.ingest;

import io.lodge.decode.ledger.Receipt;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.SegmentId;
import io.lodge.lane.LedgerCounts;
import io.lodge.lane.LedgerEntry;
import io.lodge.lane.LedgerSide;
import io.lodge.lane.LedgerSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * This process's own account of every closed segment and every refusal: received, in flight,
 * stored. Told when a segment closes, is sent, waits, is stored or goes to quarantine; each is one
 * step under one lock, a few times a second, so that a {@link #snapshot} is of one moment and adds
 * up. Thread-safe.
 */
public final class DeliveryLedger {
  /** Minutes times sources that are told apart: some tens of megabytes at most. */
  private static final int CELLS_MAX = 100_000;

  /** Minutes of receipt of which the last change is known. */
  private static final int MINUTES_MAX = 100_000;

  /** Entries of segments that wait which are kept: those of others are known again when decoded. */
  private static final int ENTRIES_KEPT_MAX = 100_000;

  private final Map<SegmentId, OnItsWay> segments = new HashMap<>();
  private final LedgerCells inFlight = new LedgerCells(CELLS_MAX);

  /** What clients were told: what is not in the journal yet, and all that ClickHouse lacks. */
  private final LedgerCells unwritten = new LedgerCells(CELLS_MAX);

  private final LedgerCells unstored = new LedgerCells(CELLS_MAX);
  private final Map<SegmentId, List<Receipt>> receiptsOnTheirWay = new HashMap<>();

  /** Segments that ClickHouse may have by now, though it is not known here yet. */
  private final Set<SegmentId> beingSent = new HashSet<>();

  /** When something was last counted for a minute of receipt, as {@link #changes} was then. */
  private final SequencedMap<Integer, Long> changed = new LinkedHashMap<>(16, 0.75f, true);

  private long changes;
  private final Set<SegmentId> salvaged = new HashSet<>();
  private int entriesKept;
  private long received;
  private long recovered;
  private long stored;
  private long quarantined;

  /**
   * A closed segment that is not stored.
   *
   * @param tally what it holds; null if that is not known, or not any more
   * @param counted whether what it holds is counted as in flight
   */
  private record OnItsWay(
      Instant created, long payloads, @Nullable List<LedgerEntry> tally, boolean counted) {
    int entries() {
      return tally == null ? 0 : tally.size();
    }
  }

  /** A segment was closed: its clients have their answers. */
  synchronized void received(ClosedSegment segment, List<LedgerEntry> tally) {
    if (tally.isEmpty()) {
      return; // without records, such as one of receipts
    }
    beingSent.add(segment.id());
    put(segment.id(), new OnItsWay(segment.created(), segment.payloads(), tally, true));
    for (LedgerEntry entry : tally) {
      addInFlight(receipt(segment.id(), entry));
      tell(receipt(segment.id(), entry));
      received += entry.counts().received();
    }
  }

  /** A segment was found in the journal, or what is intact of one takes its place. */
  synchronized void found(ClosedSegment segment) {
    put(segment.id(), new OnItsWay(segment.created(), segment.payloads(), null, false));
  }

  /** A segment was found in the bucket: how many payloads it has is not known yet. */
  synchronized void found(SegmentId id, Instant created) {
    put(id, new OnItsWay(created, 0, null, false));
  }

  /** A segment is about to be sent: what it holds is known, perhaps for the first time. */
  synchronized void sending(ClosedSegment segment, List<LedgerEntry> tally) {
    beingSent.add(segment.id());
    OnItsWay before = segments.get(segment.id());
    if (before == null && tally.isEmpty()) {
      return;
    }
    put(segment.id(), new OnItsWay(segment.created(), segment.payloads(), tally, true));
    if (before != null && before.counted) {
      return;
    }
    boolean wasDamaged = salvaged.remove(segment.id());
    for (LedgerEntry entry : tally) {
      addInFlight(receipt(segment.id(), entry));
      if (wasDamaged) {
        quarantined -= entry.counts().received();
      } else {
        recovered += entry.counts().received();
      }
    }
  }

  /** A segment waits: it is decoded again before it is sent. */
  synchronized void waits(ClosedSegment segment) {
    beingSent.remove(segment.id());
    OnItsWay it = segments.get(segment.id());
    if (it != null && entriesKept > ENTRIES_KEPT_MAX) {
      put(segment.id(), new OnItsWay(it.created, it.payloads, null, it.counted));
    }
  }

  /** ClickHouse has all of a segment. */
  synchronized void stored(ClosedSegment segment) {
    stored += remove(segment.id());
    beingSent.remove(segment.id());
    List<Receipt> receipts = receiptsOnTheirWay.remove(segment.id());
    if (receipts != null) {
      receipts.forEach(this::told);
    }
  }

  /** A segment went to quarantine. */
  synchronized void quarantined(ClosedSegment segment) {
    beingSent.remove(segment.id());
    quarantined += remove(segment.id());
  }

  /** A damaged segment went to quarantine; what is intact of it takes its place. */
  synchronized void salvaged(ClosedSegment intact) {
    beingSent.remove(intact.id());
    OnItsWay damaged = segments.get(intact.id());
    if (damaged != null && damaged.tally != null) {
      quarantined += remove(intact.id());
      salvaged.add(intact.id());
    }
    found(intact);
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
      if (one != null && one.tally != null) {
        one.tally.forEach(entry -> minutes.add(entry.source().minute()));
      }
      receiptsOnTheirWay
          .getOrDefault(id, List.of())
          .forEach(receipt -> minutes.add(receipt.entry().source().minute()));
    }
    return minutes;
  }

  public synchronized LedgerSnapshot snapshot() {
    return new LedgerSnapshot(totals(), inFlight.all(), unstored.all(), changes);
  }

  public synchronized LedgerTotals totals() {
    int uncounted = 0;
    long payloads = 0;
    for (OnItsWay one : segments.values()) {
      uncounted += one.counted ? 0 : 1;
      payloads += one.counted ? 0 : one.payloads;
    }
    return new LedgerTotals(
        received,
        recovered,
        stored,
        quarantined,
        inFlight.records(),
        segments.values().stream().map(OnItsWay::created).min(Comparator.naturalOrder()),
        segments.size(),
        uncounted,
        payloads);
  }

  private void tell(Receipt receipt) {
    unwritten.add(receipt);
    unstored.add(receipt);
    change(receipt);
  }

  private void told(Receipt receipt) {
    unstored.remove(receipt);
    change(receipt);
  }

  private void addInFlight(Receipt receipt) {
    inFlight.add(receipt);
    change(receipt);
  }

  private void removeInFlight(Receipt receipt) {
    inFlight.remove(receipt);
    change(receipt);
  }

  private void change(Receipt receipt) {
    changed.put(receipt.entry().source().minute(), ++changes);
    if (changed.size() > MINUTES_MAX) {
      changed.pollFirstEntry();
    }
  }

  private void put(SegmentId id, OnItsWay now) {
    OnItsWay before = segments.put(id, now);
    entriesKept += now.entries() - (before == null ? 0 : before.entries());
  }

  /** Records that were in it, as far as known: they are not in flight any more. */
  private long remove(SegmentId id) {
    OnItsWay it = segments.remove(id);
    if (it == null || it.tally == null) {
      return 0;
    }
    entriesKept -= it.entries();
    long records = 0;
    for (LedgerEntry entry : it.tally) {
      removeInFlight(receipt(id, entry));
      records += entry.counts().received();
    }
    return records;
  }

  private static Receipt receipt(SegmentId id, LedgerEntry entry) {
    return new Receipt(LedgerSide.RECEIVED, id.gatewayText(), entry, "");
  }
}
