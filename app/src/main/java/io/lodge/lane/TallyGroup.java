package io.lodge.lane;

import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payloads of one segment that were received in one minute, of one kind and tenant. */
final class TallyGroup {
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private final int minute;
  private final PayloadKind kind;
  private final String tenant;
  private final @Nullable LaneTally[] lanes;

  /** What no row of a lane stands for. */
  private LedgerCounts rowless = LedgerCounts.NONE;

  /**
   * @param receivedUnixNanos when its rows say that they were received
   * @param slots how many lanes there may be
   */
  TallyGroup(Payload payload, long receivedUnixNanos, int slots) {
    minute = minuteOf(receivedUnixNanos);
    kind = payload.kind();
    tenant = payload.tenant();
    lanes = new LaneTally[slots];
  }

  private static int minuteOf(long unixNanos) {
    return (int) (unixNanos / NANOS_PER_MINUTE);
  }

  boolean takes(Payload payload, long receivedUnixNanos) {
    return payload.kind() == kind
        && minuteOf(receivedUnixNanos) == minute
        && payload.tenant().equals(tenant);
  }

  /** Counts a payload whose rows are those since the mark. */
  void add(Payload payload, List<Slot<?>> slots, long stored, long rejected, long dropped) {
    Instant received = Instant.ofEpochSecond(0, payload.receivedUnixNanos());
    LaneTally first = null;
    long records = 0;
    long deadLetters = 0;
    for (int i = 0; i < lanes.length; i++) {
      Lane lane = slots.get(i).ofPayload();
      if (lane == null || !lane.isOfRecords() || lane.rowsSinceMark() == 0) {
        continue;
      }
      LaneTally tally = tally(i, lane);
      tally.addRows(received);
      if (lane instanceof DeadLettersLane) {
        deadLetters += lane.rowsSinceMark();
      } else {
        records += lane.rowsSinceMark();
      }
      if (first == null || first.lane instanceof DeadLettersLane) {
        first = tally;
      }
    }
    boolean counted = first != null;
    if (first != null) {
      first.addPayload(dropped, payload.length());
    }
    if (!counted || stored != records || rejected != deadLetters) {
      // One dead letter may hold several records.
      rowless =
          rowless.plus(
              new LedgerCounts(
                  counted ? 0 : 1,
                  stored - records,
                  rejected - deadLetters,
                  counted ? 0 : dropped,
                  0,
                  0,
                  counted ? 0 : payload.length()));
    }
  }

  private LaneTally tally(int slot, Lane lane) {
    LaneTally tally = lanes[slot];
    if (tally == null) {
      tally = new LaneTally(lane);
      lanes[slot] = tally;
    }
    return tally;
  }

  void read(Tally.Reader reader) {
    for (LaneTally tally : lanes) {
      if (tally != null) {
        String table = tally.lane.readName();
        tally.read((service, counts) -> reader.entry(source(service, table), counts));
      }
    }
    if (!rowless.isNone()) {
      reader.entry(source("", ""), rowless);
    }
  }

  private LedgerSource source(String service, String table) {
    return new LedgerSource(minute, tenant, kind.label(), service, table);
  }
}
