package io.lodge.base;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Byte arrays that are used again, so that a steady load allocates nothing large.
 *
 * <p>Arrays come in size classes, four to each power of two (so at most a fifth of one is unused);
 * each class is a stack under its own lock, so what was used last, and is still in the CPU's cache,
 * is used next. Idle arrays are bounded together; what is given back beyond that goes to the
 * garbage collector. Arrays are not cleared. Any thread may take and give back.
 */
public final class BufferPool {
  private static final int CLASS_BYTES_MIN = 4 * 1024;
  private static final int CLASS_SHIFT_MIN = Integer.numberOfTrailingZeros(CLASS_BYTES_MIN);

  private final SizeClass[] classes;
  private final ByteBudget idle;

  /**
   * @param bufferBytesMax larger arrays are allocated exactly and never kept; at most 1 GiB
   * @param idleBytesMax how much may lie unused in the pool
   */
  public BufferPool(int bufferBytesMax, long idleBytesMax) {
    if (bufferBytesMax > 1 << 30) {
      throw new IllegalArgumentException(
          "unexpected largest buffer; got " + bufferBytesMax + " B want at most 1 GiB");
    }
    this.idle = new ByteBudget(idleBytesMax);
    this.classes = new SizeClass[classOf(Math.max(bufferBytesMax, CLASS_BYTES_MIN)) + 1];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = new SizeClass(bytesOf(i));
    }
  }

  /** How long the array is that {@link #take} gives for {@code length} bytes. */
  public int sizeFor(int length) {
    int index = classOf(Math.max(length, CLASS_BYTES_MIN));
    return index < classes.length ? classes[index].bytes : length;
  }

  /** An array of {@code sizeFor(length)} bytes, with anything in it. */
  public byte[] take(int length) {
    int index = classOf(Math.max(length, CLASS_BYTES_MIN));
    if (index >= classes.length) {
      return new byte[length];
    }
    byte[] kept = classes[index].pop();
    if (kept == null) {
      return new byte[classes[index].bytes];
    }
    idle.release(kept.length);
    return kept;
  }

  /** Gives back an array that {@link #take} gave; the caller must not touch it again. */
  public void giveBack(byte[] buffer) {
    int index = classOf(Math.max(buffer.length, CLASS_BYTES_MIN));
    boolean ours = index < classes.length && classes[index].bytes == buffer.length;
    if (ours && idle.tryAcquire(buffer.length)) {
      classes[index].push(buffer);
    }
  }

  /** Bytes that lie unused in the pool. */
  public long idleBytes() {
    return idle.usedBytes();
  }

  /** The smallest class whose arrays hold {@code length} bytes. */
  private static int classOf(int length) {
    int shift = 31 - Integer.numberOfLeadingZeros(length);
    int quarter = 1 << (shift - 2);
    int above = (length - (1 << shift) + quarter - 1) / quarter;
    return (shift - CLASS_SHIFT_MIN) * 4 + above;
  }

  private static int bytesOf(int index) {
    int base = CLASS_BYTES_MIN << (index / 4);
    return base + (base >> 2) * (index % 4);
  }

  private static final class SizeClass {
    private final int bytes;
    private final ArrayDeque<byte[]> stack = new ArrayDeque<>();

    SizeClass(int bytes) {
      this.bytes = bytes;
    }

    synchronized byte @Nullable [] pop() {
      return stack.pollFirst();
    }

    synchronized void push(byte[] buffer) {
      stack.addFirst(buffer);
    }
  }
}
