package io.lodge.decode.rows;

import io.lodge.block.ByteSink;

/** The links of one span as found. */
public final class SpanLinks extends RepeatedParts {
  private static final int TRACE_ID = 0;
  private static final int SPAN_ID = 2;
  private static final int TRACE_STATE = 4;
  private static final int DROPPED = 6;
  private static final int FLAGS = 7;

  SpanLinks(ByteSink text) {
    super(text, 0, 8);
  }

  /** Adds a link, whose attributes have been added. */
  public void add(Slice traceId, Slice spanId, Slice traceState, int dropped, int flags) {
    if (next()) {
      set(TRACE_ID, traceId);
      set(SPAN_ID, spanId);
      set(TRACE_STATE, traceState);
      set(DROPPED, dropped);
      set(FLAGS, flags);
    }
  }

  int traceIdAt(int link) {
    return get(link, TRACE_ID);
  }

  int traceIdLength(int link) {
    return get(link, TRACE_ID + 1);
  }

  int spanIdAt(int link) {
    return get(link, SPAN_ID);
  }

  int spanIdLength(int link) {
    return get(link, SPAN_ID + 1);
  }

  int traceStateAt(int link) {
    return get(link, TRACE_STATE);
  }

  int traceStateLength(int link) {
    return get(link, TRACE_STATE + 1);
  }

  int dropped(int link) {
    return get(link, DROPPED);
  }

  int flags(int link) {
    return get(link, FLAGS);
  }
}
