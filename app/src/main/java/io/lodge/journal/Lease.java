package io.lodge.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may deliver a gateway's segments from the bucket.
 *
 * @param gateway whose segments
 * @param holder the gateway that delivers them: itself, or the one that adopted it
 * @param until when the word of the holder runs out, by its clock
 */
public record Lease(int gateway, int holder, Instant until) {
  private static final Pattern TEXT =
      Pattern.compile("lodge lease 1\nholder ([0-9a-f]{8})\nuntil ([0-9a-f]{12})\n");

  /** Whether the holder is gone, or cannot reach the bucket, as far as a clock can tell. */
  public boolean isOver(Instant now) {
    return !now.isBefore(until);
  }

  byte[] toBytes() {
    HexFormat hex = HexFormat.of();
    return "lodge lease 1\nholder %s\nuntil %s\n"
        .formatted(hex.toHexDigits(holder), hex.toHexDigits(Math.max(0, until.toEpochMilli()), 12))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The lease that is written so; empty if it cannot be read, as one of a newer version. */
  static Optional<Lease> parse(int gateway, byte[] bytes) {
    Matcher parts = TEXT.matcher(new String(bytes, StandardCharsets.UTF_8));
    return parts.matches()
        ? Optional.of(
            new Lease(
                gateway,
                HexFormat.fromHexDigits(parts.group(1)),
                Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(parts.group(2)))))
        : Optional.empty();
  }
}
