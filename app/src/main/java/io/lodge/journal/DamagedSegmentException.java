package io.lodge.journal;

/** The bytes of a segment are not those that were written, or no decoder can read them. */
public final class DamagedSegmentException extends Exception {
  DamagedSegmentException(String message) {
    super(message);
  }

  DamagedSegmentException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
