package io.lodge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** One line per record: time, level, room, message. */
final class LogLine extends Formatter {
  private static final String ROOMS = "io.lodge.";

  @Override
  public String format(LogRecord record) {
    Instant time = record.getInstant().truncatedTo(ChronoUnit.MILLIS);
    StringBuilder line = new StringBuilder(160);
    line.append(time).append(' ').append(word(record.getLevel()));
    line.append(' ').append(room(record.getLoggerName())).append(": ");
    line.append(formatMessage(record));
    for (Throwable cause = record.getThrown(); cause != null; cause = cause.getCause()) {
      line.append(": ").append(cause);
    }
    String oneLine = line.toString().replaceAll("[\r\n]+", " ");
    return oneLine + System.lineSeparator();
  }

  /** slf4j's names, not java.util.logging's. */
  private static String word(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    if (level.intValue() >= Level.INFO.intValue()) {
      return "INFO ";
    }
    return level.intValue() >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  /** {@code journal} for {@code io.lodge.journal.Segment}; the package's end for others. */
  private static String room(@Nullable String logger) {
    if (logger == null || logger.isEmpty()) {
      return "java";
    }
    if (!logger.startsWith(ROOMS)) {
      return logger;
    }
    String inside = logger.substring(ROOMS.length());
    int dot = inside.lastIndexOf('.');
    return dot < 0 ? "lodge" : inside.substring(0, dot);
  }
}
