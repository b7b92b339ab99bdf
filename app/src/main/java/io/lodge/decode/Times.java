package io.lodge.decode;

/** Times of records, held inside what tables can keep. */
public final class Times {
  private static final long MAX_UNIX_SECONDS = 4_102_444_800L;

  /**
   * 2100-01-01: later times are moved here. Partitions by day and the expiry of a row are computed
   * in 32-bit seconds, which end in 2106.
   */
  public static final long MAX_UNIX_NANOS = MAX_UNIX_SECONDS * 1_000_000_000L;

  public static final long MAX_UNIX_MILLIS = MAX_UNIX_SECONDS * 1000L;

  private Times() {}

  /** Between 1970 and 2100; what lies outside is moved to the edge and counted. */
  public static long clampNanos(long unixNanos, Decoded decoded) {
    return clamp(unixNanos, MAX_UNIX_NANOS, decoded);
  }

  /** As {@link #clampNanos}, in milliseconds. */
  public static long clampMillis(long unixMillis, Decoded decoded) {
    return clamp(unixMillis, MAX_UNIX_MILLIS, decoded);
  }

  private static long clamp(long time, long max, Decoded decoded) {
    if (time >= 0 && time <= max) {
      return time;
    }
    decoded.countClampedTimestamp();
    return Math.clamp(time, 0, max);
  }
}
