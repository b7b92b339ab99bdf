package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import java.util.Arrays;

/**
 * The parts of one kind that a record has any number of, as found: a span's events and links, a
 * point's exemplars. Each is a few numbers, and attributes. Offsets among the numbers follow {@link
 * AttributeSlices}.
 */
public abstract class RepeatedParts {
  /** More make a dead letter of the record: what is kept for one must stay small. */
  public static final int COUNT_MAX = 1 << 16;

  private static final int FIRST_PARTS = 8;

  /** The attributes of all of them, one part's after the other's. */
  public final AttributeSlices attributes;

  private final int longsEach;

  /** The part's own, then the end of its attributes. */
  private final int intsEach;

  private long[] longs;
  private int[] ints;
  private int count;
  private boolean tooMany;

  protected RepeatedParts(ByteSink text, int longsEach, int intsEach) {
    attributes = new AttributeSlices(text);
    this.longsEach = longsEach;
    this.intsEach = intsEach + 1;
    longs = new long[FIRST_PARTS * this.longsEach];
    ints = new int[FIRST_PARTS * this.intsEach];
  }

  public final void clear() {
    attributes.clear();
    count = 0;
    tooMany = false;
  }

  public final int count() {
    return count;
  }

  /** Whether some are not kept. */
  public final boolean tooMany() {
    return tooMany;
  }

  /** Makes room for a part, whose attributes have been added; false if there are too many. */
  protected final boolean next() {
    if (count == COUNT_MAX) {
      tooMany = true;
      return false;
    }
    if ((count + 1) * intsEach > ints.length) {
      longs = Arrays.copyOf(longs, longs.length * 2);
      ints = Arrays.copyOf(ints, ints.length * 2);
    }
    count++;
    ints[count * intsEach - 1] = attributes.count();
    return true;
  }

  /** Sets a number of the part that was added last. */
  protected final void set(int place, int value) {
    ints[(count - 1) * intsEach + place] = value;
  }

  /** Sets offset and length of a slice of the part that was added last, at two places. */
  protected final void set(int place, Slice slice) {
    set(place, slice.at);
    set(place + 1, slice.length);
  }

  protected final void setLong(int place, long value) {
    longs[(count - 1) * longsEach + place] = value;
  }

  protected final int get(int part, int place) {
    return ints[part * intsEach + place];
  }

  protected final long getLong(int part, int place) {
    return longs[part * longsEach + place];
  }

  /** Where its attributes begin in {@link #attributes}. */
  public final int attributesFrom(int part) {
    return part == 0 ? 0 : attributesTo(part - 1);
  }

  public final int attributesTo(int part) {
    return ints[(part + 1) * intsEach - 1];
  }
}
