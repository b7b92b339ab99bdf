package io.lodge.decode.rows;

import io.lodge.block.ByteSink;

/** The events of one span as found. */
public final class SpanEvents extends RepeatedParts {
  private static final int TIME = 0;

  private static final int NAME = 0;
  private static final int DROPPED = 2;

  SpanEvents(ByteSink text) {
    super(text, 1, 3);
  }

  /** Adds an event, whose attributes have been added. */
  public void add(long timeUnixNanos, Slice name, int dropped) {
    if (next()) {
      setLong(TIME, timeUnixNanos);
      set(NAME, name);
      set(DROPPED, dropped);
    }
  }

  long timeUnixNanos(int event) {
    return getLong(event, TIME);
  }

  int nameAt(int event) {
    return get(event, NAME);
  }

  int nameLength(int event) {
    return get(event, NAME + 1);
  }

  int dropped(int event) {
    return get(event, DROPPED);
  }
}
