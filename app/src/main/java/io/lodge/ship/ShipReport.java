package io.lodge.ship;

import io.lodge.base.ByteSize;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of the lines. A line sent in parts counts once per part.
 *
 * @param read lines taken from the input
 * @param acknowledged lines the receiver has
 * @param rejected lines it refused for good
 * @param unacknowledged lines it may or may not have: nothing was heard in time
 * @param resent requests sent more than once; a receiver may hold their lines twice
 * @param bytes of the acknowledged lines
 * @param took from start to end
 * @param failure why not everything was read or sent; empty where it was
 */
public record ShipReport(
    long read,
    long acknowledged,
    long rejected,
    long unacknowledged,
    long resent,
    long bytes,
    Duration took,
    Optional<String> failure) {

  /** True where every line of the input is acknowledged. */
  public boolean complete() {
    return failure.isEmpty() && rejected == 0 && unacknowledged == 0;
  }

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d lines read: %d acknowledged, %d rejected, %d not acknowledged; %s in %.1f s%s",
        read,
        acknowledged,
        rejected,
        unacknowledged,
        ByteSize.format(bytes),
        took.toMillis() / 1000.0,
        resent == 0 ? "" : "; " + resent + " requests sent again");
  }
}
