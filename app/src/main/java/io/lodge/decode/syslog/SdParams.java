package io.lodge.decode.syslog;

import io.lodge.block.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Structured data as attributes: keys {@code syslog.sd.ID.PARAM} and unescaped values, one after
 * the other in a scratch that is used again.
 */
final class SdParams {
  private static final byte[] PREFIX = "syslog.sd.".getBytes(StandardCharsets.US_ASCII);

  /** Of each parameter: where its key begins, where its value begins, where its value ends. */
  private int[] marks = new int[48];

  private final ByteSink text = new ByteSink(1024);
  private int count;

  void clear() {
    count = 0;
    text.clear(1 << 20);
  }

  /** Begins the value of a parameter; {@code nameLength} 0 is an element without parameters. */
  void begin(byte[] bytes, int idAt, int idLength, int nameAt, int nameLength) {
    if (marks.length < (count + 1) * 3) {
      marks = Arrays.copyOf(marks, marks.length * 2);
    }
    marks[count * 3] = text.length();
    text.putBytes(PREFIX, 0, PREFIX.length);
    text.putBytes(bytes, idAt, idLength);
    if (nameLength > 0) {
      text.putByte('.');
      text.putBytes(bytes, nameAt, nameLength);
    }
    marks[count * 3 + 1] = text.length();
  }

  void put(byte valueByte) {
    text.putByte(valueByte);
  }

  void end() {
    marks[count * 3 + 2] = text.length();
    count++;
  }

  int count() {
    return count;
  }

  /** What keys and values lie in. */
  byte[] text() {
    return text.array();
  }

  int keyAt(int i) {
    return marks[i * 3];
  }

  int keyLength(int i) {
    return marks[i * 3 + 1] - marks[i * 3];
  }

  int valueAt(int i) {
    return marks[i * 3 + 1];
  }

  int valueLength(int i) {
    return marks[i * 3 + 2] - marks[i * 3 + 1];
  }

  /** Whether the i-th key is this one, without the common prefix. */
  boolean isKey(int i, byte[] name) {
    int from = keyAt(i) + PREFIX.length;
    return Arrays.equals(text(), from, keyAt(i) + keyLength(i), name, 0, name.length);
  }
}
