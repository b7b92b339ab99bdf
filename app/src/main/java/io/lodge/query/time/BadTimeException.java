package io.lodge.query.time;

/** A time, or a range of two, that cannot be understood. */
public final class BadTimeException extends Exception {
  private static final long serialVersionUID = 1;

  BadTimeException(String message) {
    super(message);
  }
}
