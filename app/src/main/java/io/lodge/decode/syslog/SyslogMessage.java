package io.lodge.decode.syslog;

import org.jspecify.annotations.Nullable;

/**
 * One message taken apart: slices of the body it lies in. What has length 0 is not there. Reused
 * from message to message.
 */
final class SyslogMessage {
  static final int NO_PRIORITY = -1;

  final SdParams structuredData = new SdParams();
  final SyslogTime time = new SyslogTime();

  int priority;

  /** 1 for RFC 5424, 0 for anything else. */
  int version;

  /** Nanoseconds since 1970, or {@link SyslogTime#NONE}. */
  long unixNanos;

  int hostAt;
  int hostLength;
  int appAt;
  int appLength;
  int procIdAt;
  int procIdLength;
  int msgIdAt;
  int msgIdLength;
  int textAt;
  int textLength;

  /** Why the message could not be taken apart; null if it could. */
  @Nullable String problem;

  /**
   * Takes a message apart. Never fails: what is not syslog is all text, with a problem.
   *
   * @param receivedUnixNanos to which a time without a year belongs
   * @param offsetSeconds east of UTC, for times that name no zone
   */
  void parse(byte[] bytes, int from, int to, long receivedUnixNanos, int offsetSeconds) {
    clear();
    int at = afterPriority(bytes, from, to);
    if (priority == NO_PRIORITY) {
      broken("it does not begin with a priority of <0> to <191>", from, to);
    } else if (at + 1 < to && bytes[at] == '1' && bytes[at + 1] == ' ') {
      if (!Rfc5424.parse(this, bytes, at + 2, to)) {
        broken(String.valueOf(problem), from, to);
      }
    } else {
      Rfc3164.parse(this, bytes, at, to, receivedUnixNanos, offsetSeconds);
    }
  }

  private void clear() {
    structuredData.clear();
    priority = NO_PRIORITY;
    version = 0;
    problem = null;
    clearHeader();
  }

  private void clearHeader() {
    unixNanos = SyslogTime.NONE;
    hostAt = hostLength = 0;
    appAt = appLength = 0;
    procIdAt = procIdLength = 0;
    msgIdAt = msgIdLength = 0;
  }

  /** All of it is text; a priority that was read stays. */
  private void broken(String why, int from, int to) {
    problem = why;
    version = 0;
    structuredData.clear();
    clearHeader();
    textAt = from;
    textLength = to - from;
  }

  private int afterPriority(byte[] bytes, int from, int to) {
    if (from >= to || bytes[from] != '<') {
      return from;
    }
    int value = 0;
    int at = from + 1;
    while (at < to && at <= from + 3 && bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + bytes[at++] - '0';
    }
    boolean closed = at > from + 1 && at < to && bytes[at] == '>';
    if (!closed || value > Priority.MAX) {
      return from;
    }
    priority = value;
    return at + 1;
  }

  /** Sets the text, without the byte order mark that RFC 5424 puts before UTF-8. */
  void text(byte[] bytes, int from, int to) {
    boolean marked =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    textAt = marked ? from + 3 : from;
    textLength = to - textAt;
  }
}
