package io.lodge.receive;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Netty's leak detector logs. */
final class Leaks extends Handler {
  /** Held here: the JDK forgets loggers nobody holds, and their handlers with them. */
  private static final Logger LOGGER = Logger.getLogger("io.netty.util.ResourceLeakDetector");

  private final List<String> seen = new CopyOnWriteArrayList<>();

  static List<String> listen() {
    Leaks leaks = new Leaks();
    LOGGER.addHandler(leaks);
    return leaks.seen;
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getMessage().startsWith("LEAK:")) {
      seen.add(entry.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
