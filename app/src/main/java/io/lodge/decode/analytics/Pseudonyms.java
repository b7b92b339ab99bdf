package io.lodge.decode.analytics;

import io.lodge.block.ByteSink;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Puts a keyed hash (HMAC-SHA256, as 64 hex digits) in the place of an id: the same id has the same
 * pseudonym, and without the key nobody finds the id. Does nothing without a key. Belongs to one
 * thread.
 */
final class Pseudonyms {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final @Nullable Mac mac;

  Pseudonyms(Optional<String> key) {
    mac = key.map(Pseudonyms::mac).orElse(null);
  }

  private static Mac mac(String key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot hash ids: this Java has no HmacSHA256", e);
    }
  }

  boolean on() {
    return mac != null;
  }

  /** Appends the id, or its pseudonym; no id has none. */
  void put(ByteSink out, byte[] bytes, int from, int length) {
    if (mac == null || length == 0) {
      out.putBytes(bytes, from, length);
      return;
    }
    mac.update(bytes, from, length);
    for (byte next : mac.doFinal()) {
      out.putByte(HEX[(next >> 4) & 0xF]);
      out.putByte(HEX[next & 0xF]);
    }
  }
}
