package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/**
 * Reads the lines of ClickHouse's own log, servers' and Keeper's, in both of its formats:
 *
 * <pre>
 * 2024.03.14 11:24:39.782166 [ 1326 ] {43ab3b35-82e5} &lt;Debug&gt; MemoryTracker: Peak memory usage
 * {"date_time":"1710415479.782166","thread_id":"1326","level":"Debug","logger_name":…,"message":…}
 * </pre>
 *
 * The message becomes the body, the rest attributes named as in JSON. Colours are taken out. What
 * is no such line, as what a program prints before its log begins, stays as it is. A record that
 * has a time of its own keeps it: the text's has no time zone, and is read as UTC only where there
 * is no other.
 *
 * <p>Source: ClickHouse's {@code OwnPatternFormatter} and {@code OwnJSONPatternFormatter}. Reused;
 * belongs to one thread.
 */
final class ClickHouseLine {
  private static final byte[] DATE = ascii("dddd.dd.dd dd:dd:dd.dddddd [ ");
  private static final byte ESCAPE = 0x1B;

  /** A line's beginning up to its message is shorter; colours are looked for in there. */
  private static final int HEAD_BYTES = 1024;

  private static final byte[] THREAD_ID = ascii("thread_id");
  private static final byte[] QUERY_ID = ascii("query_id");
  private static final byte[] LEVEL = ascii("level");
  private static final byte[] LOGGER_NAME = ascii("logger_name");
  private static final byte[] MESSAGE = ascii("message");
  private static final byte[] DATE_TIME = ascii("date_time");
  private static final byte[] DATE_TIME_UTC = ascii("date_time_utc");

  /** Poco's levels, as OpenTelemetry's names and numbers. */
  private record Severity(byte[] word, byte[] text, int number) {
    static Severity of(String word, String text, int number) {
      return new Severity(ascii(word), ascii(text), number);
    }
  }

  private static final List<Severity> SEVERITIES =
      List.of(
          Severity.of("Fatal", "FATAL", 21),
          Severity.of("Critical", "CRITICAL", 18),
          Severity.of("Error", "ERROR", 17),
          Severity.of("Warning", "WARN", 13),
          Severity.of("Notice", "NOTICE", 10),
          Severity.of("Information", "INFO", 9),
          Severity.of("Debug", "DEBUG", 5),
          Severity.of("Trace", "TRACE", 1),
          Severity.of("Test", "TEST", 1));

  private final BodyJson json;

  ClickHouseLine(BodyJson json) {
    this.json = json;
  }

  /** Changes the record if its body is such a line; else leaves it alone. */
  void parse(LogFields fields, byte[] body) {
    if (fields.bodyLength == 0) {
      return;
    }
    byte[] source = fields.attributes.source(body, fields.bodyAt);
    int from = AttributeSlices.index(fields.bodyAt);
    if (source[from] == '{') {
      json(fields, body);
      return;
    }
    int headEnd = from + Math.min(fields.bodyLength, HEAD_BYTES);
    for (int i = from; i < headEnd; i++) {
      if (source[i] == ESCAPE) {
        withoutColours(fields, body);
        return;
      }
    }
    text(fields, body);
  }

  private void json(LogFields fields, byte[] body) {
    AttributeSlices attributes = fields.attributes;
    int before = attributes.count();
    int textBefore = fields.text.length();
    boolean whole = json.read(fields, body);
    int message = SourceContext.find(attributes, body, MESSAGE);
    int level = SourceContext.find(attributes, body, LEVEL);
    int logger = SourceContext.find(attributes, body, LOGGER_NAME);
    if (!whole || message < before || level < before || logger < before) {
      attributes.truncate(before);
      fields.text.truncate(textBefore);
      return;
    }
    severity(fields, body, attributes.valueAt(level), attributes.valueLength(level));
    fields.bodyAt = attributes.valueAt(message);
    fields.bodyLength = attributes.valueLength(message);
    attributes.remove(message);
    int utc = SourceContext.find(attributes, body, DATE_TIME_UTC);
    int time = SourceContext.find(attributes, body, DATE_TIME);
    if (time >= before && takesTime(fields, epoch(attributes, body, time))) {
      attributes.remove(time);
      if (utc >= before) {
        attributes.remove(utc > time ? utc - 1 : utc);
      }
    }
  }

