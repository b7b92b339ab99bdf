package io.lodge;

import java.util.logging.LogManager;

/**
 * Keeps logging while the process ends. The JDK's own manager closes all handlers in a shutdown
 * hook, beside the hooks that stop Lodge and have things to say. Public because the JDK makes it,
 * by the name in {@code java.util.logging.manager}.
 */
public final class LastingLogManager extends LogManager {
  private volatile boolean kept;

  /** Made by the JDK, on the first use of logging. */
  public LastingLogManager() {}

  /** From now on a reset does nothing. */
  void keep() {
    kept = true;
  }

  @Override
  public void reset() {
    if (!kept) {
      super.reset();
    }
  }
}
