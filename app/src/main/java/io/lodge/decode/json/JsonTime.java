package io.lodge.decode.json;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Moments from text: ISO 8601, or a number since 1970 in seconds, milliseconds, microseconds or
 * nanoseconds, which its size tells apart: each is right for the years 1973 to 5138.
 */
public final class JsonTime {
  /** What is no time. */
  public static final long NONE = Long.MIN_VALUE;

  /**
   * 2100-01-01: later times are moved here. Partitions by day and the expiry of a row are computed
   * in 32-bit seconds, which end in 2106.
   */
  public static final long MAX_UNIX_NANOS = 4_102_444_800L * 1_000_000_000L;

  private static final long SECONDS_BELOW = 100_000_000_000L;
  private static final long MILLIS_BELOW = SECONDS_BELOW * 1_000;
  private static final long MICROS_BELOW = MILLIS_BELOW * 1_000;
  private static final int NANO_DIGITS = 9;
  private static final long SECOND = 1_000_000_000L;

  private JsonTime() {}

  /**
   * Nanoseconds since 1970 of a number's text or a moment's.
   *
   * @return {@link #NONE} if it is neither; what a column cannot hold is for the caller to clamp,
   *     and comes as -1 or as more than {@link #MAX_UNIX_NANOS}
   */
  public static long unixNanos(byte[] bytes, int from, int length) {
    if (length >= 10 && bytes[from + 4] == '-' && bytes[from + 7] == '-') {
      return iso(bytes, from, from + length);
    }
    return number(bytes, from, length);
  }

  private static long number(byte[] bytes, int from, int length) {
    int point = 0;
    while (point < length && bytes[from + point] != '.') {
      point++;
    }
    long whole = JsonNumbers.int64(bytes, from, point, NONE);
    if (whole == NONE) {
      return bigNumber(bytes, from, point);
    }
    long fraction = 0;
    if (point < length) {
      fraction = fractionNanos(bytes, from + point + 1, from + length);
      if (fraction < 0) {
        return NONE;
      }
    }
    if (whole < 0) {
      return -1;
    }
    if (whole < SECONDS_BELOW) {
      return whole > MAX_UNIX_NANOS / SECOND ? Long.MAX_VALUE : whole * SECOND + fraction;
    }
    if (whole < MILLIS_BELOW) {
      return whole > MAX_UNIX_NANOS / 1_000_000
          ? Long.MAX_VALUE
          : whole * 1_000_000 + fraction / 1_000;
    }
    return whole < MICROS_BELOW
        ? whole > MAX_UNIX_NANOS / 1_000 ? Long.MAX_VALUE : whole * 1_000 + fraction / 1_000_000
        : whole;
  }

  /** Nanoseconds have 19 digits, one more than is surely a long. */
  private static long bigNumber(byte[] bytes, int from, int length) {
    if (length != NANO_DIGITS + 10 || bytes[from] > '4') {
      return NONE;
    }
    long head = JsonNumbers.int64(bytes, from, length - 1, NONE);
    long last = JsonNumbers.int64(bytes, from + length - 1, 1, NONE);
    return head == NONE || last == NONE || head < 0 ? NONE : head * 10 + last;
  }

  /** Up to nine digits as nanoseconds; more are cut off. -1 if there is anything else. */
  private static long fractionNanos(byte[] bytes, int from, int to) {
    long value = 0;
    int digits = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
      if (digits < NANO_DIGITS) {
        value = value * 10 + (bytes[i] - '0');
        digits++;
      }
    }
    for (; digits < NANO_DIGITS; digits++) {
      value *= 10;
    }
    return value;
  }

  /** {@code 2026-11-21[T12:34[:56[.789]]][Z|+02:00]}; without a zone it is UTC. */
  private static long iso(byte[] bytes, int from, int to) {
    long year = JsonNumbers.int64(bytes, from, 4, -1);
    int month = two(bytes, from + 5, to);
    int day = two(bytes, from + 8, to);
    if (year < 0 || month < 1 || day < 1) {
      return NONE;
    }
    long seconds;
    try {
      seconds = LocalDate.of((int) year, month, day).toEpochDay() * 86_400;
    } catch (DateTimeException noSuchDay) {
      return NONE;
    }
    return from + 10 == to ? clamped(seconds, 0) : timeOfDay(bytes, from + 10, to, seconds);
  }

  private static long timeOfDay(byte[] bytes, int from, int to, long daySeconds) {
    byte between = bytes[from];
    int hour = two(bytes, from + 1, to);
    int minute = two(bytes, from + 4, to);
    if ((between != 'T' && between != 't' && between != ' ')
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || bytes[from + 3] != ':') {
      return NONE;
    }
    int at = from + 6;
    int second = 0;
    long nanos = 0;
    if (at < to && bytes[at] == ':') {
      second = two(bytes, at + 1, to);
      at += 3;
      if (second < 0 || second > 60) {
        return NONE;
      }
      if (at < to && (bytes[at] == '.' || bytes[at] == ',')) {
        int digits = at + 1;
        at = digits;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
          at++;
        }
        nanos = at == digits ? -1 : fractionNanos(bytes, digits, at);
      }
    }
    int offset = nanos < 0 ? Integer.MIN_VALUE : zoneSeconds(bytes, at, to);
    return offset == Integer.MIN_VALUE
        ? NONE
        : clamped(daySeconds + hour * 3600L + minute * 60L + second - offset, nanos);
  }

  /** Seconds east of UTC; the least int if it is no zone. */
  private static int zoneSeconds(byte[] bytes, int from, int to) {
    if (from == to || (to - from == 1 && (bytes[from] | 0x20) == 'z')) {
      return 0;
    }
    boolean east = bytes[from] == '+';
    int hours = two(bytes, from + 1, to);
    if ((!east && bytes[from] != '-') || hours < 0 || hours > 18) {
      return Integer.MIN_VALUE;
    }
    int at = from + 3;
    int minutes = 0;
    if (at < to) {
      at += bytes[at] == ':' ? 1 : 0;
      minutes = two(bytes, at, to);
      at += 2;
    }
    if (minutes < 0 || minutes > 59 || at != to) {
      return Integer.MIN_VALUE;
    }
    int offset = hours * 3600 + minutes * 60;
    return east ? offset : -offset;
  }

  private static long clamped(long seconds, long nanos) {
    if (seconds < 0) {
      return -1;
    }
    return seconds > MAX_UNIX_NANOS / SECOND ? Long.MAX_VALUE : seconds * SECOND + nanos;
  }

  /** Two digits; -1 if there are none. */
  private static int two(byte[] bytes, int from, int to) {
    if (from + 2 > to) {
      return -1;
    }
    int tens = bytes[from] - '0';
    int ones = bytes[from + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }
}
