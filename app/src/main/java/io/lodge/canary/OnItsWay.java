package io.lodge.canary;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a gateway knows to have of the canary's records: accepted, and not in ClickHouse yet.
 *
 * @param uncounted whether it has segments of which it does not know what they hold
 * @param minutes of receipt, since 1970
 */
public record OnItsWay(boolean uncounted, Set<Integer> minutes) {
  /** Nothing that is known. */
  public static final OnItsWay NOTHING = new OnItsWay(false, Set.of());

  /** Whether it may have what was received then, both times in nanoseconds since 1970. */
  boolean mayHold(long fromUnixNanos, long toUnixNanos) {
    int from = minute(fromUnixNanos);
    int to = minute(toUnixNanos);
    return uncounted || minutes.stream().anyMatch(minute -> from <= minute && minute <= to);
  }

  private static int minute(long unixNanos) {
    return (int) TimeUnit.NANOSECONDS.toMinutes(unixNanos);
  }
}
