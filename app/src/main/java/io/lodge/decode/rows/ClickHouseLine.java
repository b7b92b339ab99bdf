package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import java.nio.charset.StandardCharsets;

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
    ClickHouseLevel.set(fields, body, attributes.valueAt(level), attributes.valueLength(level));
    fields.bodyAt = attributes.valueAt(message);
    fields.bodyLength = attributes.valueLength(message);
    attributes.remove(message);
    int utc = SourceContext.find(attributes, body, DATE_TIME_UTC);
    int time = SourceContext.find(attributes, body, DATE_TIME);
    if (time >= before && takesTime(fields, ClickHouseTime.epoch(attributes, body, time))) {
      attributes.remove(time);
      if (utc >= before) {
        attributes.remove(utc > time ? utc - 1 : utc);
      }
    }
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
    if (!ClickHouseTime.isDate(source, from, to)) {
      return;
    }
    int thread = from + ClickHouseTime.DATE_BYTES;
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
    ClickHouseLevel.set(fields, body, slice(shift, level), levelEnd - level);
    takesTime(fields, ClickHouseTime.unixNanos(source, from));
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
