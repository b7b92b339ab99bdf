package io.lodge.decode.rows;

import io.lodge.decode.wire.AttributeSlices;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** The times in lines of ClickHouse's log. */
final class ClickHouseTime {
  private static final byte[] DATE =
      "dddd.dd.dd dd:dd:dd.dddddd [ ".getBytes(StandardCharsets.US_ASCII);

  /** A line begins with a date of this length, up to the thread's number. */
  static final int DATE_BYTES = DATE.length;

  private ClickHouseTime() {}

  /** Seconds and microseconds since 1970 in nanoseconds; 0 if it is anything else. */
  static long epoch(AttributeSlices attributes, byte[] body, int attribute) {
    byte[] source = attributes.source(body, attributes.valueAt(attribute));
    int from = AttributeSlices.index(attributes.valueAt(attribute));
    int length = attributes.valueLength(attribute);
    if (length != 17 || source[from + 10] != '.') {
      return 0;
    }
    long micros = 0;
    for (int i = 0; i < length; i++) {
      int digit = source[from + i] - '0';
      if (i != 10) {
        if (digit < 0 || digit > 9) {
          return 0;
        }
        micros = micros * 10 + digit;
      }
    }
    return micros * 1000;
  }

  /** Whether a line begins with a date. */
  static boolean isDate(byte[] source, int from, int to) {
    if (to - from < DATE.length) {
      return false;
    }
    for (int i = 0; i < DATE.length; i++) {
      byte next = source[from + i];
      boolean digit = next >= '0' && next <= '9';
      if (DATE[i] == 'd' ? !digit : next != DATE[i]) {
        return false;
      }
    }
    return true;
  }

  /** The date that {@link #isDate} has found; 0 if the calendar has no such day. */
  static long unixNanos(byte[] source, int from) {
    int year = number(source, from, 4);
    int month = number(source, from + 5, 2);
    int day = number(source, from + 8, 2);
    if (year < 1970 || year > 2261 || month < 1 || month > 12 || day < 1 || day > 28 + 3) {
      return 0;
    }
    // Days beyond the month's end are the next month's: no exception per line.
    long days = LocalDate.of(year, month, 1).toEpochDay() + day - 1;
    long seconds =
        days * 86_400
            + number(source, from + 11, 2) * 3600L
            + number(source, from + 14, 2) * 60L
            + number(source, from + 17, 2);
    return (seconds * 1_000_000 + number(source, from + 20, 6)) * 1000;
  }

  private static int number(byte[] source, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      value = value * 10 + source[i] - '0';
    }
    return value;
  }
}
