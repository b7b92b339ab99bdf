package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import java.util.Arrays;

/** The events of one span as found. Offsets follow {@link AttributeSlices}. */
final class SpanEvents {
  /** More make a dead letter of the span: what is kept for one must stay small. */
  static final int COUNT_MAX = 1 << 16;

  private static final int FIELDS = 4;

  /** The attributes of all of them, one event's after the other's. */
  final AttributeSlices attributes;

  private long[] times = new long[8];
  private int[] fields = new int[8 * FIELDS];
  private int count;
  private boolean tooMany;

  SpanEvents(ByteSink text) {
    attributes = new AttributeSlices(text);
  }

  void clear() {
    attributes.clear();
    count = 0;
    tooMany = false;
  }

  int count() {
    return count;
  }

  /** Whether some are not kept. */
  boolean tooMany() {
    return tooMany;
  }

  /** Adds an event, whose attributes have been added. */
  void add(long timeUnixNanos, Slice name, int dropped) {
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

  long timeUnixNanos(int event) {
    return times[event];
  }

  int nameAt(int event) {
    return fields[event * FIELDS];
  }

  int nameLength(int event) {
    return fields[event * FIELDS + 1];
  }

  int dropped(int event) {
    return fields[event * FIELDS + 2];
  }

  /** Where its attributes begin in {@link #attributes}. */
  int attributesFrom(int event) {
    return event == 0 ? 0 : attributesTo(event - 1);
  }

  int attributesTo(int event) {
    return fields[event * FIELDS + 3];
  }
}
