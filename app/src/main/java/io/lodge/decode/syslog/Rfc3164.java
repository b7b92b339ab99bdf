package io.lodge.decode.syslog;

/**
 * Reads what follows the priority in RFC 3164, which describes what was seen in the wild and rules
 * out nothing: each part is taken where it can be recognised, and what is left is the text.
 *
 * <p>Read besides the RFC's own form: times with a year or a fraction, and the time of RFC 5424 in
 * this layout (rsyslog's {@code RSYSLOG_ForwardFormat}), the counter, star and dot that network
 * devices put before the time, and messages without a host (as programs write to {@code /dev/log}).
 */
final class Rfc3164 {
  private static final int TAG_BYTES_MAX = 128;

  private final SyslogMessage into;
  private final byte[] bytes;
  private final int to;
  private int at;

  private Rfc3164(SyslogMessage into, byte[] bytes, int from, int to) {
    this.into = into;
    this.bytes = bytes;
    this.to = to;
    at = from;
  }

  static void parse(
      SyslogMessage into,
      byte[] bytes,
      int from,
      int to,
      long receivedUnixNanos,
      int offsetSeconds) {
    Rfc3164 reader = new Rfc3164(into, bytes, from, to);
    if (reader.time(receivedUnixNanos, offsetSeconds)) {
      reader.host();
    }
    reader.tag();
    into.text(bytes, reader.at, to);
  }

  /** Reads the time if there is one; true if a host may follow. */
  private boolean time(long receivedUnixNanos, int offsetSeconds) {
    int begin = afterCounter();
    long time = into.time.rfc3164(bytes, begin, to, receivedUnixNanos, offsetSeconds);
    if (time == SyslogTime.NONE) {
      time = into.time.rfc5424(bytes, begin, to);
    }
    int end = into.time.end;
    if (time == SyslogTime.NONE || (end < to && bytes[end] != ' ' && bytes[end] != ':')) {
      return false;
    }
    into.unixNanos = time;
    boolean colon = end < to && bytes[end] == ':';
    at = skipSpace(colon ? end + 1 : end);
    return !colon;
  }

  /** Behind {@code 123: } and a star or dot, if these are there. */
  private int afterCounter() {
    int i = at;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    i = i > at && i < to && bytes[i] == ':' ? skipSpace(i + 1) : at;
    return i < to && (bytes[i] == '*' || bytes[i] == '.') ? i + 1 : i;
  }

  /** The first word, unless it is a tag. */
  private void host() {
    int end = wordEnd(at);
    boolean tag = end > at && bytes[end - 1] == ':';
    for (int i = at; i < end; i++) {
      tag |= bytes[i] == '[';
    }
    if (end == at || end == to || tag) {
      return;
    }
    into.hostAt = at;
    into.hostLength = end - at;
    at = end + 1;
  }

  /** {@code app: text} or {@code app[id]: text}; anything else is all text. */
  private void tag() {
    int begin = skipSpace(at);
    int nameEnd = begin;
    int limit = Math.min(to, begin + TAG_BYTES_MAX);
    while (nameEnd < limit && isTag(bytes[nameEnd])) {
      nameEnd++;
    }
    int idEnd = nameEnd;
    if (nameEnd < limit && bytes[nameEnd] == '[') {
      while (idEnd < limit && bytes[idEnd] != ']' && bytes[idEnd] != ' ') {
        idEnd++;
      }
      if (idEnd == limit || bytes[idEnd] != ']') {
        return;
      }
    }
    boolean hasId = idEnd > nameEnd;
    int end = hasId ? idEnd + 1 : nameEnd;
    boolean colon = end < to && bytes[end] == ':';
    end = colon ? end + 1 : end;
    boolean ended = end == to || bytes[end] == ' ';
    if (nameEnd == begin || !ended || !(colon || hasId)) {
      return;
    }
    into.appAt = begin;
    into.appLength = nameEnd - begin;
    into.procIdAt = hasId ? nameEnd + 1 : 0;
    into.procIdLength = hasId ? idEnd - nameEnd - 1 : 0;
    at = end < to ? end + 1 : end;
  }

  private static boolean isTag(byte b) {
    return b > ' ' && b != ':' && b != '[' && b != ']' && b != 0x7F;
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < to && bytes[end] != ' ') {
      end++;
    }
    return end;
  }

  private int skipSpace(int from) {
    int i = from;
    while (i < to && bytes[i] == ' ') {
      i++;
    }
    return i;
  }
}
