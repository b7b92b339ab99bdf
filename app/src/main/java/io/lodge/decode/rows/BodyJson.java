package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.decode.wire.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Makes attributes of the fields of a body that is a JSON object, in one pass over its bytes.
 * Nested objects become dotted keys, arrays stay JSON, null is empty; an attribute that was sent
 * under the same key stays. Text without escapes is not copied.
 *
 * <p>What is no JSON (RFC 8259) is left alone. Reused; belongs to one thread.
 */
final class BodyJson {
  /** More is data, not a log line: what is beyond stays in the body alone. */
  static final int FIELDS_MAX = 128;

  /** Bytes of a key, with the names of the objects around it. */
  static final int KEY_BYTES_MAX = 256;

  /** Objects in objects that become dotted keys; deeper ones stay JSON. */
  static final int DOTTED_DEPTH_MAX = 8;

  /** Arrays and objects in one another; deeper bodies are left alone, as stacks end. */
  private static final int DEPTH_MAX = 64;

  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private LogFields fields = new LogFields();
  private byte[] body = {};
  private boolean inText;
  private int at;
  private int end;
  private int fieldsBefore;
  private boolean whole;

  /** The string that was read last: a slice as {@link AttributeSlices} has them. */
  private int stringAt;

  private int stringLength;

  private static final class NotJson extends Exception {
    private static final long serialVersionUID = 1;

    NotJson() {
      super("not JSON", null, false, false);
    }
  }

  /**
   * Adds the fields of the record's body to its attributes.
   *
   * @return whether all there is has become attributes; false too if the body is no JSON object
   */
  boolean read(LogFields record, byte[] array) {
    fields = record;
    body = array;
    inText = record.bodyAt < 0;
    at = AttributeSlices.index(record.bodyAt);
    end = at + record.bodyLength;
    fieldsBefore = record.attributes.count();
    whole = true;
    int textBefore = record.text.length();
    try {
      space();
      want('{');
      object(0, 0, 1);
      space();
      if (at != end) {
        throw new NotJson();
      }
      return whole;
    } catch (NotJson e) {
      record.attributes.truncate(fieldsBefore);
      record.text.truncate(textBefore);
      return false;
    }
  }