  /** Seconds and microseconds since 1970 in nanoseconds; 0 if it is anything else. */
  private static long epoch(AttributeSlices attributes, byte[] body, int attribute) {
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

  /** Gives the record its time if it has none; false if the line's is no time. */
  private static boolean takesTime(LogFields fields, long unixNanos) {
    if (unixNanos <= 0) {
      return false;
    }
    if (fields.timeUnixNanos == 0) {
      fields.timeUnixNanos = unixNanos;
    }
    return true;
  }

  private static void text(LogFields fields, byte[] body) {
    byte[] source = fields.attributes.source(body, fields.bodyAt);
    int from = AttributeSlices.index(fields.bodyAt);
    int to = from + fields.bodyLength;
    if (!isDate(source, from, to)) {
      return;
    }
    int thread = from + DATE.length;
    int threadEnd = digits(source, thread, to);
    int query = after(source, threadEnd, to, " ] {");
    int queryEnd = query < 0 ? -1 : find(source, query, to, '}');
    int level = queryEnd < 0 ? -1 : after(source, queryEnd, to, "} <");
    int levelEnd = level < 0 ? -1 : find(source, level, to, '>');
    int logger = levelEnd < 0 ? -1 : after(source, levelEnd, to, "> ");
    int loggerEnd = logger < 0 ? -1 : colon(source, logger, to);
    if (loggerEnd < 0 || threadEnd == thread) {
      return;
    }
    int shift = fields.bodyAt < 0 ? -1 : 0;
    severity(fields, body, slice(shift, level), levelEnd - level);
    takesTime(fields, unixNanos(source, from));
    add(fields, THREAD_ID, slice(shift, thread), threadEnd - thread);
    if (queryEnd > query) {
      add(fields, QUERY_ID, slice(shift, query), queryEnd - query);
    }
    add(fields, LEVEL, slice(shift, level), levelEnd - level);
    add(fields, LOGGER_NAME, slice(shift, logger), loggerEnd - logger);
    int message = Math.min(loggerEnd + 2, to);
    fields.bodyAt = slice(shift, message);
    fields.bodyLength = to - message;
  }

  private static int slice(int sign, int index) {
    return sign < 0 ? ~index : index;
  }

  private static void add(LogFields fields, byte[] key, int valueAt, int valueLength) {
    int keyFrom = fields.text.length();
    fields.text.putBytes(key, 0, key.length);
    fields.attributes.add(~keyFrom, key.length, valueAt, valueLength);
  }

  /** Sets the record's severity by the line's level; an unknown one is kept as it is. */
  private static void severity(LogFields fields, byte[] body, int at, int length) {
    byte[] source = fields.attributes.source(body, at);
    int from = AttributeSlices.index(at);
    for (Severity severity : SEVERITIES) {
      if (severity.word.length == length && startsWith(source, from, severity.word)) {
        int textFrom = fields.text.length();
        fields.text.putBytes(severity.text, 0, severity.text.length);
        fields.severityTextAt = ~textFrom;
        fields.severityTextLength = severity.text.length;
        fields.severityNumber = severity.number;
        return;
      }
    }
  }

  private static boolean startsWith(byte[] source, int from, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (source[from + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDate(byte[] source, int from, int to) {
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
  private static long unixNanos(byte[] source, int from) {
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

  private static int digits(byte[] source, int from, int to) {
    int at = from;
    while (at < to && source[at] >= '0' && source[at] <= '9') {
      at++;
    }
    return at;
  }

  /** The index behind the text if it begins here, else -1. */
  private static int after(byte[] source, int from, int to, String text) {
    if (to - from < text.length()) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (source[from + i] != text.charAt(i)) {
        return -1;
      }
    }
    return from + text.length();
  }

  /** The index of the character on the same line, or -1. */
  private static int find(byte[] source, int from, int to, char wanted) {
    for (int at = from; at < to && source[at] != '\n'; at++) {
      if (source[at] == wanted) {
        return at;
      }
    }
    return -1;
  }

  /** The index of the colon that ends the logger's name: one before a space or the line's end. */
  private static int colon(byte[] source, int from, int to) {
    for (int at = from; at < to && source[at] != '\n'; at++) {
      if (source[at] == ':' && (at + 1 == to || source[at + 1] == ' ' || source[at + 1] == '\n')) {
        return at;
      }
    }
    return -1;
  }

  /** Reads the line without its colours; if it is none, the body stays as it was. */
  private static void withoutColours(LogFields fields, byte[] body) {
    int bodyAt = fields.bodyAt;
    int bodyLength = fields.bodyLength;
    ByteSink text = fields.text;
    int to = text.length();
    int from = AttributeSlices.index(bodyAt);
    int target = text.grow(bodyLength);
    byte[] source = fields.attributes.source(body, bodyAt);
    byte[] out = text.array();
    int at = from;
    while (at < from + bodyLength) {
      int sequenceEnd = colour(source, at, from + bodyLength);
      if (sequenceEnd > at) {
        at = sequenceEnd;
      } else {
        out[target++] = source[at++];
      }
    }
    text.truncate(target);
    int attributes = fields.attributes.count();
    fields.bodyAt = ~to;
    fields.bodyLength = target - to;
    text(fields, body);
    if (fields.attributes.count() == attributes) {
      fields.bodyAt = bodyAt;
      fields.bodyLength = bodyLength;
      text.truncate(to);
    }
  }

  /** The end of the colour sequence ({@code ESC [ digits m}) that begins here; else its begin. */
  private static int colour(byte[] source, int from, int to) {
    if (source[from] != ESCAPE || from + 1 >= to || source[from + 1] != '[') {
      return from;
    }
    int at = from + 2;
    while (at < to && (source[at] == ';' || (source[at] >= '0' && source[at] <= '9'))) {
      at++;
    }
    return at < to && source[at] == 'm' ? at + 1 : from;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
