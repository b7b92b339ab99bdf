package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.rows.RepeatedParts;
import io.lodge.decode.rows.Slice;

/** The exemplars of one data point as found. */
final class PointExemplars extends RepeatedParts {
  private static final int TIME = 0;
  private static final int VALUE = 1;

  private static final int VALUE_TYPE = 0;
  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 3;

  PointExemplars(ByteSink text) {
    super(text, 2, 5);
  }

  /** Adds an exemplar, whose attributes have been added. */
  void add(long timeUnixNanos, int valueType, long valueBits, Slice traceId, Slice spanId) {
    if (next()) {
      setLong(TIME, timeUnixNanos);
      setLong(VALUE, valueBits);
      set(VALUE_TYPE, valueType);
      set(TRACE_ID, traceId);
      set(SPAN_ID, spanId);
    }
  }

  long timeUnixNanos(int exemplar) {
    return getLong(exemplar, TIME);
  }

  long valueBits(int exemplar) {
    return getLong(exemplar, VALUE);
  }

  int valueType(int exemplar) {
    return get(exemplar, VALUE_TYPE);
  }

  int traceIdAt(int exemplar) {
    return get(exemplar, TRACE_ID);
  }

  int traceIdLength(int exemplar) {
    return get(exemplar, TRACE_ID + 1);
  }

  int spanIdAt(int exemplar) {
    return get(exemplar, SPAN_ID);
  }

  int spanIdLength(int exemplar) {
    return get(exemplar, SPAN_ID + 1);
  }
}
