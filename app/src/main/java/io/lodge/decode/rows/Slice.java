package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.JsonReader;
import io.lodge.decode.wire.WireReader;
import io.lodge.route.when.Text;

/**
 * One field that is bytes or text, as found: it lies in the body, or in the text rendered for the
 * record if {@link #at} is negative, as {@link AttributeSlices} has it.
 */
public final class Slice {
  private final ByteSink text;
  public int at;
  public int length;

  /**
   * @param text where rendered values are put
   */
  public Slice(ByteSink text) {
    this.text = text;
  }

  /** Forgets all; the offset too, for even an empty slice must lie in its array. */
  public void clear() {
    at = 0;
    length = 0;
  }

  public void set(int newAt, int newLength) {
    at = newAt;
    length = newLength;
  }

  void point(Text into, byte[] body) {
    into.set(source(body), from(), length);
  }

  /** Takes the bytes field that comes next. */
  public void read(WireReader in) throws MalformedPayloadException {
    length = in.length();
    at = in.at();
    in.skipTo(at + length);
  }

  /** Takes the present string. */
  public void read(JsonReader in) throws MalformedPayloadException {
    int from = text.length();
    in.string(text);
    at = ~from;
    length = text.length() - from;
  }

  /** Takes the bytes that the present string of hexadecimal digits means; false if it is none. */
  public boolean readHex(JsonReader in) throws MalformedPayloadException {
    int from = text.length();
    boolean isHex = JsonIds.read(in, text);
    at = ~from;
    length = text.length() - from;
    return isHex;
  }

  /** The array it lies in. */
  public byte[] source(byte[] body) {
    return at < 0 ? text.array() : body;
  }

  /** Its index in {@link #source}. */
  public int from() {
    return AttributeSlices.index(at);
  }

  public boolean isZero(byte[] body) {
    return SourceRows.isZero(source(body), from(), length);
  }

  public void putTo(StringColumn column, byte[] body) {
    column.put(source(body), from(), length);
  }

  /** Appends it, and returns its key: a guess for the next row. */
  public int putTo(LowCardinalityColumn column, byte[] body, int guess) {
    return column.put(source(body), from(), length, guess);
  }
}
