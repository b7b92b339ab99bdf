package io.lodge.lane;

/**
 * What is counted of a source.
 *
 * @param requests payloads; one with records of several services counts for the first of them
 * @param records accepted for their own table
 * @param deadLettered records that went to the dead letters
 * @param dropped records that routing rules dropped; of a payload with several services they count
 *     for the first
 * @param rows in the source's table
 * @param rowsLate those of them that, when they were received, were within a day of the time at
 *     which the table expires them, or past it: no count of the table is sure to find them
 * @param bytes of bodies as sent, counted as requests are
 */
public record LedgerCounts(
    long requests,
    long records,
    long deadLettered,
    long dropped,
    long rows,
    long rowsLate,
    long bytes) {
  public static final LedgerCounts NONE = new LedgerCounts(0, 0, 0, 0, 0, 0, 0);

  /** Requests alone. */
  public static LedgerCounts ofRequests(long requests) {
    return new LedgerCounts(requests, 0, 0, 0, 0, 0, 0);
  }

  public LedgerCounts plus(LedgerCounts other) {
    return new LedgerCounts(
        requests + other.requests,
        records + other.records,
        deadLettered + other.deadLettered,
        dropped + other.dropped,
        rows + other.rows,
        rowsLate + other.rowsLate,
        bytes + other.bytes);
  }

  public LedgerCounts minus(LedgerCounts other) {
    return new LedgerCounts(
        requests - other.requests,
        records - other.records,
        deadLettered - other.deadLettered,
        dropped - other.dropped,
        rows - other.rows,
        rowsLate - other.rowsLate,
        bytes - other.bytes);
  }

  /** Those of the counts that are less than nothing; 0 for the others. */
  public LedgerCounts below() {
    return new LedgerCounts(
        Math.min(0, requests),
        Math.min(0, records),
        Math.min(0, deadLettered),
        Math.min(0, dropped),
        Math.min(0, rows),
        Math.min(0, rowsLate),
        Math.min(0, bytes));
  }

  /** Records that were received: those kept, those that became dead letters, and those dropped. */
  public long received() {
    return records + deadLettered + dropped;
  }

  public boolean isNone() {
    return equals(NONE);
  }
}
