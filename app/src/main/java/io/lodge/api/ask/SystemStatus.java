package io.lodge.api.ask;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How this gateway does, counted since it started. Bytes are bytes.
 *
 * @param embedded whether the ClickHouse is its own engine
 * @param notReady why ClickHouse is not ready; empty if it is
 */
public record SystemStatus(
    String version,
    Duration uptime,
    boolean embedded,
    Optional<String> notReady,
    List<Received> received,
    List<OfKind> kinds,
    Waiting journal,
    Delivered delivered,
    Memory memory) {

  /**
   * What came by one protocol.
   *
   * @param accepted records that are kept
   * @param rejected records that are unusable and were reported so
   * @param refused requests, such as unreadable ones and those told to come again
   * @param perSecond accepted records, over the last minute or since the question before
   */
  public record Received(
      String protocol, long accepted, long rejected, long refused, double perSecond) {}

  /**
   * What came of one kind of payload.
   *
   * @param records acknowledged
   * @param bytes of bodies, as sent
   * @param deadLetters records among them that went to the dead-letter table
   */
  public record OfKind(String kind, long records, long bytes, long deadLetters) {}

  /**
   * What is in the journal.
   *
   * @param segments on disk
   * @param waiting those of them that ClickHouse did not take at once
   * @param oldest how long the oldest of these waits; empty if none does
   * @param waitingBytes of these
   * @param drainBytesPerSecond how fast they go to ClickHouse, over half a minute
   * @param drainLeft how long they take at this rate; empty if none waits or none goes
   * @param bucket empty: none is configured
   */
  public record Waiting(
      long segments,
      long bytes,
      long budgetBytes,
      long waiting,
      Optional<Duration> oldest,
      long waitingBytes,
      double drainBytesPerSecond,
      Optional<Duration> drainLeft,
      long quarantineFiles,
      long quarantineBytes,
      Optional<InBucket> bucket) {}

  /**
   * What does not fit on the disk and waits in the bucket.
   *
   * @param moved segments moved there
   * @param fetched segments brought back
   * @param quarantined objects put aside there, for a person to look at
   * @param failures calls that the bucket did not do
   * @param trouble why it cannot be used now; empty if it can
   */
  public record InBucket(
      long segments,
      long bytes,
      long budgetBytes,
      long moved,
      long fetched,
      long quarantined,
      long failures,
      Optional<String> trouble) {}

  /**
   * What ClickHouse took.
   *
   * @param retries inserts that had to be sent again
   * @param refusals blocks refused for good
   */
  public record Delivered(
      long rows, long blocks, long rawBytes, long compressedBytes, long retries, long refusals) {}

  /** What bodies and blocks take of {@code memory.budget}, and the heap. */
  public record Memory(long budgetBytes, long usedBytes, long heapBytes, long heapMaxBytes) {}
}
