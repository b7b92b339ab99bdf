package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import java.util.Arrays;

/** The events of one span as found. Offsets follow {@link AttributeSlices}. */
public final class SpanEvents {
  /** More make a dead letter of the span: what is kept for one must stay small. */
  public static final int COUNT_MAX = 1 << 16;

  private static final int FIELDS = 4;

  /** The attributes of all of them, one event's after the other's. */
  public final AttributeSlices attributes;

  private long[] times = new long[8];
  private int[] fields = new int[8 * FIELDS];
  private int count;
  private boolean tooMany;

  public SpanEvents(ByteSink text) {
    attributes = new AttributeSlices(text);
  }

  public void clear() {
    attributes.clear();
    count = 0;
    tooMany = false;
  }

  public int count() {
    return count;
  }

  /** Whether some are not kept. */
  public boolean tooMany() {
    return tooMany;
  }

  /** Adds an event, whose attributes have been added. */
  public void add(long timeUnixNanos, Slice name, int dropped) {
    if (count == COUNT_MAX) {
      tooMany = true;
      return;
    }
    if (count == times.length) {
      times = Arrays.copyOf(times, count * 2);
      fields = Arrays.copyOf(fields, count * 2 * FIELDS);
    }
    times[count] = timeUnixNanos;
    int to = count * FIELDS;
    fields[to] = name.at;
    fields[to + 1] = name.length;
    fields[to + 2] = dropped;
    fields[to + 3] = attributes.count();
    count++;
  }

  public long timeUnixNanos(int event) {
    return times[event];
  }

  public int nameAt(int event) {
    return fields[event * FIELDS];
  }

  public int nameLength(int event) {
    return fields[event * FIELDS + 1];
  }

  public int dropped(int event) {
    return fields[event * FIELDS + 2];
  }

  /** Where its attributes begin in {@link #attributes}. */
  public int attributesFrom(int event) {
    return event == 0 ? 0 : attributesTo(event - 1);
  }

  public int attributesTo(int event) {
    return fields[event * FIELDS + 3];
  }
}
