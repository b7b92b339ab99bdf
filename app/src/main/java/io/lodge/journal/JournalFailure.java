package io.lodge.journal;

/**
 * The disk does not do what the journal promises on its behalf: going on could acknowledge what is
 * not stored. The process must stop; the next start recovers what the disk has.
 */
public final class JournalFailure extends RuntimeException {
  JournalFailure(String message) {
    super(message);
  }

  JournalFailure(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
