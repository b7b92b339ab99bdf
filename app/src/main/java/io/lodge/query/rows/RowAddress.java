package io.lodge.query.rows;

import io.lodge.query.run.QueryFault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells a row from all others, for as long as it is stored.
 *
 * @param nanos its time
 * @param hash of what it holds, 64 bits without a sign
 * @param copy how many rows that are the same in everything come before it
 */
public record RowAddress(long nanos, String hash, int copy) {
  private static final Pattern TIME = Pattern.compile("\\d{1,19}");
  private static final Pattern ID = Pattern.compile("(\\d{1,20})(?:-(\\d{1,9}))?");

  /** The address of a row of an answer, by its Timestamp and id. */
  public static RowAddress of(String time, String id) throws QueryFault {
    Matcher shape = ID.matcher(id);
    if (shape.matches() && TIME.matcher(time).matches()) {
      try {
        Long.parseUnsignedLong(shape.group(1));
        String copy = shape.group(2);
        return new RowAddress(
            Long.parseLong(time), shape.group(1), copy == null ? 0 : Integer.parseInt(copy));
      } catch (NumberFormatException noNumber) {
        // said below
      }
    }
    throw QueryFault.badRequest(
        "unexpected row; got time=%s id=%s want a row's Timestamp and id".formatted(time, id));
  }

  /** As rows carry it; with the time it is unique. */
  String id() {
    return copy == 0 ? hash : hash + "-" + copy;
  }
}
