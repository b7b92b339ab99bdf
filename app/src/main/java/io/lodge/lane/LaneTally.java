package io.lodge.lane;

import io.lodge.block.LowCardinalityColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one lane that payloads of one group have brought, by service: an array by the key
 * that the lane's dictionary gives a service's name, so that to count costs no look-up.
 */
final class LaneTally {
  /** Rows nearer than this to their expiry when they are received are counted apart. */
  private static final Duration LATE = Duration.ofDays(1);

  private static final int KEYS_MIN = 8;

  final Lane lane;
  private final @Nullable LowCardinalityColumn service;
  private long[] rows = new long[KEYS_MIN];
  private long[] late = {};
  private long[] requests = new long[KEYS_MIN];
  private long[] dropped = {};
  private long[] bytes = new long[KEYS_MIN];

  LaneTally(Lane lane) {
    this.lane = lane;
    service = lane.service();
  }

  /** Counts the present payload's rows. */
  void addRows(Instant received) {
    if (service == null) {
      rows[0] += lane.rowsSinceMark();
      return;
    }
    int keys = service.keysUsed();
    if (keys > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(keys, rows.length * 2));
    }
    service.countSinceMark(rows);
    Lane.Retention retention = lane.retention();
    if (retention != null) {
      Instant limit = received.minus(retention.kept()).plus(LATE);
      if (retention.time().countBeforeSinceMark(limit) > 0) {
        addLate(service, retention, limit);
      }
    }
  }

  private void addLate(LowCardinalityColumn service, Lane.Retention retention, Instant limit) {
    late = grown(late, rows.length);
    long limitUnixNanos = limit.getEpochSecond() * 1_000_000_000L + limit.getNano();
    for (int row = lane.markedRow(); row < lane.rows(); row++) {
      if (retention.time().longAt(row) < limitUnixNanos) {
        late[service.keyAt(row)]++;
      }
    }
  }

  /** Counts the present payload itself, for the service of its first row. */
  void addPayload(long droppedRecords, int bodyBytes) {
    int key = service == null ? 0 : service.keyAt(lane.markedRow());
    requests = grown(requests, key + 1);
    bytes = grown(bytes, key + 1);
    requests[key]++;
    bytes[key] += bodyBytes;
    if (droppedRecords > 0) {
      dropped = grown(dropped, key + 1);
      dropped[key] += droppedRecords;
    }
  }

  private static long[] grown(long[] counts, int length) {
    return length <= counts.length
        ? counts
        : Arrays.copyOf(counts, Math.max(length, counts.length * 2));
  }

  /** Tells the counts of each service. */
  void read(Reader reader) {
    for (int key = 0; key < rows.length; key++) {
      if (rows[key] > 0) {
        boolean isDead = lane instanceof DeadLettersLane;
        reader.service(
            service == null ? "" : service.textOf(key),
            new LedgerCounts(
                at(requests, key),
                isDead ? 0 : rows[key],
                isDead ? rows[key] : 0,
                at(dropped, key),
                rows[key],
                at(late, key),
                at(bytes, key)));
      }
    }
  }

  private static long at(long[] counts, int key) {
    return key < counts.length ? counts[key] : 0;
  }

  /** Is told what a service has. */
  interface Reader {
    void service(String name, LedgerCounts counts);
  }
}
