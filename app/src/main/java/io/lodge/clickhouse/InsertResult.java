package io.lodge.clickhouse;

/** What became of an insert. */
public sealed interface InsertResult {

  /**
   * The block is in every target, now or since an earlier send with the same token.
   *
   * @param writtenRows rows the server counted as written, in the table named and all that its
   *     views feed; -1 where the server did not say
   */
  record Stored(long writtenRows) implements InsertResult {}

  /**
   * Send the same bytes with the same token again, later.
   *
   * @param kind whose turn it is
   * @param code ClickHouse's error code, 0 if no answer came
   * @param message what happened, for the log
   */
  record RetryLater(Wait kind, int code, String message) implements InsertResult {

    /** Whether it is for want of memory: larger blocks would make it worse. */
    public boolean lacksMemory() {
      return Verdict.isOfMemory(code);
    }
  }

  /**
   * ClickHouse read the block and will never take it: the data is at fault. Nothing of it is stored
   * in the table named.
   *
   * @param code ClickHouse's error code
   * @param message what is wrong with it
   */
  record Refused(int code, String message) implements InsertResult {}

  /** Why to wait. */
  enum Wait {
    /** ClickHouse is up and has too much to do; it says so before it stores anything. */
    PRESSURE,
    /** No URL accepts a connection. */
    UNREACHABLE,
    /** The answer was lost or says that it does not know: the block may be stored or not. */
    UNKNOWN_STATUS,
    /** Someone must act: apply the schema, grant a right, free a disk. Waiting alone won't help. */
    OPERATOR
  }
}
