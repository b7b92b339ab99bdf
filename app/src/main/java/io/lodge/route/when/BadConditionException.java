package io.lodge.route.when;

/** A condition that cannot be compiled. The message says why, and where in its text. */
public final class BadConditionException extends Exception {
  private static final long serialVersionUID = 1;

  BadConditionException(String message) {
    super(message, null, false, false);
  }
}
