package io.lodge;

import io.lodge.config.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sets java.util.logging up, which slf4j writes to here. Once per process, from its start. */
final class Logging {
  private Logging() {}

  /** Every record at {@code level} or above goes to {@code err}; libraries only where they warn. */
  static void start(Config.Level level, OutputStream err) {
    String levels =
        """
        .level=WARNING
        io.lodge.level=%s
        io.micrometer.level=SEVERE
        org.apache.kafka.level=SEVERE
        """
            .formatted(name(level));
    LogManager manager = LogManager.getLogManager();
    try {
      manager.readConfiguration(
          new ByteArrayInputStream(levels.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    if (manager instanceof LastingLogManager lasting) {
      lasting.keep();
    }
    Logger.getLogger("").addHandler(new LineHandler(err));
  }

  private static String name(Config.Level level) {
    return switch (level) {
      case ERROR -> "SEVERE";
      case WARN -> "WARNING";
      case INFO -> "INFO";
      case DEBUG -> "FINE";
      case TRACE -> "FINEST";
    };
  }

  /** Flushes each line, and leaves the stream open: it is not its own. */
  private static final class LineHandler extends StreamHandler {
    LineHandler(OutputStream err) {
      super(err, new LogLine());
      setLevel(java.util.logging.Level.ALL);
    }

    @Override
    public synchronized void publish(LogRecord record) {
      super.publish(record);
      flush();
    }

    @Override
    public synchronized void close() {
      flush();
    }
  }
}
