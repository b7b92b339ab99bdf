package io.lodge.model;

import java.time.Duration;

/** What became of a payload. Every protocol says it in its own words. */
public sealed interface Outcome {

  /**
   * The payload is durable and will be in ClickHouse exactly once.
   *
   * @param records records in it that are accepted: stored in their table, but for those that the
   *     operator's own routing rules drop
   * @param rejected records in it that went to the dead-letter table instead
   * @param reason why the first of them was rejected; empty if none was
   * @param items what the answer says of single records, in the form of the payload's protocol, as
   *     its decoder wrote it; empty for most
   */
  record Accepted(long records, long rejected, String reason, String items) implements Outcome {

    /** Of a protocol whose answer says nothing of single records. */
    public Accepted(long records, long rejected, String reason) {
      this(records, rejected, reason, "");
    }
  }

  /**
   * The payload is in the journal, but what its listener waits for is not true of it in time: to
   * send it again stores it twice.
   *
   * @param message what is missing
   */
  record Late(String message) implements Outcome {}

  /**
   * The payload cannot be read; nothing of it is stored and sending it again cannot help.
   *
   * @param message what is wrong and at which byte offset of the decompressed body
   */
  record Malformed(String message) implements Outcome {}

  /**
   * The body is larger than a limit allows; nothing of it is stored.
   *
   * @param message which limit, its value, and the key that sets it
   */
  record TooLarge(String message) implements Outcome {}

  /**
   * Nothing of the payload is stored; the client should send it again.
   *
   * @param after how long the client should wait at least
   * @param reason why, for the client's log
   * @param word why, as one word, for counts
   */
  record RetryLater(Duration after, String reason, String word) implements Outcome {

    /** For a reason that is not counted by itself. */
    public RetryLater(Duration after, String reason) {
      this(after, reason, "retry_later");
    }
  }
}
