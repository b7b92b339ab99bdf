package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;

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

  private LogFields fields = new LogFields();
  private byte[] body = {};
  private final BodyScanner in = new BodyScanner();
  private int fieldsBefore;
  private boolean whole;

  /**
   * Adds the fields of the record's body to its attributes.
   *
   * @return whether all there is has become attributes; false too if the body is no JSON object
   */
  boolean read(LogFields record, byte[] array) {
    fields = record;
    body = array;
    in.open(record, array);
    fieldsBefore = record.attributes.count();
    whole = true;
    int textBefore = record.text.length();
    try {
      in.want('{');
      object(0, 0, 1);
      in.end();
      return whole;
    } catch (BodyScanner.NotJson e) {
      record.attributes.truncate(fieldsBefore);
      record.text.truncate(textBefore);
      return false;
    }
  }

  /** Reads members behind the brace; the prefix of their keys lies in the text, with its dot. */
  private void object(int prefixFrom, int prefixLength, int depth) throws BodyScanner.NotJson {
    in.space();
    if (in.peek() == '}') {
      in.at++;
      return;
    }
    while (true) {
      in.space();
      in.string();
      int keyAt = in.stringAt;
      int keyLength = prefixLength + in.stringLength;
      if (keyLength > KEY_BYTES_MAX) {
        // The value is passed over, under a key that nothing is added for.
        keyLength = KEY_BYTES_MAX + 1;
      } else if (prefixLength > 0) {
        keyAt = dotted(prefixFrom, prefixLength);
      }
      in.space();
      in.want(':');
      in.space();
      member(keyAt, keyLength, depth);
      in.space();
      if (in.peek() == ',') {
        in.at++;
        continue;
      }
      in.want('}');
      return;
    }
  }

  private int dotted(int prefixFrom, int prefixLength) {
    ByteSink text = fields.text;
    int from = text.grow(prefixLength + in.stringLength);
    System.arraycopy(text.array(), prefixFrom, text.array(), from, prefixLength);
    byte[] source = fields.attributes.source(body, in.stringAt);
    System.arraycopy(
        source,
        AttributeSlices.index(in.stringAt),
        text.array(),
        from + prefixLength,
        in.stringLength);
    return ~from;
  }

  private void member(int keyAt, int keyLength, int depth) throws BodyScanner.NotJson {
    int first = in.peek();
    if (first == '"') {
      in.string();
      add(keyAt, keyLength, in.stringAt, in.stringLength);
    } else if (first == '{' && depth < DOTTED_DEPTH_MAX && keyLength < KEY_BYTES_MAX) {
      in.at++;
      nested(keyAt, keyLength, depth);
    } else {
      int from = in.at;
      in.skip(depth);
      boolean isNull = first == 'n';
      add(keyAt, keyLength, in.slice(from), isNull ? 0 : in.at - from);
    }
  }

  private void nested(int keyAt, int keyLength, int depth) throws BodyScanner.NotJson {
    int from = in.at - 1;
    in.space();
    if (in.peek() == '}') {
      in.at++;
      add(keyAt, keyLength, in.slice(from), in.at - from);
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
}
