package io.lodge.base;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded count of bytes shared by many threads: memory that is held, or disk that is filled.
 *
 * <p>Nothing waits here: who gets no bytes refuses work upstream in its protocol's own words.
 */
public final class ByteBudget {
  private final long limitBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  public ByteBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Takes {@code bytes} if they fit under the limit; all or nothing. */
  public boolean tryAcquire(long bytes) {
    while (true) {
      long used = usedBytes.get();
      if (used + bytes > limitBytes) {
        return false;
      }
      if (usedBytes.compareAndSet(used, used + bytes)) {
        return true;
      }
    }
  }

  /**
   * Takes {@code bytes} even beyond the limit: for what exists already, such as files found at
   * start.
   */
  public void acquireExisting(long bytes) {
    usedBytes.addAndGet(bytes);
  }

  /** Gives back what was taken. */
  public void release(long bytes) {
    long used = usedBytes.addAndGet(-bytes);
    if (used < 0) {
      throw new IllegalStateException("unexpected release; got " + bytes + " B more than acquired");
    }
  }

  public long usedBytes() {
    return usedBytes.get();
  }

  public long limitBytes() {
    return limitBytes;
  }
}
