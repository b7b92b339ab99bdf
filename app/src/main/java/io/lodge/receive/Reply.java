package io.lodge.receive;

import io.lodge.model.Outcome;
import java.time.Duration;

/** What a client is to be told, before a protocol puts it into its own words. */
sealed interface Reply {

  /**
   * It is kept; {@code rejected} of its records went to the dead-letter table.
   *
   * @param items what is to be said of single records, in the protocol's form; empty for most
   */
  record Stored(long records, long rejected, String reason, String items) implements Reply {}

  /**
   * Nothing of it is kept, unless the reason says otherwise.
   *
   * @param word why, for counts: as the reason's label, or more exactly
   */
  record Refused(Reason reason, String message, Duration retryAfter, String word)
      implements Reply {}

  /** Refuses for good. */
  static Refused refuse(Reason reason, String message) {
    return new Refused(reason, message, Duration.ZERO, reason.label);
  }

  /**
   * Refuses for now.
   *
   * @param word why, for counts
   */
  static Refused later(String message, Duration retryAfter, String word) {
    return new Refused(Reason.RETRY_LATER, message, retryAfter, word);
  }

  /** The answer is not known in time; to be sent again by those who would rather have it twice. */
  static Refused maybeKept(String message) {
    return new Refused(Reason.MAYBE_KEPT, message, Duration.ZERO, Reason.MAYBE_KEPT.label);
  }

  /** The reply to an outcome of the pipeline. */
  static Reply of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted it -> new Stored(it.records(), it.rejected(), it.reason(), it.items());
      case Outcome.Late it -> maybeKept(it.message());
      case Outcome.Malformed it -> refuse(Reason.MALFORMED, it.message());
      case Outcome.TooLarge it -> refuse(Reason.TOO_LARGE, it.message());
      case Outcome.RetryLater it -> later(it.reason(), it.after(), it.word());
    };
  }

  /** The value of the metrics' {@code outcome} label. */
  default String label() {
    return switch (this) {
      case Stored it -> it.rejected() == 0 ? "accepted" : "partial";
      case Refused it -> it.reason().label;
    };
  }
}
