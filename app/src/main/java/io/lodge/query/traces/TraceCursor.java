package io.lodge.query.traces;

import io.lodge.query.run.QueryFault;
import io.lodge.query.time.TimeRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of traces ended.
 *
 * @param range of the whole search, so that pages of {@code now-1h} are pages of one hour
 * @param nanos the newest matching span of the last trace given; without one, the last moment that
 *     is not searched yet
 * @param id the last trace given; empty if all at {@code nanos} are still to come
 */
record TraceCursor(TimeRange range, long nanos, String id) {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,19})-(\\d{1,19})-(\\d{1,19})-([0-9a-f]{0,32})");

  private static final long SECOND_NANOS = 1_000_000_000L;

  static TraceCursor parse(String text) throws QueryFault {
    Matcher shape = SHAPE.matcher(text);
    if (shape.matches()) {
      try {
        return new TraceCursor(
            new TimeRange(Long.parseLong(shape.group(1)), Long.parseLong(shape.group(2))),
            Long.parseLong(shape.group(3)),
            shape.group(4));
      } catch (NumberFormatException beyond64Bits) {
        // said below
      }
    }
    throw QueryFault.badRequest(
        "unexpected cursor; got '%s' want the end.next of an answer".formatted(text));
  }

  /** What is still to be searched. */
  TimeRange rest() {
    return new TimeRange(range.fromNanos(), nanos + 1);
  }

  /** What was searched by the pages before, but for the cursor's own moment. */
  TimeRange before() {
    return new TimeRange(nanos + 1, range.toNanos());
  }

  /** Whether a trace whose newest matching span of the rest is that came on a page before. */
  boolean isBehind(String traceId, long lastNanos) {
    return lastNanos == nanos && traceId.compareTo(id) <= 0;
  }

  /** The second of the cursor, since 1970. */
  long second() {
    return Math.floorDiv(nanos, SECOND_NANOS);
  }

  @Override
  public String toString() {
    return "%d-%d-%d-%s".formatted(range.fromNanos(), range.toNanos(), nanos, id);
  }
}
