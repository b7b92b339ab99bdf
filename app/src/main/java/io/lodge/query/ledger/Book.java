package io.lodge.query.ledger;

import java.util.List;
import java.util.Map;

/**
 * The ledger of a range of time, by source.
 *
 * @param lines the largest first
 * @param total of all lines, without a key
 * @param account what this gateway said when it was asked
 * @param moving minutes for which something was counted while the ledger was read: there the sides
 *     may differ by what was counted meanwhile, and are not judged
 * @param elsewhere records of other gateways that are not stored: in flight there, or missing
 * @param truncated whether more cells differ than were read
 * @param answered whether ClickHouse did; if not, the lines are what this gateway knows by itself
 */
public record Book(
    List<Line> lines,
    Line total,
    OwnAccount account,
    int moving,
    Map<String, Long> elsewhere,
    boolean truncated,
    boolean answered) {

  /**
   * One source's line. {@code received = stored + deadLettered + dropped + inFlight + elsewhere +
   * missing} in records, but for minutes that are moving.
   *
   * @param key by what was asked
   * @param requests acknowledged
   * @param bytes of their bodies
   * @param received records acknowledged
   * @param stored records that are in their table
   * @param inFlight records that wait in this gateway's journal, or its bucket, or are being sent
   * @param inBucket those of them that wait in the bucket, and not on this gateway's disk
   * @param elsewhere records of other gateways that are not stored
   * @param missing records acknowledged by this gateway that are nowhere
   * @param unreceipted records stored whose receipt was lost by a crash; among those received
   * @param refused requests by reason
   */
  public record Line(
      List<String> key,
      long requests,
      long bytes,
      long received,
      long stored,
      long deadLettered,
      long dropped,
      long inFlight,
      long inBucket,
      long elsewhere,
      long missing,
      long unreceipted,
      Map<String, Long> refused) {
    /** Those in flight that wait on this gateway's disk, or are being sent. */
    public long inJournal() {
      return Math.max(0, inFlight - inBucket);
    }
  }

  /** How it stands. */
  public enum Standing {
    /** Every record received is accounted for, and stored. */
    BALANCED,
    /** Every record is accounted for; some are on their way. */
    IN_FLIGHT,
    /**
     * Not every record is accounted for, and segments that an earlier process left may hold them.
     */
    NOT_COUNTED_YET,
    /** Records that were acknowledged are nowhere, or in quarantine. */
    MISSING,
    /** ClickHouse does not answer. */
    UNKNOWN
  }

  public Standing standing() {
    if (!answered) {
      return Standing.UNKNOWN;
    }
    if (account.difference() != 0) {
      return Standing.MISSING;
    }
    if (total.missing() > 0) {
      return account.uncountedSegments() > 0 ? Standing.NOT_COUNTED_YET : Standing.MISSING;
    }
    return total.inFlight() > 0 || total.elsewhere() > 0 ? Standing.IN_FLIGHT : Standing.BALANCED;
  }
}
