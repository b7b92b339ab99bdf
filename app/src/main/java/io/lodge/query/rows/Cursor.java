package io.lodge.query.rows;

import io.lodge.query.run.QueryFault;
import io.lodge.query.time.TimeRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ended.
 *
 * @param range of the whole search, so that pages of {@code now-1h} are pages of one hour
 * @param nanos the time of the last row given; without one, the bound that was searched up to
 * @param id the last row given; empty if all rows at {@code nanos} are still to come
 * @param copies how many rows of this time and id were given
 */
record Cursor(TimeRange range, long nanos, String id, int copies) {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,19})-(\\d{1,19})-(\\d{1,19})-(\\d{0,20})-(\\d{1,9})");

  static Cursor parse(String text) throws QueryFault {
    Matcher shape = SHAPE.matcher(text);
    if (shape.matches()) {
      try {
        if (!shape.group(4).isEmpty()) {
          Long.parseUnsignedLong(shape.group(4));
        }
        return new Cursor(
            new TimeRange(Long.parseLong(shape.group(1)), Long.parseLong(shape.group(2))),
            Long.parseLong(shape.group(3)),
            shape.group(4),
            Integer.parseInt(shape.group(5)));
      } catch (NumberFormatException beyond64Bits) {
        // said below
      }
    }
    throw QueryFault.badRequest(
        "unexpected cursor; got '%s' want the end.next of an answer".formatted(text));
  }

  @Override
  public String toString() {
    return "%d-%d-%d-%s-%d".formatted(range.fromNanos(), range.toNanos(), nanos, id, copies);
  }
}
