package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.route.Redaction;
import io.lodge.route.when.Field;
import io.lodge.route.when.Text;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A record as routing rules see and change it, whatever protocol it came by: slices of the body, or
 * of {@link #text} where something had to be rendered. Offsets follow {@link AttributeSlices}.
 * Reused; belongs to one thread.
 */
public abstract class RuledRecord {
  /**
   * What had to be rendered for this record: numbers, arrays, unescaped JSON; new text of rules.
   */
  public final ByteSink text;

  public final AttributeSlices attributes;

  protected RuledRecord(ByteSink text, AttributeSlices attributes) {
    this.text = text;
    this.attributes = attributes;
  }

  /**
   * Points to the value of a field: ids are their bytes. To an empty one where the record has none.
   *
   * @param body the array that non-negative offsets lie in
   */
  protected abstract void point(Field field, byte[] body, Text into);

  /** The value of a field that is a number. */
  protected abstract long number(Field field);

  /**
   * Redacts the texts that are no attributes.
   *
   * @return by how many bytes they have grown
   */
  protected abstract int redactTexts(Redaction redaction, byte[] body);

  /** Redacts the values of all attributes; returns as {@link #redactTexts}. */
  protected abstract int redactAttributes(Redaction redaction, byte[] body);

  /** Redacts the value of one attribute; returns as {@link #redactTexts}. */
  protected final int redactValue(
      Redaction redaction, AttributeSlices of, int attribute, byte[] body) {
    int length = of.valueLength(attribute);
    byte[] to = redacted(redaction, body, of.valueAt(attribute), length);
    if (to == null) {
      return 0;
    }
    of.setValue(attribute, put(to), to.length);
    return Math.max(0, to.length - length);
  }

  /** The slice with every match replaced; null if there is none. */
  final byte @Nullable [] redacted(Redaction redaction, byte[] body, int at, int length) {
    return redaction.apply(attributes.source(body, at), AttributeSlices.index(at), length);
  }

  /** Adds text, and gives the offset of its slice. */
  public final int put(byte[] bytes) {
    return put(bytes, 0, bytes.length);
  }

  /** The same for a part of an array. */
  public final int put(byte[] bytes, int from, int length) {
    int at = text.length();
    text.putBytes(bytes, from, length);
    return ~at;
  }

  /**
   * Adds the bytes that hexadecimal digits stand for, and gives the offset of their slice.
   *
   * @return 0 if there is anything else among the digits: nothing is added then
   */
  public final int putHex(byte[] source, int from, int digits) {
    int at = text.grow(digits / 2);
    byte[] bytes = text.array();
    for (int i = 0; i < digits; i += 2) {
      int high = source[from + i];
      int low = source[from + i + 1];
      if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
        text.truncate(at);
        return 0;
      }
      bytes[at + i / 2] = (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
    }
    return ~at;
  }

  final void point(Text into, byte[] body, int at, int length) {
    into.set(attributes.source(body, at), AttributeSlices.index(at), length);
  }
}
