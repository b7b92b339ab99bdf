package io.lodge.decode;

/** What came of one payload: counts that a decoder adds to. Reused; belongs to one thread. */
public final class Decoded {
  private long stored;
  private long rejected;
  private long clampedTimestamps;
  private String firstReason = "";

  public void reset() {
    stored = 0;
    rejected = 0;
    clampedTimestamps = 0;
    firstReason = "";
  }

  public void countStored(long records) {
    stored += records;
  }

  /**
   * Counts a record that went to the dead letters; the first one's reason is kept for the client.
   */
  public void countRejected(String reason) {
    if (rejected++ == 0) {
      firstReason = reason;
    }
  }

  public void countClampedTimestamp() {
    clampedTimestamps++;
  }

  /** Records appended to their own table's lane. */
  public long stored() {
    return stored;
  }

  /** Records appended to the dead letters. */
  public long rejected() {
    return rejected;
  }

  /** Times that lay outside what a table holds and were moved to its edge. */
  public long clampedTimestamps() {
    return clampedTimestamps;
  }

  /** Why the first rejected record was; empty if none was. */
  public String firstReason() {
    return firstReason;
  }
}
