package io.lodge.base.net;

/** An address cannot be listened on; the message says which, why, and which key changes it. */
public final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
