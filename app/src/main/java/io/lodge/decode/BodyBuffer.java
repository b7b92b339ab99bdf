package io.lodge.decode;

import io.lodge.decode.Decompressor.Body;
import java.util.Arrays;

/**
 * Where a decompressed body grows, to one byte past the limit at most: enough to know that it is
 * too large. Kept from body to body unless one was huge.
 */
final class BodyBuffer {
  private static final int FIRST_BYTES = 256 << 10;
  private static final int KEEP_BYTES = 16 << 20;

  private final int limitBytes;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  BodyBuffer(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Empties the buffer; one huge body must not keep its memory for ever. */
  void clear() {
    length = 0;
    if (bytes.length > KEEP_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  /** The backing array; valid until the next {@link #need} or {@link #grow}. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** How many bytes may be written at {@link #length}. */
  int room() {
    return bytes.length - length;
  }

  /** Makes room for at least one more byte. */
  void grow() {
    if (length == bytes.length) {
      resize(Math.min(2L * bytes.length, limitBytes + 1L));
    }
  }

  /** Makes room for {@code count} more bytes, or refuses if the body would pass the limit. */
  void need(int count) throws BodyTooLargeException {
    if (count > limitBytes - length) {
      throw new BodyTooLargeException(limitBytes);
    }
    if (count > room()) {
      resize(Math.min(Math.max(2L * bytes.length, (long) length + count), limitBytes + 1L));
    }
  }

  /** Counts bytes that were written at {@link #length}. */
  void advance(int count) throws BodyTooLargeException {
    length += count;
    if (length > limitBytes) {
      throw new BodyTooLargeException(limitBytes);
    }
  }

  Body body() {
    return new Body(bytes, 0, length);
  }

  private void resize(long capacity) {
    bytes = Arrays.copyOf(bytes, (int) Math.min(capacity, Integer.MAX_VALUE - 16));
  }
}
