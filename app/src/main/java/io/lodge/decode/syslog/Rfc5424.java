package io.lodge.decode.syslog;

/** Reads what follows priority and version in RFC 5424, section 6. */
final class Rfc5424 {
  private final SyslogMessage into;
  private final byte[] bytes;
  private final int to;
  private int at;

  private Rfc5424(SyslogMessage into, byte[] bytes, int from, int to) {
    this.into = into;
    this.bytes = bytes;
    this.to = to;
    at = from;
  }

  /** False, with the problem set, if it is not what the RFC says. */
  static boolean parse(SyslogMessage into, byte[] bytes, int from, int to) {
    into.version = 1;
    return new Rfc5424(into, bytes, from, to).message();
  }

  private boolean message() {
    if (!timestamp()) {
      return problem("its timestamp is not one of RFC 5424");
    }
    int[] ends = new int[4];
    int[] starts = new int[4];
    for (int i = 0; i < 4; i++) {
      starts[i] = at;
      ends[i] = wordEnd();
      if (ends[i] == starts[i] || ends[i] == to) {
        return problem("its header ends before the structured data");
      }
      at = ends[i] + 1;
      ends[i] = isNil(starts[i], ends[i]) ? starts[i] : ends[i];
    }
    into.hostAt = starts[0];
    into.hostLength = ends[0] - starts[0];
    into.appAt = starts[1];
    into.appLength = ends[1] - starts[1];
    into.procIdAt = starts[2];
    into.procIdLength = ends[2] - starts[2];
    into.msgIdAt = starts[3];
    into.msgIdLength = ends[3] - starts[3];
    if (!structuredData()) {
      return problem("its structured data is broken");
    }
    if (at < to && bytes[at] != ' ') {
      return problem("no space follows its structured data");
    }
    into.text(bytes, Math.min(at + 1, to), to);
    return true;
  }

  private boolean timestamp() {
    if (at + 1 < to && bytes[at] == '-' && bytes[at + 1] == ' ') {
      at += 2;
      return true;
    }
    into.unixNanos = into.time.rfc5424(bytes, at, to);
    if (into.unixNanos == SyslogTime.NONE) {
      return false;
    }
    at = into.time.end + 1;
    return at <= to && bytes[at - 1] == ' ';
  }

  private boolean structuredData() {
    if (at < to && bytes[at] == '-') {
      at++;
      return true;
    }
    int begin = at;
    while (at < to && bytes[at] == '[') {
      at++;
      if (!element()) {
        return false;
      }
    }
    return at > begin;
  }

  /** After the opening bracket; leaves {@link #at} behind the closing one. */
  private boolean element() {
    int idAt = at;
    int idLength = nameEnd() - idAt;
    at += idLength;
    if (idLength == 0) {
      return false;
    }
    if (at < to && bytes[at] == ']') {
      into.structuredData.begin(bytes, idAt, idLength, 0, 0);
      into.structuredData.end();
    }
    while (at < to && bytes[at] == ' ') {
      at++;
      if (!parameter(idAt, idLength)) {
        return false;
      }
    }
    return at < to && bytes[at++] == ']';
  }

  private boolean parameter(int idAt, int idLength) {
    int nameAt = at;
    int nameLength = nameEnd() - nameAt;
    at += nameLength;
    if (nameLength == 0 || at + 1 >= to || bytes[at] != '=' || bytes[at + 1] != '"') {
      return false;
    }
    at += 2;
    into.structuredData.begin(bytes, idAt, idLength, nameAt, nameLength);
    while (at < to && bytes[at] != '"') {
      if (bytes[at] == '\\' && at + 1 < to && isEscaped(bytes[at + 1])) {
        at++;
      }
      into.structuredData.put(bytes[at++]);
    }
    into.structuredData.end();
    return at++ < to;
  }

  /** Before any other character a backslash is just a backslash (section 6.3.3). */
  private static boolean isEscaped(byte b) {
    return b == '"' || b == '\\' || b == ']';
  }

  private int wordEnd() {
    int end = at;
    while (end < to && bytes[end] != ' ') {
      end++;
    }
    return end;
  }

  private int nameEnd() {
    int end = at;
    while (end < to && bytes[end] > ' ' && "=]\"".indexOf(bytes[end]) < 0) {
      end++;
    }
    return end;
  }

  private boolean isNil(int from, int end) {
    return end - from == 1 && bytes[from] == '-';
  }

  private boolean problem(String what) {
    into.problem = what;
    return false;
  }
}
