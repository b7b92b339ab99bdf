package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Reads the JSON (RFC 8259) in a record's body, piece by piece: it may lie in the request or in the
 * record's own text, which grows by what has escapes. Reused; belongs to one thread.
 */
final class BodyScanner {
  /** Arrays and objects in one another; deeper bodies are left alone, as stacks end. */
  private static final int DEPTH_MAX = 64;

  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private ByteSink text = new ByteSink(0);
  private byte[] body = {};
  private boolean inText;
  private int end;

  /** The index of the next byte. */
  int at;

  /** The string that was read last: a slice as {@link AttributeSlices} has them. */
  int stringAt;

  int stringLength;

  static final class NotJson extends Exception {
    private static final long serialVersionUID = 1;

    NotJson() {
      super("not JSON", null, false, false);
    }
  }

  /** Begins with the body of this record. */
  void open(LogFields record, byte[] array) {
    text = record.text;
    body = array;
    inText = record.bodyAt < 0;
    at = AttributeSlices.index(record.bodyAt);
    end = at + record.bodyLength;
    space();
  }

  /** Wants nothing but space from here on. */
  void end() throws NotJson {
    space();
    if (at != end) {
      throw new NotJson();
    }
  }

  /** Passes over any value. */
  void skip(int depth) throws NotJson {
    if (depth > DEPTH_MAX) {
      throw new NotJson();
    }
    switch (peek()) {
      case '"' -> {
        int before = text.length();
        string();
        text.truncate(before);
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
  void string() throws NotJson {
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
    int to = text.grow(length);
    System.arraycopy(inText ? text.array() : body, from, text.array(), to, length);
  }

  private void escape() throws NotJson {
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
    Utf8.put(text, chars, 0, chars.length);
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

  void space() {
    while (at < end) {
      int next = byteAt(at);
      if (next != ' ' && next != '\n' && next != '\t' && next != '\r') {
        return;
      }
      at++;
    }
  }

  void want(int wanted) throws NotJson {
    if (peek() != wanted) {
      throw new NotJson();
    }
    at++;
  }

  int peek() throws NotJson {
    if (at >= end) {
      throw new NotJson();
    }
    return byteAt(at);
  }

  private int byteAt(int index) {
    return inText ? text.array()[index] : body[index];
  }

  int slice(int index) {
    return inText ? ~index : index;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
