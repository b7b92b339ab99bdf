package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.block.LittleEndian;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.route.when.Truth;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What conditions came to for the resources seen last: the same few send again and again, and to
 * know one costs a fraction of testing patterns on it. Belongs to one thread.
 */
final class SourceMemo {
  private static final int ENTRIES = 256;

  /** Larger resources are tested each time. */
  private static final int KEY_BYTES_MAX = 4096;

  private record Entry(byte[] key, Truth[] truths) {}

  private final @Nullable Entry[] entries = new @Nullable Entry[ENTRIES];
  private final ByteSink key = new ByteSink(KEY_BYTES_MAX);
  private int slot;

  /**
   * What conditions came to for a resource with these attributes; null if that is not known. Not to
   * be changed.
   *
   * @param tenant the rest of what the truths depend on
   */
  Truth @Nullable [] find(byte[] tenant, AttributeSlices resource, byte[] body) {
    key.clear(KEY_BYTES_MAX);
    key.putInt(tenant.length);
    key.putBytes(tenant, 0, tenant.length);
    for (int i = 0; i < resource.count() && key.length() <= KEY_BYTES_MAX; i++) {
      put(resource, resource.keyAt(i), resource.keyLength(i), body);
      put(resource, resource.valueAt(i), resource.valueLength(i), body);
    }
    slot = slot();
    Entry entry = entries[slot];
    return entry != null
            && Arrays.equals(entry.key, 0, entry.key.length, key.array(), 0, key.length())
        ? entry.truths
        : null;
  }

  /** Keeps what conditions came to for the resource that was looked for last. */
  void keep(Truth[] truths) {
    if (key.length() <= KEY_BYTES_MAX) {
      entries[slot] =
          new Entry(Arrays.copyOf(key.array(), key.length()), Arrays.copyOf(truths, truths.length));
    }
  }

  private void put(AttributeSlices resource, int at, int length, byte[] body) {
    key.putInt(length);
    key.putBytes(resource.source(body, at), AttributeSlices.index(at), length);
  }

  private int slot() {
    byte[] bytes = key.array();
    long hash = key.length();
    int at = 0;
    for (; at <= key.length() - Long.BYTES; at += Long.BYTES) {
      hash = (hash ^ LittleEndian.getLong(bytes, at)) * 0x9E37_79B9_7F4A_7C15L;
      hash ^= hash >>> 32;
    }
    for (; at < key.length(); at++) {
      hash = (hash ^ bytes[at]) * 0x9E37_79B9_7F4A_7C15L;
    }
    return (int) (hash >>> 56) & (ENTRIES - 1);
  }
}
