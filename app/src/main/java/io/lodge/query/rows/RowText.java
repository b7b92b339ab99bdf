package io.lodge.query.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Set;

/**
 * One row of JSON on its way through: columns that are empty are left out, times become
 * nanoseconds, and its address and time are read. Works on the bytes; nothing is parsed that is not
 * looked at.
 */
final class RowText {
  private final Set<String> times;
  private byte[] in = new byte[0];
  private int at;
  private byte[] out = new byte[4096];
  private int length;
  private String id = "";
  private long nanos;
  private long receivedNanos;

  RowText(Set<String> times) {
    this.times = times;
  }

  /**
   * Reads a row, {@code {"id":"…","Timestamp":"1795255200.123456789",…}}.
   *
   * @return the row as the API gives it, without its first brace and its id
   */
  byte[] read(byte[] row) {
    in = row;
    at = 1;
    length = 0;
    while (in[at] != '}') {
      member();
      if (in[at] == ',') {
        at++;
      }
    }
    put((byte) '}');
    return Arrays.copyOf(out, length);
  }

  /** A row that was read, whole again. */
  static byte[] withId(String id, byte[] rest) {
    byte[] head = ("{\"id\":\"" + id + "\"").getBytes(UTF_8);
    byte[] row = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, row, head.length, rest.length);
    return row;
  }

  /** The id of the row last read. */
  String id() {
    return id;
  }

  /** The time of the row last read. */
  long nanos() {
    return nanos;
  }

  /** When the row last read was received. */
  long receivedNanos() {
    return receivedNanos;
  }

  private void member() {
    int begin = at;
    skipString();
    String name = new String(in, begin + 1, at - begin - 2, UTF_8);
    at++; // the colon
    int value = at;
    skipValue();
    if (name.equals("id")) {
      id = new String(in, value + 1, at - value - 2, UTF_8);
      return;
    }
    if (isEmpty(value)) {
      return;
    }
    put((byte) ',');
    if (times.contains(name)) {
      put(begin, value);
      putTime(value, name);
    } else {
      put(begin, at);
    }
  }

  private boolean isEmpty(int value) {
    return switch (at - value) {
      case 1 -> in[value] == '0';
      case 2 -> in[value] == '"' || in[value] == '{' || in[value] == '[';
      default -> false;
    };
  }

  /** Decimal seconds with nine places, with or without quotes. */
  private void putTime(int value, String name) {
    StringBuilder digits = new StringBuilder();
    for (int i = value; i < at; i++) {
      if (in[i] != '.' && in[i] != '"') {
        digits.append((char) in[i]);
      }
    }
    long time = Long.parseLong(digits.toString());
    if (name.equals("Timestamp")) {
      nanos = time;
    } else if (name.equals("ReceivedAt")) {
      receivedNanos = time;
    }
    byte[] text = ("\"" + time + "\"").getBytes(UTF_8);
    for (byte b : text) {
      put(b);
    }
  }

  private void skipValue() {
    switch (in[at]) {
      case '"' -> skipString();
      case '{', '[' -> skipNested();
      default -> {
        while (in[at] != ',' && in[at] != '}') {
          at++;
        }
      }
    }
  }

  private void skipNested() {
    int depth = 0;
    do {
      switch (in[at]) {
        case '"' -> {
          skipString();
          continue;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      at++;
    } while (depth > 0);
  }

  private void skipString() {
    at++;
    while (in[at] != '"') {
      at += in[at] == '\\' ? 2 : 1;
    }
    at++;
  }

  private void put(int begin, int end) {
    makeRoom(end - begin);
    System.arraycopy(in, begin, out, length, end - begin);
    length += end - begin;
  }

  private void put(byte one) {
    makeRoom(1);
    out[length] = one;
    length++;
  }

  private void makeRoom(int more) {
    if (length + more > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
    }
  }
}
