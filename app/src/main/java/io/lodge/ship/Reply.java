package io.lodge.ship;

import java.time.Duration;

/** What the receiver said to one request. */
sealed interface Reply {

  /**
   * It has the batch, but for {@code rejected} records.
   *
   * @param reason why, in the receiver's words; empty if none was rejected
   */
  record Acknowledged(long rejected, String reason) implements Reply {}

  /**
   * Try again.
   *
   * @param after how long to wait at least; zero where the receiver did not say
   */
  record Later(Duration after, String reason) implements Reply {}

  /** This batch will never be accepted; others may. */
  record Refused(String reason) implements Reply {}

  /** No batch will ever be accepted as things are. */
  record Closed(String reason) implements Reply {}
}
