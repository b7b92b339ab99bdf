package io.lodge.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names the rules a segment was accepted under: the SHA-256 of their text. The journal keeps the
 * text and does not read it.
 *
 * @param hex 64 lower-case digits
 */
public record RulesId(String hex) {
  static final int BYTES = 32;

  /** No rules: an empty text. */
  public static final RulesId NONE = new RulesId("0".repeat(2 * BYTES));

  /** The segment's header is damaged: nobody knows its rules any more. */
  public static final RulesId LOST = new RulesId("f".repeat(2 * BYTES));

  public RulesId {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("unexpected rules id; got '" + hex + "' want 64 digits");
    }
  }

  static RulesId of(byte[] text) {
    if (text.length == 0) {
      return NONE;
    }
    try {
      return new RulesId(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  byte[] toBytes() {
    return HexFormat.of().parseHex(hex);
  }
}
