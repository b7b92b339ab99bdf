package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.JsonText;
import io.lodge.decode.wire.WireReader;

/**
 * Reads {@code AnyValue} and {@code KeyValue} from the wire. A string stays a slice of the body;
 * any other kind is rendered: numbers and booleans as text, bytes as base64, arrays and key-value
 * lists as JSON, so that ClickHouse's JSON functions read them.
 */
final class AnyValueReader {
  /**
   * How deep arrays and lists may be nested. More is a dead letter: nobody reads that, and it is
   * how stacks overflow.
   */
  static final int DEPTH_MAX = 32;

  private static final int KEY_VALUE_KEY = 1 << 3 | 2;
  private static final int KEY_VALUE_VALUE = 2 << 3 | 2;
  private static final int STRING = 1 << 3 | 2;
  private static final int BOOL = 2 << 3;
  private static final int INT = 3 << 3;
  private static final int DOUBLE = 4 << 3 | 1;
  private static final int ARRAY = 5 << 3 | 2;
  private static final int KEY_VALUE_LIST = 6 << 3 | 2;
  private static final int BYTES = 7 << 3 | 2;
  private static final int REPEATED_VALUES = 1 << 3 | 2;

  private final WireReader in;
  private final ByteSink text;

  /** The value last read: a slice as {@link AttributeSlices} has them. */
  private int valueAt;

  private int valueLength;
  private boolean tooDeep;

  AnyValueReader(WireReader in, ByteSink text) {
    this.in = in;
    this.text = text;
  }

  int valueAt() {
    return valueAt;
  }

  int valueLength() {
    return valueLength;
  }

  /** Forgets what a payload that was refused has left. */
  void reset() {
    tooDeep = false;
  }

  /** Whether a value since the last call was nested too deep; its text is then incomplete. */
  boolean takeTooDeep() {
    boolean was = tooDeep;
    tooDeep = false;
    return was;
  }

