package io.lodge.decode.json;

import io.lodge.block.ByteSink;
import java.nio.charset.StandardCharsets;

/**
 * Walks JSON (RFC 8259) in a byte array. Whatever it reads is known by where it lies: a string
 * without escapes is a slice of the array, one with escapes is written plain into a sink.
 *
 * <p>Strict in form: what passes here, ClickHouse's JSON functions read. Bytes from 0x80 up are
 * taken as they are, valid UTF-8 or not, like everywhere on the way. Reused; belongs to one thread.
 */
public final class JsonCursor {
  /** How deep arrays and objects may be nested: nobody reads more, and stacks overflow so. */
  public static final int DEPTH_MAX = 64;

  private final ByteSink plain;
  private byte[] bytes = {};
  private int at;
  private int end;
  private boolean lineEnds;

  private int stringAt;
  private int stringLength;
  private boolean integer;

  /**
   * @param plain where strings that have escapes are put; cleared by the caller
   */
  public JsonCursor(ByteSink plain) {
    this.plain = plain;
  }

  /**
   * Begins at {@code from}.
   *
   * @param endsWithLine whether a line break is an end, not a blank: the body is lines of JSON
   */
  public void reset(byte[] array, int from, int to, boolean endsWithLine) {
    bytes = array;
    at = from;
    end = to;
    lineEnds = endsWithLine;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** The index of the next byte. */
  public int at() {
    return at;
  }

  /** Skips blanks and answers with the next byte, which stays; -1 at the end. */
  public int peek() {
    while (at < end) {
      byte next = bytes[at];
      if (next > ' ' || next < 0) {
        return next & 0xFF;
      }
      if (next == '\n' ? lineEnds : next != ' ' && next != '\t' && next != '\r') {
        return next == '\n' ? -1 : next;
      }
      at++;
    }
    return -1;
  }

  /** Takes this byte, behind blanks. */
  public void want(char wanted) throws BadJsonException {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
    at++;
  }

  /** Takes this byte if it comes next, behind blanks. */
  public boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /**
   * Reads a string. Where it lies is {@link #stringAt} and {@link #stringLength}, until the next.
   */
  public void string() throws BadJsonException {
    want('"');
    int from = at;
    byte[] array = bytes;
    int to = end;
    for (int i = from; i < to; i++) {
      byte next = array[i];
      if (next == '"') {
        stringAt = from;
        stringLength = i - from;
        at = i + 1;
        return;
      }
      if (next == '\\') {
        escaped(from, i);
        return;
      }
      if (next >= 0 && next < ' ') {
        throw BadJsonException.invalid(i, "a string has a raw control character");
      }
    }
    throw BadJsonException.invalid(to, "a string has no end");
  }

  /** The last string: an index of {@link #bytes}, or the complement of one of the sink. */
  public int stringAt() {
    return stringAt;
  }

  public int stringLength() {
    return stringLength;
  }

  private void escaped(int from, int firstEscape) throws BadJsonException {
    int start = plain.length();
    plain.putBytes(bytes, from, firstEscape - from);
    int i = firstEscape;
    while (i < end) {
      byte next = bytes[i];
      if (next == '"') {
        stringAt = ~start;
        stringLength = plain.length() - start;
        at = i + 1;
        return;
      }
      if (next == '\\') {
        i = escape(i + 1);
      } else if (next >= 0 && next < ' ') {
        throw BadJsonException.invalid(i, "a string has a raw control character");
      } else {
        int run = i + 1;
        while (run < end && bytes[run] != '"' && bytes[run] != '\\' && (bytes[run] & 0xE0) != 0) {
          run++;
        }
        plain.putBytes(bytes, i, run - i);
        i = run;
      }
    }
    throw BadJsonException.invalid(end, "a string has no end");
  }

  /** Writes what the escape whose letter is at {@code i} means; returns the index behind it. */
  private int escape(int i) throws BadJsonException {
    int letter = i < end ? bytes[i] : -1;
    switch (letter) {
      case '"', '\\', '/' -> plain.putByte(letter);
      case 'n' -> plain.putByte('\n');
      case 't' -> plain.putByte('\t');
      case 'r' -> plain.putByte('\r');
      case 'b' -> plain.putByte('\b');
      case 'f' -> plain.putByte('\f');
      case 'u' -> {
        return unicode(i + 1);
      }
      default -> throw BadJsonException.invalid(i, "a string has an unknown escape");
    }
    return i + 1;
  }

  /** A code point, or both halves of one; a half alone becomes the replacement character. */
  private int unicode(int i) throws BadJsonException {
    int point = hex4(i);
    int behind = i + 4;
    if (point >= 0xD800 && point < 0xDC00 && behind + 1 < end) {
      boolean pair = bytes[behind] == '\\' && bytes[behind + 1] == 'u';
      int low = pair ? hex4(behind + 2) : 0;
      if (low >= 0xDC00 && low < 0xE000) {
        putUtf8(Character.toCodePoint((char) point, (char) low));
        return behind + 6;
      }
    }
    putUtf8(point >= 0xD800 && point < 0xE000 ? 0xFFFD : point);
    return behind;
  }

  private int hex4(int from) throws BadJsonException {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < end ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        throw BadJsonException.invalid(Math.min(i, end), "a \\u escape needs four hex digits");
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void putUtf8(int point) {
    if (point < 0x80) {
      plain.putByte(point);
    } else if (point < 0x800) {
      plain.putByte(0xC0 | point >> 6);
      plain.putByte(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      plain.putByte(0xE0 | point >> 12);
      plain.putByte(0x80 | (point >> 6 & 0x3F));
      plain.putByte(0x80 | (point & 0x3F));
    } else {
      plain.putByte(0xF0 | point >> 18);
      plain.putByte(0x80 | (point >> 12 & 0x3F));
      plain.putByte(0x80 | (point >> 6 & 0x3F));
      plain.putByte(0x80 | (point & 0x3F));
    }
  }

  /**
   * Passes over a number, which ends at {@link #at}; {@link #isInteger} says more about it.
   *
   * @return the index where it begins
   */
  public int number() throws BadJsonException {
    peek();
    int from = at;
    int i = from;
    if (i < end && bytes[i] == '-') {
      i++;
    }
    int first = i;
    i = digits(i);
    if (i == first || (bytes[first] == '0' && i > first + 1)) {
      throw BadJsonException.invalid(first, "a number has no digits, or begins with 0");
    }
    integer = true;
    if (i < end && bytes[i] == '.') {
      integer = false;
      int fraction = i + 1;
      i = someDigits(fraction);
    }
    if (i < end && (bytes[i] | 0x20) == 'e') {
      integer = false;
      i++;
      if (i < end && (bytes[i] == '+' || bytes[i] == '-')) {
        i++;
      }
      i = someDigits(i);
    }
    at = i;
    return from;
  }

  /** Whether the last number has neither a fraction nor an exponent. */
  public boolean isInteger() {
    return integer;
  }

  private int someDigits(int from) throws BadJsonException {
    int to = digits(from);
    if (to == from) {
      throw BadJsonException.invalid(from, "a number ends where a digit has to be");
    }
    return to;
  }

  private int digits(int from) {
    int i = from;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }

  /** Passes over {@code true}, {@code false} or {@code null}, whichever begins here. */
  public void literal() throws BadJsonException {
    String word =
        switch (peek()) {
          case 't' -> "true";
          case 'f' -> "false";
          case 'n' -> "null";
          default -> throw unexpected("a value");
        };
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || bytes[at + i] != word.charAt(i)) {
        throw unexpected("a value");
      }
    }
    at += word.length();
  }

  /**
   * Passes over the value that comes next, whatever it is, and checks all of it.
   *
   * @param depth how many arrays and objects are around it
   */
  public void skip(int depth) throws BadJsonException {
    switch (peek()) {
      case '"' -> skipString();
      case '{' -> skipObject(deeper(depth));
      case '[' -> skipArray(deeper(depth));
      case 't', 'f', 'n' -> literal();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw unexpected("a value");
    }
  }

  /** One level more, if there may be one. */
  public int deeper(int depth) throws BadJsonException {
    if (depth >= DEPTH_MAX) {
      throw new BadJsonException(
          "value_too_deep", at, "a value is nested more than %d deep".formatted(DEPTH_MAX));
    }
    return depth + 1;
  }

  private void skipString() throws BadJsonException {
    int kept = plain.length();
    string();
    plain.truncate(kept);
  }

  private void skipObject(int depth) throws BadJsonException {
    want('{');
    if (take('}')) {
      return;
    }
    do {
      skipString();
      want(':');
      skip(depth);
    } while (take(','));
    want('}');
  }

  private void skipArray(int depth) throws BadJsonException {
    want('[');
    if (take(']')) {
      return;
    }
    do {
      skip(depth);
    } while (take(','));
    want(']');
  }

  /** What comes next is not what has to. */
  public BadJsonException unexpected(String want) {
    int next = peek();
    String got =
        next < 0
            ? "the end"
            : next > ' ' && next < 0x7F ? "'" + (char) next + "'" : "byte 0x%02x".formatted(next);
    return BadJsonException.invalid(at, "unexpected JSON; got %s want %s".formatted(got, want));
  }

  /** The array that a string's place refers to. */
  public byte[] source(int place) {
    return place < 0 ? plain.array() : bytes;
  }

  /** The index in {@link #source}. */
  public static int index(int place) {
    return place < 0 ? ~place : place;
  }

  /** Whether the bytes at this place are the text, in ASCII. */
  public boolean is(int place, int length, String text) {
    if (length != text.length()) {
      return false;
    }
    byte[] source = source(place);
    int from = index(place);
    for (int i = 0; i < length; i++) {
      if (source[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The text at this place; for what is small and rare. */
  public String text(int place, int length) {
    return new String(source(place), index(place), length, StandardCharsets.UTF_8);
  }
}
