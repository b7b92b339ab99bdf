package io.lodge.decode.analytics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a name means by its bytes, without a String. Immutable once filled.
 *
 * @param <V> what names mean
 */
final class Names<V> {
  private final byte[][] names = new byte[256][];
  private final Object[] meanings = new Object[256];

  /** Adds names for one meaning. */
  Names<V> add(V meaning, String... of) {
    for (String name : of) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      int slot = slot(bytes, 0, bytes.length);
      while (names[slot] != null) {
        slot = (slot + 1) & 0xFF;
      }
      names[slot] = bytes;
      meanings[slot] = meaning;
    }
    return this;
  }

  /** What the name means; null if nothing. */
  @SuppressWarnings("unchecked") // only add puts meanings in
  @Nullable V find(byte[] bytes, int from, int length) {
    int slot = slot(bytes, from, length);
    for (byte[] name = names[slot]; name != null; name = names[slot]) {
      if (Arrays.equals(name, 0, name.length, bytes, from, from + length)) {
        return (V) meanings[slot];
      }
      slot = (slot + 1) & 0xFF;
    }
    return null;
  }

  private static int slot(byte[] bytes, int from, int length) {
    if (length == 0) {
      return 0;
    }
    int hash =
        length * 31 + bytes[from + length - 1] * 7 + bytes[from + length / 2] * 131 + bytes[from];
    return (hash ^ (hash >>> 8)) & 0xFF;
  }
}