  /** Reads the {@code KeyValue} message that ends at {@code to} and adds it. */
  void keyValue(int to, AttributeSlices attributes) throws MalformedPayloadException {
    if (shortText(in.at(), to, attributes)) {
      return;
    }
    int outer = in.end();
    in.window(in.at(), to);
    int keyAt = 0;
    int keyLength = 0;
    valueAt = 0;
    valueLength = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case KEY_VALUE_KEY -> {
          keyLength = in.length();
          keyAt = in.at();
          in.skipTo(keyAt + keyLength);
        }
        case KEY_VALUE_VALUE -> {
          int length = in.length();
          value(in.at() + length);
        }
        default -> in.skip(tag);
      }
    }
    attributes.add(keyAt, keyLength, valueAt, valueLength);
    in.window(to, outer);
  }

  /**
   * Most attributes are a key and a text of under 128 bytes in the order of the proto: five known
   * bytes around them. Adds such a one, or reads nothing and returns false.
   */
  private boolean shortText(int from, int to, AttributeSlices attributes) {
    byte[] bytes = in.bytes();
    if (to - from < 2 || bytes[from] != KEY_VALUE_KEY) {
      return false;
    }
    int keyLength = bytes[from + 1];
    int value = from + 2 + keyLength;
    int textAt = value + 4;
    if (keyLength < 0
        || to < textAt
        || bytes[value] != KEY_VALUE_VALUE
        || bytes[value + 1] != to - value - 2
        || bytes[value + 2] != STRING
        || bytes[value + 3] != to - textAt) {
      return false;
    }
    attributes.add(from + 2, keyLength, textAt, to - textAt);
    in.skipTo(to);
    return true;
  }

  /**
   * Reads the {@code AnyValue} message that ends at {@code to}; the result is the present value.
   */
  void value(int to) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    valueAt = 0;
    valueLength = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == STRING) {
        valueLength = in.length();
        valueAt = in.at();
        in.skipTo(valueAt + valueLength);
      } else {
        int from = text.length();
        if (render(tag, false, 0)) {
          valueAt = ~from;
          valueLength = text.length() - from;
        }
      }
    }
    in.window(to, outer);
  }

  /**
   * Renders the field with this tag, whose content comes next, if it is a kind of value.
   *
   * @param nested whether the text is part of JSON: strings, bytes and odd numbers are then quoted
   * @return false if the field is none that is known, and was skipped
   */
  private boolean render(int tag, boolean nested, int depth) throws MalformedPayloadException {
    switch (tag) {
      case STRING -> {
        int length = in.length();
        JsonText.putQuoted(text, in.bytes(), in.at(), length);
        in.skipTo(in.at() + length);
      }
      case BOOL -> JsonText.putBoolean(text, in.varint() != 0);
      case INT -> JsonText.putLong(text, in.varint());
      case DOUBLE -> putDouble(text, Double.longBitsToDouble(in.fixed64()), nested);
      case BYTES -> renderBytes(nested);
      case ARRAY -> renderMembers('[', ']', depth + 1);
      case KEY_VALUE_LIST -> renderMembers('{', '}', depth + 1);
      default -> {
        in.skip(tag);
        return false;
      }
    }
    return true;
  }

  /** Appends a number; as part of JSON, what JSON has no number for is a string. */
  static void putDouble(ByteSink text, double value, boolean nested) {
    boolean quoted = nested && !Double.isFinite(value);
    if (quoted) {
      text.putByte('"');
    }
    JsonText.putDouble(text, value);
    if (quoted) {
      text.putByte('"');
    }
  }

  private void renderBytes(boolean nested) throws MalformedPayloadException {
    int length = in.length();
    if (nested) {
      text.putByte('"');
    }
    JsonText.putBase64(text, in.bytes(), in.at(), length);
    if (nested) {
      text.putByte('"');
    }
    in.skipTo(in.at() + length);
  }

  /**
   * Renders an {@code ArrayValue} or {@code KeyValueList}: both are repeated messages in field 1.
   */
  private void renderMembers(char open, char close, int depth) throws MalformedPayloadException {
    int length = in.length();
    int outer = in.end();
    int to = in.at() + length;
    if (depth > DEPTH_MAX) {
      tooDeep = true;
      in.skipTo(to);
      return;
    }
    in.window(in.at(), to);
    text.putByte(open);
    boolean first = true;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag != REPEATED_VALUES) {
        in.skip(tag);
        continue;
      }
      if (!first) {
        text.putByte(',');
      }
      first = false;
      int member = in.length();
      if (open == '[') {
        renderValue(in.at() + member, depth);
      } else {
        renderMember(in.at() + member, depth);
      }
    }
    text.putByte(close);
    in.window(to, outer);
  }

  /** Renders a nested {@code KeyValue} as {@code "key":value}; of several values, the last. */
  private void renderMember(int to, int depth) throws MalformedPayloadException {
    int outer = in.end();
    int from = in.at();
    in.window(from, to);
    int keyAt = from;
    int keyLength = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == KEY_VALUE_KEY) {
        keyLength = in.length();
        keyAt = in.at();
        in.skipTo(keyAt + keyLength);
      } else {
        in.skip(tag);
      }
    }
    JsonText.putQuoted(text, in.bytes(), keyAt, keyLength);
    text.putByte(':');
    int valueFrom = text.length();
    in.window(from, to);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == KEY_VALUE_VALUE) {
        int length = in.length();
        text.truncate(valueFrom);
        renderValue(in.at() + length, depth);
      } else {
        in.skip(tag);
      }
    }
    if (text.length() == valueFrom) {
      JsonText.putAscii(text, "null");
    }
    in.window(to, outer);
  }

  /**
   * Renders a nested {@code AnyValue}; one without a value is null, and the last of several counts.
   */
  private void renderValue(int to, int depth) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    int from = text.length();
    while (in.hasMore()) {
      int kept = text.length();
      int tag = in.tag();
      if (kept > from) {
        // A second value replaces the first; render it behind, then close the gap.
        if (render(tag, true, depth)) {
          int length = text.length() - kept;
          System.arraycopy(text.array(), kept, text.array(), from, length);
          text.truncate(from + length);
        }
      } else {
        render(tag, true, depth);
      }
    }
    if (text.length() == from) {
      JsonText.putAscii(text, "null");
    }
    in.window(to, outer);
  }
}
