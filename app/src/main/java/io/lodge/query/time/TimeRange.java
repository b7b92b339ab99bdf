package io.lodge.query.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A half-open range of time.
 *
 * @param fromNanos the first moment, in nanoseconds since 1970
 * @param toNanos the first moment that is no more in it
 */
public record TimeRange(long fromNanos, long toNanos) {
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** The last second of ClickHouse's DateTime, in 2106. */
  private static final long DATE_TIME_MAX = 0xFFFF_FFFFL;

  /** The range of two moments as typed. */
  public static TimeRange parse(String from, String to, long nowNanos) throws BadTimeException {
    TimeRange range = new TimeRange(TimeText.nanos(from, nowNanos), TimeText.nanos(to, nowNanos));
    if (range.fromNanos >= range.toNanos) {
      throw new BadTimeException(
          "unexpected range; got from=%s to=%s want from before to".formatted(from, to));
    }
    return range;
  }

  public boolean isEmpty() {
    return fromNanos >= toNanos;
  }

  public long lengthNanos() {
    return toNanos - fromNanos;
  }

  public long fromMillis() {
    return Math.floorDiv(fromNanos, 1_000_000);
  }

  /** Rounded up: what lies before it was all in the range. */
  public long toMillis() {
    return Math.ceilDiv(toNanos, 1_000_000);
  }

  /** A moment as the text of a {@code DateTime64(9, 'UTC')}. */
  public static String nanosText(long nanos) {
    return NANOS.format(instant(nanos));
  }

  /** The second a moment is in, as the text of a {@code DateTime('UTC')}. */
  public static String secondText(long nanos) {
    long seconds = Math.min(Math.floorDiv(nanos, 1_000_000_000L), DATE_TIME_MAX);
    return SECONDS.format(Instant.ofEpochSecond(seconds));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
