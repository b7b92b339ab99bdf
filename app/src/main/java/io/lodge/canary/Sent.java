package io.lodge.canary;

/** One number sent to a gateway. Guarded by {@link Numbers}. */
final class Sent {
  /** What is known of it. */
  enum State {
    /** The gateway has not answered yet. */
    SENDING,
    /** The answer did not come: the gateway has it, or not. */
    UNANSWERED,
    /** Accepted, and not found yet, or not found any more. */
    ACCEPTED,
    FOUND,
    /** Accepted, nowhere, and nothing says that it is on its way. */
    MISSING
  }

  final long number;
  final Moment sentAt;
  State state = State.SENDING;

  /** When it was accepted, or first not found again. */
  Moment absentSince;

  boolean late;
  boolean wasFound;

  /** Rows of it beyond the one. */
  int doubles;

  Sent(long number, Moment sentAt) {
    this.number = number;
    this.sentAt = sentAt;
    absentSince = sentAt;
  }

  /** Whether it may still change by itself. */
  boolean isOpen() {
    return state == State.SENDING || state == State.ACCEPTED;
  }
}
