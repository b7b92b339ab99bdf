package io.lodge.canary;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of all records that the canary sent since this process began.
 *
 * @param run tells this process's records from those of others, and of earlier ones
 * @param answering whether ClickHouse answered when last asked
 */
public record CanaryReport(
    String run, Duration every, Duration late, boolean answering, List<OfGateway> gateways) {

  /**
   * Of one gateway. {@code sent = found + waiting + missing + unknown + refused + unanswered}.
   *
   * @param gateway its URL
   * @param own whether it is this process
   * @param found records that are in ClickHouse
   * @param waiting not there yet; each may become any other
   * @param missing accepted, nowhere, and nothing says that they are on their way
   * @param unknown accepted, while ClickHouse cannot be asked; and those that waited for too long
   *     to be remembered
   * @param refused the gateway said no
   * @param unanswered the gateway did not answer, and they are not found: it may have them or not
   * @param late accepted records that were not found in time, whether or not they were later
   * @param duplicates rows beyond the one of a record
   * @param everFound records that were found once, whatever became of them since
   * @param newMissing the missing ones among the newest {@value Numbers#NEWEST}
   * @param newDuplicates the duplicates among them
   * @param oldestWaiting since when the oldest of those is waiting
   * @param lastDelay from sending the record that was found last until it was found
   * @param worstDelay the longest of these
   * @param trouble what the gateway said, or why it did not, if the newest record was not accepted
   */
  public record OfGateway(
      String gateway,
      boolean own,
      long sent,
      long found,
      long waiting,
      long missing,
      long unknown,
      long refused,
      long unanswered,
      long late,
      long duplicates,
      long everFound,
      long newMissing,
      long newDuplicates,
      Optional<Duration> oldestWaiting,
      Optional<Duration> lastDelay,
      Optional<Duration> worstDelay,
      String trouble) {}

  /** How it stands with a gateway now, the worst that holds. */
  public enum Standing {
    /** Of the newest records some are missing. */
    MISSING,
    /** Of the newest records some are there more than once. */
    DUPLICATE,
    /** ClickHouse does not answer. */
    UNKNOWN,
    /** The gateway did not accept the newest record. */
    REFUSED,
    /** Records wait for longer than they should. */
    LATE,
    /** Every record is there, and was in time. */
    WHOLE
  }

  public Standing standing(OfGateway of) {
    if (of.newMissing > 0) {
      return Standing.MISSING;
    }
    if (of.newDuplicates > 0) {
      return Standing.DUPLICATE;
    }
    if (!answering) {
      return Standing.UNKNOWN;
    }
    if (!of.trouble.isEmpty()) {
      return Standing.REFUSED;
    }
    boolean waits = of.oldestWaiting.filter(age -> age.compareTo(late) > 0).isPresent();
    return waits ? Standing.LATE : Standing.WHOLE;
  }
}
