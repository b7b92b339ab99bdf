package io.lodge.receive;

import io.lodge.base.BufferPool;
import io.lodge.base.ByteBudget;
import io.netty.buffer.ByteBuf;

/**
 * The bytes of one body while they arrive and until the outcome is known: a pooled buffer, and the
 * budget for as much memory as that buffer really takes. One thread at a time.
 */
final class Body {
  private static final byte[] NONE = {};

  private final BufferPool buffers;
  private final ByteBudget budget;
  private byte[] bytes = NONE;
  private int length;
  private boolean released;

  Body(BufferPool buffers, ByteBudget budget) {
    this.buffers = buffers;
    this.budget = budget;
  }

  /** Makes room for {@code total} bytes in all; false if the budget has none left. */
  boolean reserve(int total) {
    if (released) {
      throw new IllegalStateException("unexpected reserve of " + total + " B after release");
    }
    if (total <= bytes.length) {
      return true;
    }
    int size = buffers.sizeFor(total);
    if (!budget.tryAcquire(size)) {
      return false;
    }
    byte[] larger = buffers.take(total);
    System.arraycopy(bytes, 0, larger, 0, length);
    giveBack();
    bytes = larger;
    return true;
  }

  /** Adds the next {@code count} bytes of {@code from}; room must have been reserved. */
  void append(ByteBuf from, int count) {
    from.readBytes(bytes, length, count);
    length += count;
  }

  /** Adds {@code count} bytes of {@code from}, which keeps its indexes; room must be reserved. */
  void append(ByteBuf from, int index, int count) {
    from.getBytes(index, bytes, length, count);
    length += count;
  }

  /** Adds four bytes, little-endian; room must be reserved. */
  void appendInt(int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes[length++] = (byte) (value >> shift);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int capacity() {
    return bytes.length;
  }

  /** Gives buffer and budget back, once, however often it is called. */
  void release() {
    if (!released) {
      released = true;
      giveBack();
      bytes = NONE;
    }
  }

  private void giveBack() {
    if (bytes.length > 0) {
      int size = bytes.length;
      buffers.giveBack(bytes);
      budget.release(size);
    }
  }
}
