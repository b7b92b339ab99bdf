package io.lodge.ingest;

import java.time.Instant;
import java.util.Optional;

/**
 * The sums of the delivery ledger of this process, all of one moment: records, counted since the
 * process began.
 *
 * @param received acknowledged, in segments that are closed
 * @param recovered found in segments that an earlier process left, once they are decoded
 * @param stored in segments that ClickHouse has accepted whole
 * @param quarantined in segments that went to quarantine
 * @param lost in segments that vanished from the bucket
 * @param handedOver in segments that wait in the bucket and that another gateway delivers
 * @param inFlight received and nothing of these
 * @param inBucket those in flight that wait in the bucket, and not on this disk
 * @param oldestInFlight when the oldest segment that is not stored was begun
 * @param segments closed and not stored
 * @param segmentsInBucket those of them that wait in the bucket
 * @param segmentsUncounted those of them, left by an earlier process, that are not decoded yet
 * @param segmentsUncountedInBucket those of these that wait in the bucket
 * @param payloadsUncounted the payloads in these
 */
public record LedgerTotals(
    long received,
    long recovered,
    long stored,
    long quarantined,
    long lost,
    long handedOver,
    long inFlight,
    long inBucket,
    Optional<Instant> oldestInFlight,
    int segments,
    int segmentsInBucket,
    int segmentsUncounted,
    int segmentsUncountedInBucket,
    long payloadsUncounted) {

  /**
   * Received and recovered, less stored, quarantined, lost, handed over and in flight: 0, or this
   * process has lost track of a segment.
   */
  public long difference() {
    return received + recovered - stored - quarantined - lost - handedOver - inFlight;
  }
}
