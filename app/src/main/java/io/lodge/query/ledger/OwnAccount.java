package io.lodge.query.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this gateway knows of its own records, all of one moment.
 *
 * @param gateways the journals it has: whose records it can speak for
 * @param inFlight received and neither stored nor in quarantine
 * @param inBucket what of that waits in the bucket, and not on this disk
 * @param handedOver received, and another gateway delivers it by now, if it has not done so
 * @param unstored acknowledged, and not in the ledger's receiving side yet
 * @param refused told not to be accepted, and not in the ledger yet
 * @param oldest how long the oldest segment that is not stored has been waiting
 * @param segments closed and not stored
 * @param segmentsInBucket those of them that wait in the bucket
 * @param uncountedSegments those of them that an earlier process left and that are not decoded yet
 * @param uncountedInBucket those of these that wait in the bucket
 * @param uncountedPayloads the payloads in these
 * @param quarantined records that went to quarantine since the process began
 * @param difference records that this process has lost track of: 0, or there is a bug
 * @param changes for {@link Accounts#minutesChangedSince}
 */
public record OwnAccount(
    Set<String> gateways,
    Map<Cell, Amount> inFlight,
    Map<Cell, Amount> inBucket,
    Map<Cell, Amount> handedOver,
    Map<Cell, Amount> unstored,
    List<Refused> refused,
    Optional<Duration> oldest,
    int segments,
    int segmentsInBucket,
    int uncountedSegments,
    int uncountedInBucket,
    long uncountedPayloads,
    long quarantined,
    long difference,
    long changes) {

  /** Requests that were refused for one reason. */
  public record Refused(Cell cell, String reason, long requests) {}

  /** Where it is asked for. */
  public interface Accounts {
    OwnAccount now();

    /** Minutes of receipt for which something was counted since an account was given. */
    Set<Integer> minutesChangedSince(long changes);
  }

  /** Records in flight, whenever they were received. */
  public long recordsInFlight() {
    return records(inFlight);
  }

  /** Those of them that wait in the bucket. */
  public long recordsInBucket() {
    return records(inBucket);
  }

  private static long records(Map<Cell, Amount> cells) {
    return cells.values().stream().mapToLong(Amount::received).sum();
  }
}
