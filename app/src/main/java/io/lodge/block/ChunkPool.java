package io.lodge.block;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Reused arrays for compressed blocks. Thread-safe; it keeps a bounded number and lets the rest go
 * to the collector.
 */
public final class ChunkPool {
  /** Large enough for several frames, small enough that the last one wastes little. */
  static final int CHUNK_BYTES = 1 << 20;

  private final ArrayBlockingQueue<byte[]> free;

  /**
   * @param keepBytes how much memory unused chunks may hold
   */
  public ChunkPool(long keepBytes) {
    free = new ArrayBlockingQueue<>(Math.toIntExact(Math.max(1, keepBytes / CHUNK_BYTES)));
  }

  byte[] take() {
    byte[] chunk = free.poll();
    return chunk != null ? chunk : new byte[CHUNK_BYTES];
  }

  void give(byte[] chunk) {
    boolean kept = free.offer(chunk);
    assert kept || free.remainingCapacity() == 0;
  }
}
