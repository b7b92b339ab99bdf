package io.lodge.decode.syslog;

/**
 * Reads the two forms of a time in syslog, without an object for each. After a success {@link #end}
 * is where the time ended.
 */
final class SyslogTime {
  /** No time could be read. */
  static final long NONE = Long.MIN_VALUE;

  private static final long NANOS = 1_000_000_000L;
  private static final int DAY_SECONDS = 86_400;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** The index after the time that was read last. */
  int end;

  private byte[] bytes = {};
  private int to;

  /** Nanoseconds of the fraction read last. */
  private int fractionNanos;

  /**
   * A time of RFC 5424 (a profile of RFC 3339), such as {@code 2026-11-21T14:00:00.000003-07:00}.
   *
   * @return nanoseconds since 1970, or {@link #NONE}
   */
  long rfc5424(byte[] source, int from, int until) {
    bytes = source;
    to = until;
    int year = digits(from, 4);
    int month = digits(from + 5, 2);
    int day = digits(from + 8, 2);
    if (year < 1 || !is(from + 4, '-') || !is(from + 7, '-') || !is(from + 10, 'T')) {
      return NONE;
    }
    int second = clock(from + 11);
    int zone = fraction(from + 19);
    if (second < 0 || zone < 0 || !isDate(year, month, day)) {
      return NONE;
    }
    int offset = offset(zone);
    return offset == Integer.MIN_VALUE ? NONE : unixNanos(year, month, day, second - offset);
  }

  /**
   * A time of RFC 3164, such as {@code Oct 11 22:14:15}. Devices also write a year after the day or
   * a fraction after the seconds; both are read. Without a year it is the year that brings the time
   * next to when the message was received: on New Year's eve either side may be ahead.
   *
   * @param offsetSeconds east of UTC, for it names no zone
   * @return nanoseconds since 1970, or {@link #NONE}
   */
  long rfc3164(byte[] source, int from, int until, long receivedUnixNanos, int offsetSeconds) {
    bytes = source;
    to = until;
    int month = month(from);
    int day = is(from + 4, ' ') ? digits(from + 5, 1) : digits(from + 4, 2);
    if (month == 0 || !is(from + 3, ' ') || !is(from + 6, ' ')) {
      return NONE;
    }
    int year = is(from + 11, ' ') ? digits(from + 7, 4) : -1;
    int at = year < 1 ? from + 7 : from + 12;
    int second = clock(at);
    int after = fraction(at + 8);
    if (second < 0 || after < 0) {
      return NONE;
    }
    end = after;
    if (year >= 1) {
      return isDate(year, month, day) ? unixNanos(year, month, day, second - offsetSeconds) : NONE;
    }
    return nearest(month, day, second - offsetSeconds, receivedUnixNanos);
  }

  private long nearest(int month, int day, int second, long receivedUnixNanos) {
    int received = yearOf(Math.floorDiv(receivedUnixNanos, DAY_SECONDS * NANOS));
    long best = NONE;
    long bestNanos = Long.MAX_VALUE;
    for (int year = received - 1; year <= received + 1; year++) {
      if (isDate(year, month, day)) {
        long time = unixNanos(year, month, day, second);
        long away = Math.abs(time - receivedUnixNanos);
        if (away < bestNanos) {
          best = time;
          bestNanos = away;
        }
      }
    }
    return best;
  }

  /** The seconds of {@code hh:mm:ss}, or -1. */
  private int clock(int at) {
    int hour = digits(at, 2);
    int minute = digits(at + 3, 2);
    int second = digits(at + 6, 2);
    boolean valid =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return valid && is(at + 2, ':') && is(at + 5, ':') ? hour * 3600 + minute * 60 + second : -1;
  }

  /** Reads a fraction if there is one; returns where it ends, or -1. Digits beyond nine are cut. */
  private int fraction(int at) {
    fractionNanos = 0;
    if (!is(at, '.')) {
      return at;
    }
    int i = at + 1;
    int unit = 100_000_000;
    while (i < to && isDigit(bytes[i])) {
      fractionNanos += unit * (bytes[i] - '0');
      unit /= 10;
      i++;
    }
    return i == at + 1 ? -1 : i;
  }

  /** The offset in seconds of {@code Z} or {@code ±hh:mm}; the smallest integer if it is none. */
  private int offset(int at) {
    if (is(at, 'Z')) {
      end = at + 1;
      return 0;
    }
    int hours = digits(at + 1, 2);
    int minutes = digits(at + 4, 2);
    boolean signed = is(at, '+') || is(at, '-');
    if (!signed || hours < 0 || hours > 23 || !is(at + 3, ':') || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    end = at + 6;
    int seconds = hours * 3600 + minutes * 60;
    return is(at, '-') ? -seconds : seconds;
  }

  /** 1 to 12, or 0. */
  private int month(int at) {
    if (at + 3 > to) {
      return 0;
    }
    for (int month = 0; month < 12; month++) {
      if (bytes[at] == MONTHS.charAt(month * 3)
          && bytes[at + 1] == MONTHS.charAt(month * 3 + 1)
          && bytes[at + 2] == MONTHS.charAt(month * 3 + 2)) {
        return month + 1;
      }
    }
    return 0;
  }

  private int digits(int at, int count) {
    if (at + count > to) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + count; i++) {
      if (!isDigit(bytes[i])) {
        return -1;
      }
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  private boolean is(int at, char wanted) {
    return at < to && bytes[at] == wanted;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isDate(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1) {
      return false;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= MONTH_DAYS[month - 1] + (month == 2 && leap ? 1 : 0);
  }

  /** Times beyond what 64 bits of nanoseconds hold stop at their edge. */
  private long unixNanos(int year, int month, int day, int secondOfDay) {
    long seconds = daysSince1970(year, month, day) * DAY_SECONDS + secondOfDay;
    long edge = Long.MAX_VALUE / NANOS - 1;
    return Math.clamp(seconds, -edge, edge) * NANOS + fractionNanos;
  }

  /** Days in the Gregorian calendar, counted in eras of 400 years that begin in March. */
  private static long daysSince1970(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365L + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int yearOf(long daysSince1970) {
    long year = 1970 + Math.floorDiv(daysSince1970 * 400, 146_097);
    return (int) (daysSince1970((int) year, 1, 1) > daysSince1970 ? year - 1 : year);
  }
}