  /** Reads members behind the brace; the prefix of their keys lies in the text, with its dot. */
  private void object(int prefixFrom, int prefixLength, int depth) throws NotJson {
    space();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      space();
      string();
      int keyAt = stringAt;
      int keyLength = prefixLength + stringLength;
      if (keyLength > KEY_BYTES_MAX) {
        // The value is passed over, under a key that nothing is added for.
        keyLength = KEY_BYTES_MAX + 1;
      } else if (prefixLength > 0) {
        keyAt = dotted(prefixFrom, prefixLength);
      }
      space();
      want(':');
      space();
      member(keyAt, keyLength, depth);
      space();
      if (peek() == ',') {
        at++;
        continue;
      }
      want('}');
      return;
    }
  }

  private int dotted(int prefixFrom, int prefixLength) {
    ByteSink text = fields.text;
    int from = text.grow(prefixLength + stringLength);
    System.arraycopy(text.array(), prefixFrom, text.array(), from, prefixLength);
    byte[] source = fields.attributes.source(body, stringAt);
    System.arraycopy(
        source, AttributeSlices.index(stringAt), text.array(), from + prefixLength, stringLength);
    return ~from;
  }

  private void member(int keyAt, int keyLength, int depth) throws NotJson {
    int first = peek();
    if (first == '"') {
      string();
      add(keyAt, keyLength, stringAt, stringLength);
    } else if (first == '{' && depth < DOTTED_DEPTH_MAX && keyLength < KEY_BYTES_MAX) {
      at++;
      nested(keyAt, keyLength, depth);
    } else {
      int from = at;
      skip(depth);
      boolean isNull = first == 'n';
      add(keyAt, keyLength, slice(from), isNull ? 0 : at - from);
    }
  }

  private void nested(int keyAt, int keyLength, int depth) throws NotJson {
    int from = at - 1;
    space();
    if (peek() == '}') {
      at++;
      add(keyAt, keyLength, slice(from), at - from);
      return;
    }
    ByteSink text = fields.text;
    int prefix = text.grow(keyLength + 1);
    byte[] source = fields.attributes.source(body, keyAt);
    System.arraycopy(source, AttributeSlices.index(keyAt), text.array(), prefix, keyLength);
    text.array()[prefix + keyLength] = '.';
    object(prefix, keyLength + 1, depth + 1);
  }

  private void add(int keyAt, int keyLength, int valueAt, int valueLength) {
    AttributeSlices attributes = fields.attributes;
    if (keyLength > KEY_BYTES_MAX || attributes.count() - fieldsBefore == FIELDS_MAX) {
      whole = false;
      return;
    }
    if (SourceContext.find(attributes, body, keyAt, keyLength) >= 0) {
      whole = false;
      return;
    }
    attributes.add(keyAt, keyLength, valueAt, valueLength);
  }

  /** Passes over any value. */
  private void skip(int depth) throws NotJson {
    if (depth > DEPTH_MAX) {
      throw new NotJson();
    }
    switch (peek()) {
      case '"' -> {
        int text = fields.text.length();
        string();
        fields.text.truncate(text);
      }
      case '{' -> {
        at++;
        skipMembers(depth);
      }
      case '[' -> {
        at++;
        skipElements(depth);
      }
      case 't' -> word(TRUE);
      case 'f' -> word(FALSE);
      case 'n' -> word(NULL);
      default -> number();
    }
  }

  private void skipMembers(int depth) throws NotJson {
    space();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      space();
      if (peek() != '"') {
        throw new NotJson();
      }
      skip(depth);
      space();
      want(':');
      space();
      skip(depth + 1);
      space();
      if (peek() == ',') {
        at++;
        continue;
      }
      want('}');
      return;
    }
  }

  private void skipElements(int depth) throws NotJson {
    space();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      space();
      skip(depth + 1);
      space();
      if (peek() == ',') {
        at++;
        continue;
      }
      want(']');
      return;
    }
  }

  /** Reads a string: a slice of the body, or of the text where it has escapes. */
  private void string() throws NotJson {
    want('"');
    int from = at;
    while (true) {
      int next = peek();
      if (next == '"') {
        stringAt = slice(from);
        stringLength = at - from;
        at++;
        return;
      }
      if (next == '\\') {
        escaped(from);
        return;
      }
      if (next >= 0 && next < 0x20) {
        throw new NotJson();
      }
      at++;
    }
  }

  private void escaped(int from) throws NotJson {
    ByteSink text = fields.text;
    int to = text.length();
    int run = from;
    while (true) {
      int next = peek();
      if (next == '"' || next == '\\') {
        copy(run, at - run);
        at++;
        if (next == '"') {
          stringAt = ~to;
          stringLength = text.length() - to;
          return;
        }
        escape();
        run = at;
      } else if (next >= 0 && next < 0x20) {
        throw new NotJson();
      } else {
        at++;
      }
    }
  }

  /** Appends bytes of the body, which may lie in the very text that grows. */
  private void copy(int from, int length) {
    ByteSink text = fields.text;
    int to = text.grow(length);
    System.arraycopy(inText ? text.array() : body, from, text.array(), to, length);
  }

  private void escape() throws NotJson {
    ByteSink text = fields.text;
    int next = peek();
    at++;
    switch (next) {
      case '"', '\\', '/' -> text.putByte(next);
      case 'b' -> text.putByte('\b');
      case 'f' -> text.putByte('\f');
      case 'n' -> text.putByte('\n');
      case 'r' -> text.putByte('\r');
      case 't' -> text.putByte('\t');
      case 'u' -> unicode();
      default -> throw new NotJson();
    }
  }

  private void unicode() throws NotJson {
    char first = hex4();
    char[] chars = {first};
    boolean pairBegins =
        Character.isHighSurrogate(first) && at + 1 < end && peek() == '\\' && byteAt(at + 1) == 'u';
    if (pairBegins) {
      int before = at;
      at += 2;
      char second = hex4();
      if (Character.isLowSurrogate(second)) {
        chars = new char[] {first, second};
      } else {
        at = before;
      }
    }
    Utf8.put(fields.text, chars, 0, chars.length);
  }

  private char hex4() throws NotJson {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw new NotJson();
      }
      value = value << 4 | digit;
      at++;
    }
    return (char) value;
  }

  private void number() throws NotJson {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (at < end && byteAt(at) == '.') {
      at++;
      digits();
    }
    if (at < end && (byteAt(at) | 0x20) == 'e') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
  }

  private void digits() throws NotJson {
    int from = at;
    while (at < end && byteAt(at) >= '0' && byteAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw new NotJson();
    }
  }

  private void word(byte[] word) throws NotJson {
    for (byte letter : word) {
      want(letter);
    }
  }

  private void space() {
    while (at < end) {
      int next = byteAt(at);
      if (next != ' ' && next != '\n' && next != '\t' && next != '\r') {
        return;
      }
      at++;
    }
  }

  private void want(int wanted) throws NotJson {
    if (peek() != wanted) {
      throw new NotJson();
    }
    at++;
  }

  private int peek() throws NotJson {
    if (at >= end) {
      throw new NotJson();
    }
    return byteAt(at);
  }

  private int byteAt(int index) {
    return inText ? fields.text.array()[index] : body[index];
  }

  private int slice(int index) {
    return inText ? ~index : index;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
