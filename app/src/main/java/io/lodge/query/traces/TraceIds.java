package io.lodge.query.traces;

import io.lodge.query.run.QueryFault;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids of traces as text. */
final class TraceIds {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,32}");
  private static final int DIGITS = 32;

  private TraceIds() {}

  /** As it is stored: 32 digits in lower case; short ones of Zipkin get zeros in front. */
  static String stored(String typed) throws QueryFault {
    String id = typed.strip().toLowerCase(Locale.ROOT);
    if (!HEX.matcher(id).matches()) {
      throw QueryFault.badRequest(
          "unexpected trace id; got %s want up to 32 hexadecimal digits".formatted(typed));
    }
    return "0".repeat(DIGITS - id.length()) + id;
  }
}
