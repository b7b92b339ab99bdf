package io.lodge.lane;

import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the payloads of one segment became, by source: the segment's entries in the delivery ledger.
 * A pure function of the payloads, in their order: decoded again, a segment has the same tally.
 * Belongs to one thread at a time.
 */
final class Tally {
  /** Entries with a service's name of its own; whoever comes later is one of the others. */
  static final int ENTRIES_MAX = 1000;

  /** Longer names are those of others: a ledger is no place for text. */
  private static final int SERVICE_CHARS_MAX = 200;

  private final List<TallyGroup> groups = new ArrayList<>();
  private @Nullable TallyGroup last;

  /** Is told an entry; a source may come more than once. */
  interface Reader {
    void entry(LedgerSource source, LedgerCounts counts);
  }

  /** Counts a payload that was accepted; its rows are those since the lanes' mark. */
  void add(Payload payload, List<Slot<?>> slots, long stored, long rejected, long dropped) {
    long received =
        payload.kind() == PayloadKind.DEAD_LETTER
            ? firstReceived(payload, slots)
            : payload.receivedUnixNanos();
    TallyGroup group = last;
    if (group == null || !group.takes(payload, received)) {
      group = groupOf(payload, received, slots.size());
      last = group;
    }
    group.add(payload, slots, stored, rejected, dropped);
  }

  /** A dead letter that is sent again has rows of the time at which it first came. */
  private static long firstReceived(Payload payload, List<Slot<?>> slots) {
    Instant now = Instant.ofEpochSecond(0, payload.receivedUnixNanos());
    for (Slot<?> slot : slots) {
      Lane lane = slot.ofPayload();
      if (lane != null && lane.isOfRecords() && lane.rowsSinceMark() > 0) {
        return lane.receivedUnixNanos(lane.markedRow(), now);
      }
    }
    return payload.receivedUnixNanos();
  }

  private TallyGroup groupOf(Payload payload, long received, int slots) {
    for (TallyGroup group : groups) {
      if (group.takes(payload, received)) {
        return group;
      }
    }
    TallyGroup group = new TallyGroup(payload, received, slots);
    groups.add(group);
    return group;
  }

  /** Each source once, in the order of their first appearance by group, table and service. */
  List<LedgerEntry> entries() {
    Map<LedgerSource, LedgerCounts> entries = new LinkedHashMap<>();
    for (TallyGroup group : groups) {
      group.read((source, counts) -> {
        boolean named =
            source.service().length() <= SERVICE_CHARS_MAX
                && (entries.size() < ENTRIES_MAX || entries.containsKey(source));
        entries.merge(named ? source : source.ofOther(), counts, LedgerCounts::plus);
      });
    }
    List<LedgerEntry> list = new ArrayList<>(entries.size());
    entries.forEach((source, counts) -> list.add(new LedgerEntry(source, counts)));
    return list;
  }

  void clear() {
    groups.clear();
    last = null;
  }
}
