package io.lodge.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which series were written lately, so that their labels are not written again with each of their
 * samples: a table of {@link #SLOTS} keys in which a newcomer takes the place of who was there. It
 * forgets, but it never claims what was not remembered. Thread-safe, without locks: who loses a
 * race writes a series twice.
 *
 * <p>What is remembered must be on its way to ClickHouse for good: who drops rows, or sends them
 * back to wait in the journal, forgets them here. So whatever block a segment's series are missing
 * from, they stand in one that is stored or will be before the journal lets go of it.
 */
public final class SeriesMemory {
  /** 16 MiB; two million active series of one gateway are about where it stops to pay. */
  private static final int SLOTS = 1 << 21;

  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private volatile long @Nullable [] keys;

  /** Begins anywhere, so that no two memories share one. */
  private final AtomicInteger epoch = new AtomicInteger(ThreadLocalRandom.current().nextInt());

  /** A series on a day, within an hour of receiving: each hour it is written anew. */
  static long key(long id, int day, int hour) {
    long mixed = (id ^ (long) day << 40 ^ (long) hour << 20) * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 29;
    return mixed == 0 ? 1 : mixed;
  }

  boolean knows(long key) {
    long[] table = keys;
    return table != null && (long) ELEMENT.getOpaque(table, slot(key)) == key;
  }

  void remember(long key) {
    ELEMENT.setOpaque(table(), slot(key), key);
  }

  /** Changes whenever something is forgotten; 24 bits. */
  int epoch() {
    return epoch.get() & 0xFF_FFFF;
  }

  void forget(long key) {
    ELEMENT.compareAndSet(table(), slot(key), key, 0L);
    epoch.incrementAndGet();
  }

  /** Whatever is written next is written with its labels. */
  public void forgetAll() {
    keys = null;
    // Afterwards: who sees the new epoch finds nothing of what was remembered before.
    epoch.incrementAndGet();
  }

  /** Made by the first series: most gateways never see one. */
  private long[] table() {
    long[] table = keys;
    if (table == null) {
      table = new long[SLOTS];
      keys = table;
    }
    return table;
  }

  private static int slot(long key) {
    return (int) (key >>> 43);
  }
}
