package io.lodge.e2e;

import java.time.Duration;

/** What a sender learned of its request. */
sealed interface Reply {
  record Acknowledged() implements Reply {}

  /** Nothing of it is kept; to be sent again. */
  record Refused(Duration after, String message) implements Reply {}

  /** It never left: no connection, or the server said that it did not look at it. */
  record NotSent(String cause) implements Reply {}

  /** The connection broke: it may be kept or not. */
  record Unknown(String why) implements Reply {}
}
