package io.lodge.decode.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the labels of a stream in their text form, {@code {job="api", pod='a-1'}}, as Prometheus'
 * parser of metrics does: quoted by {@code "}, {@code '} or {@code `}, with Go's escapes in the
 * first two, spaces and a last comma allowed.
 */
final class LabelText {
  /** Loki's default is 15. Each is compared with each. */
  private static final int LABELS_MAX = 128;

  private final AttributeSlices labels;
  private final ByteSink text;
  private byte[] bytes = {};
  private int from;
  private int at;
  private int to;

  LabelText(AttributeSlices labels, ByteSink text) {
    this.labels = labels;
    this.text = text;
  }

  /** What is wrong there; made only where something is. */
  private static final class BadLabels extends Exception {
    private static final long serialVersionUID = 1;

    BadLabels(int column, String problem) {
      super("1:%d: parse error: %s".formatted(column, problem), null, false, false);
    }
  }

  /** Adds the labels, and returns what is wrong with them in Loki's words; null if nothing is. */
  @Nullable String read(byte[] source, int begin, int length) {
    bytes = source;
    from = begin;
    at = begin;
    to = begin + length;
    try {
      if (!Utf8.isValid(source, begin, length)) {
        throw bad("invalid UTF-8 rune");
      }
      braces();
    } catch (BadLabels e) {
      return "Error parsing labels '%s' with error: %s"
          .formatted(new String(bytes, from, to - from, UTF_8), e.getMessage());
    }
    return problemOf(labels, source);
  }

  /** What Loki has against labels that can be read; null if nothing. */
  static @Nullable String problemOf(AttributeSlices labels, byte[] body) {
    if (labels.count() == 0) {
      return "error at least one label pair is required per stream";
    }
    if (labels.count() > LABELS_MAX) {
      return "entry for stream has %d label names; limit %d".formatted(labels.count(), LABELS_MAX);
    }
    for (int i = 1; i < labels.count(); i++) {
      for (int j = 0; j < i; j++) {
        if (sameName(labels, body, i, j)) {
          return "stream has duplicate label name: '%s'".formatted(name(labels, body, i));
        }
      }
    }
    return null;
  }

  /** Whether the bytes are a name as Prometheus has them for labels. */
  static boolean isName(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (!isNameByte(bytes[i], i == from)) {
        return false;
      }
    }
    return length > 0;
  }

  private static String name(AttributeSlices labels, byte[] body, int label) {
    int nameAt = labels.keyAt(label);
    return new String(
        labels.source(body, nameAt), AttributeSlices.index(nameAt), labels.keyLength(label), UTF_8);
  }

  private static boolean sameName(AttributeSlices labels, byte[] body, int a, int b) {
    int length = labels.keyLength(a);
    if (length != labels.keyLength(b)) {
      return false;
    }
    byte[] first = labels.source(body, labels.keyAt(a));
    byte[] second = labels.source(body, labels.keyAt(b));
    int firstAt = AttributeSlices.index(labels.keyAt(a));
    int secondAt = AttributeSlices.index(labels.keyAt(b));
    return Arrays.equals(first, firstAt, firstAt + length, second, secondAt, secondAt + length);
  }

  private void braces() throws BadLabels {
    want('{');
    while (!take('}')) {
      label();
      if (!take(',')) {
        want('}');
        break;
      }
    }
    skipSpaces();
    if (at < to) {
      throw bad("unexpected text behind the labels");
    }
  }

  private void label() throws BadLabels {
    skipSpaces();
    int nameFrom = at;
    while (at < to && isNameByte(bytes[at], at == nameFrom)) {
      at++;
    }
    int nameLength = at - nameFrom;
    if (nameLength == 0) {
      throw bad("unexpected character in label set, expected identifier or \"}\"");
    }
    want('=');
    skipSpaces();
    if (at == to || (bytes[at] != '"' && bytes[at] != '\'' && bytes[at] != '`')) {
      throw bad("unexpected character in label set, expected string");
    }
    value(bytes[at++], nameFrom, nameLength);
  }

  private void value(byte quote, int nameFrom, int nameLength) throws BadLabels {
    int valueFrom = at;
    while (at < to && bytes[at] != quote && (bytes[at] != '\\' || quote == '`')) {
      at++;
    }
    if (at < to && bytes[at] == quote) {
      put(nameFrom, nameLength, valueFrom, at - valueFrom);
      at++;
      return;
    }
    int rendered = text.length();
    text.putBytes(bytes, valueFrom, at - valueFrom);
    while (at < to && bytes[at] != quote) {
      byte next = bytes[at++];
      if (next == '\\') {
        escape(quote);
      } else {
        text.putByte(next);
      }
    }
    if (at >= to) {
      throw bad("unterminated quoted string");
    }
    at++;
    put(nameFrom, nameLength, ~rendered, text.length() - rendered);
  }

  /** A label without a value is none, as everywhere in Prometheus' data model. */
  private void put(int nameFrom, int nameLength, int valueAt, int valueLength) {
    if (valueLength > 0) {
      labels.add(nameFrom, nameLength, valueAt, valueLength);
    }
  }

  private void escape(byte quote) throws BadLabels {
    byte kind = at < to ? bytes[at++] : 0;
    switch (kind) {
      case 'a' -> text.putByte(7);
      case 'b' -> text.putByte('\b');
      case 'f' -> text.putByte('\f');
      case 'n' -> text.putByte('\n');
      case 'r' -> text.putByte('\r');
      case 't' -> text.putByte('\t');
      case 'v' -> text.putByte(11);
      case '\\' -> text.putByte('\\');
      case 'x' -> text.putByte(number(2, 16));
      case 'u' -> codePoint(number(4, 16));
      case 'U' -> codePoint(number(8, 16));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        text.putByte(number(3, 8));
      }
      default -> {
        if (kind != quote) {
          throw bad("unknown escape sequence");
        }
        text.putByte(quote);
      }
    }
  }

  private int number(int digits, int radix) throws BadLabels {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < to ? Character.digit(bytes[at++], radix) : -1;
      if (digit < 0) {
        throw bad("escape sequence is not valid");
      }
      value = value * radix + digit;
    }
    if (value > (radix == 8 ? 255 : Character.MAX_CODE_POINT)) {
      throw bad("escape sequence is an invalid Unicode code point");
    }
    return (int) value;
  }

  private void codePoint(int point) throws BadLabels {
    if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      throw bad("escape sequence is an invalid Unicode code point");
    }
    byte[] encoded = Character.toString(point).getBytes(UTF_8);
    text.putBytes(encoded, 0, encoded.length);
  }

  private void want(char wanted) throws BadLabels {
    if (!take(wanted)) {
      throw bad(
          at < to
              ? "unexpected character, expected \"" + wanted + "\""
              : "unexpected end of input");
    }
  }

  private boolean take(char wanted) {
    skipSpaces();
    if (at < to && bytes[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpaces() {
    while (at < to && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
      at++;
    }
  }

  private static boolean isNameByte(byte it, boolean first) {
    return (it >= 'a' && it <= 'z')
        || (it >= 'A' && it <= 'Z')
        || it == '_'
        || (!first && it >= '0' && it <= '9');
  }

  private BadLabels bad(String problem) {
    return new BadLabels(at - from + 1, problem);
  }
}
