package io.lodge.query.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment as typed: {@code now}, {@code now-90m} (units {@code s m h d w}), RFC 3339 such as
 * {@code 2026-11-21T10:00:00Z}, or milliseconds since 1970.
 */
public final class TimeText {
  private static final Pattern RELATIVE = Pattern.compile("now(?:([+-])(\\d{1,9})([smhdw]))?");
  private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");

  /** The largest that a DateTime64(9) holds is in 2262. */
  private static final long SECONDS_MAX = Long.MAX_VALUE / 1_000_000_000 - 1;

  private TimeText() {}

  /**
   * The moment in nanoseconds since 1970; never before that.
   *
   * @param nowNanos what {@code now} is
   */
  public static long nanos(String typed, long nowNanos) throws BadTimeException {
    Matcher relative = RELATIVE.matcher(typed);
    if (relative.matches()) {
      return relative.group(1) == null ? nowNanos : shifted(relative, nowNanos);
    }
    try {
      return MILLIS.matcher(typed).matches()
          ? ofInstant(Instant.ofEpochMilli(Long.parseLong(typed)))
          : ofInstant(OffsetDateTime.parse(typed).toInstant());
    } catch (DateTimeException e) {
      throw new BadTimeException(
          "unexpected time; got '%s' want now, now-1h (s m h d w), 2026-11-21T10:00:00Z or milliseconds since 1970"
              .formatted(typed));
    }
  }

  private static long shifted(Matcher relative, long nowNanos) {
    long seconds = Long.parseLong(relative.group(2)) * secondsOf(relative.group(3).charAt(0));
    Duration by = Duration.ofSeconds(relative.group(1).equals("-") ? -seconds : seconds);
    return ofInstant(Instant.ofEpochSecond(0, nowNanos).plus(by));
  }

  private static long secondsOf(char unit) {
    return switch (unit) {
      case 's' -> 1;
      case 'm' -> 60;
      case 'h' -> 3600;
      case 'd' -> 86_400;
      default -> 7 * 86_400;
    };
  }

  private static long ofInstant(Instant instant) {
    long seconds = Math.clamp(instant.getEpochSecond(), 0, SECONDS_MAX);
    return seconds == instant.getEpochSecond()
        ? seconds * 1_000_000_000 + instant.getNano()
        : seconds * 1_000_000_000;
  }
}
