package io.lodge.decode.analytics;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** HMAC-SHA256 by its definition (RFC 2104), for keys of up to 64 bytes. */
final class HmacOracle {
  private HmacOracle() {}

  static String of(String key, String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(pad(key, 0x36));
      byte[] inner = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      sha.update(pad(key, 0x5C));
      return "%064x".formatted(new BigInteger(1, sha.digest(inner)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] pad(String key, int with) {
    byte[] block = new byte[64];
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, 0, bytes.length);
    for (int i = 0; i < block.length; i++) {
      block[i] ^= (byte) with;
    }
    return block;
  }
}
