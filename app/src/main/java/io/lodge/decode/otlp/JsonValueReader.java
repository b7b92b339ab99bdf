package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.JsonReader;
import io.lodge.decode.wire.JsonText;
import java.util.Base64;

/**
 * Reads {@code AnyValue} and {@code KeyValue} from JSON, and renders them as {@link AnyValueReader}
 * does: the same value gives the same text, whichever encoding it came in.
 */
final class JsonValueReader {
  private final ByteSink text;

  /** The keys of the lists that are being read, the innermost last. */
  private final ByteSink keys = new ByteSink(256);

  private final ByteSink scratch = new ByteSink(256);
  private int valueAt;
  private int valueLength;
  private boolean tooDeep;

  /**
   * @param text where keys and values are put
   */
  JsonValueReader(ByteSink text) {
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
    keys.truncate(0);
  }

  /** Whether a value since the last call was nested too deep; its text is then incomplete. */
  boolean takeTooDeep() {
    boolean was = tooDeep;
    tooDeep = false;
    return was;
  }

  /** Reads the array of {@code KeyValue} that begins here and adds its members. */
  void keyValues(JsonReader in, AttributeSlices attributes) throws MalformedPayloadException {
    in.enterArray();
    while (in.nextElement()) {
      in.enterObject();
      int keyAt = 0;
      int keyLength = 0;
      valueAt = 0;
      valueLength = 0;
      for (String name = in.nextMember(); name != null; name = in.nextMember()) {
        switch (name) {
          case "key" -> {
            int from = text.length();
            in.string(text);
            keyAt = ~from;
            keyLength = text.length() - from;
          }
          case "value" -> value(in);
          default -> in.skip();
        }
      }
      attributes.add(keyAt, keyLength, valueAt, valueLength);
    }
  }

  /** Reads the {@code AnyValue} that begins here; the result is the present value. */
  void value(JsonReader in) throws MalformedPayloadException {
    int from = text.length();
    render(in, false, 0);
    valueAt = ~from;
    valueLength = text.length() - from;
  }

  /**
   * Appends the text of the {@code AnyValue} that begins here; nothing if it has no value. Of
   * several kinds the last counts.
   *
   * @param nested whether the text is part of JSON: strings, bytes and odd numbers are then quoted
   */
  private void render(JsonReader in, boolean nested, int depth) throws MalformedPayloadException {
    in.enterObject();
    int from = text.length();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      int kept = text.length();
      text.truncate(from);
      switch (name) {
        case "stringValue", "string_value" -> string(in, nested);
        case "boolValue", "bool_value" -> JsonText.putBoolean(text, in.bool());
        case "intValue", "int_value" -> JsonText.putLong(text, in.int64());
        case "doubleValue", "double_value" -> AnyValueReader.putDouble(text, in.float64(), nested);
        case "bytesValue", "bytes_value" -> bytes(in, nested);
        case "arrayValue", "array_value" -> members(in, '[', ']', depth + 1);
        case "kvlistValue", "kvlist_value" -> members(in, '{', '}', depth + 1);
        default -> {
          text.truncate(kept);
          in.skip();
        }
      }
    }
  }

  private void string(JsonReader in, boolean nested) throws MalformedPayloadException {
    if (!nested) {
      in.string(text);
      return;
    }
    scratch.truncate(0);
    in.string(scratch);
    JsonText.putQuoted(text, scratch.array(), 0, scratch.length());
  }

  /** Base64 of either alphabet, padded or not (proto3's JSON mapping). */
  private void bytes(JsonReader in, boolean nested) throws MalformedPayloadException {
    String base64 = in.string().replace('-', '+').replace('_', '/');
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw in.unexpected("base64");
    }
    if (nested) {
      text.putByte('"');
    }
    JsonText.putBase64(text, bytes, 0, bytes.length);
    if (nested) {
      text.putByte('"');
    }
  }

  /** Renders an {@code ArrayValue} or {@code KeyValueList}: both are an object with "values". */
  private void members(JsonReader in, char open, char close, int depth)
      throws MalformedPayloadException {
    if (depth > AnyValueReader.DEPTH_MAX) {
      tooDeep = true;
      in.skip();
      return;
    }
    in.enterObject();
    text.putByte(open);
    int from = text.length();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      if (!name.equals("values")) {
        in.skip();
        continue;
      }
      in.enterArray();
      while (in.nextElement()) {
        if (text.length() > from) {
          text.putByte(',');
        }
        if (open == '[') {
          nested(in, depth);
        } else {
          member(in, depth);
        }
      }
    }
    text.putByte(close);
  }

  private void nested(JsonReader in, int depth) throws MalformedPayloadException {
    int from = text.length();
    render(in, true, depth);
    if (text.length() == from) {
      JsonText.putAscii(text, "null");
    }
  }

  /** Renders a nested {@code KeyValue}, whose key may come behind its value. */
  private void member(JsonReader in, int depth) throws MalformedPayloadException {
    in.enterObject();
    int keyFrom = keys.length();
    int from = text.length();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "key" -> {
          keys.truncate(keyFrom);
          in.string(keys);
        }
        case "value" -> {
          text.truncate(from);
          render(in, true, depth);
        }
        default -> in.skip();
      }
    }
    if (text.length() == from) {
      JsonText.putAscii(text, "null");
    }
    scratch.truncate(0);
    JsonText.putQuoted(scratch, keys.array(), keyFrom, keys.length() - keyFrom);
    scratch.putByte(':');
    keys.truncate(keyFrom);
    insert(from, scratch);
  }

  private void insert(int at, ByteSink what) {
    int length = text.length() - at;
    text.grow(what.length());
    byte[] bytes = text.array();
    System.arraycopy(bytes, at, bytes, at + what.length(), length);
    System.arraycopy(what.array(), 0, bytes, at, what.length());
  }
}
