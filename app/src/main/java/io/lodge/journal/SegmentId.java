package io.lodge.journal;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment, never given twice: part of file names and deduplication tokens. Ordered by
 * creation within a gateway.
 *
 * @param gateway random number of the journal's directory
 * @param epoch one more opening of that directory: a time in milliseconds that never goes back
 * @param sequence counts the segments of the epoch
 */
public record SegmentId(int gateway, long epoch, int sequence) implements Comparable<SegmentId> {
  /** Characters of an id. */
  static final int TEXT_LENGTH = 30;

  private static final Pattern TEXT = Pattern.compile("([0-9a-f]{8})-([0-9a-f]{12})-([0-9a-f]{8})");

  private static final Comparator<SegmentId> BY_CREATION =
      Comparator.comparingLong(SegmentId::epoch)
          .thenComparing(SegmentId::sequence, Integer::compareUnsigned)
          .thenComparing(SegmentId::gateway, Integer::compareUnsigned);

  /** The id that is written so, if it is one. */
  public static Optional<SegmentId> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new SegmentId(
                HexFormat.fromHexDigits(parts.group(1)),
                HexFormat.fromHexDigitsToLong(parts.group(2)),
                HexFormat.fromHexDigits(parts.group(3))))
        : Optional.empty();
  }

  /** The gateway's number as the id shows it. */
  public String gatewayText() {
    return HexFormat.of().toHexDigits(gateway);
  }

  @Override
  public int compareTo(SegmentId other) {
    return BY_CREATION.compare(this, other);
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(gateway)
        + "-"
        + hex.toHexDigits(epoch, 12)
        + "-"
        + hex.toHexDigits(sequence);
  }
}
