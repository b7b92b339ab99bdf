package io.lodge.engine;

/** The embedded engine cannot be had; the message says why and what to do. */
public final class EngineException extends Exception {
  private static final long serialVersionUID = 1;

  EngineException(String message) {
    super(message);
  }

  EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
