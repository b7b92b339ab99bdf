package io.lodge.journal;

import io.lodge.base.ByteBudget;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Whether there is room for more: under the journal's budget, and above the disk's floor. */
final class Space {
  /** Bytes that are written before the disk is asked again. */
  private static final long TRUST_BYTES = 8L << 20;

  /**
   * From four fifths of the budget on it is filling: at 100 MB/s the rest of 10 GiB lasts for 20 s,
   * enough for a bucket to come back from a hiccup.
   */
  private static final int SPARE_PART = 5;

  private final Disk disk;
  private final long minFreeBytes;
  private final ByteBudget budget;
  private final QuarantineUse quarantine;
  private final AtomicLong trustedBytes = new AtomicLong();
  private volatile String lack = "";

  Space(Disk disk, JournalOptions options) {
    this.disk = disk;
    minFreeBytes = options.minFreeBytes();
    budget = new ByteBudget(options.diskBudgetBytes());
    quarantine = new QuarantineUse(disk, budget);
  }

  /** Takes room if there is any. */
  boolean tryAcquire(long bytes) throws IOException {
    if (!isAboveFloor(bytes)) {
      lack = "the journal's disk is full but for journal.min_free";
      return false;
    }
    if (!isUnderBudget(bytes)) {
      lack = "the journal is full: it has used up journal.disk_budget";
      return false;
    }
    return true;
  }

  /** The disk said so itself, whatever was counted. */
  void foundFull() {
    trustedBytes.set(0);
    lack = "the journal's disk is full";
  }

  /** Why there was no room the last time that there was none. */
  String lack() {
    return lack;
  }

  private boolean isUnderBudget(long bytes) {
    if (budget.tryAcquire(bytes)) {
      return true;
    }
    quarantine.recountIfDue();
    return budget.tryAcquire(bytes);
  }

  private boolean isAboveFloor(long bytes) throws IOException {
    if (trustedBytes.addAndGet(-bytes) >= 0) {
      return true;
    }
    long spareBytes = disk.freeBytes() - minFreeBytes - bytes;
    trustedBytes.set(Math.min(spareBytes, TRUST_BYTES));
    return spareBytes >= 0;
  }

  /** Whether less than a part of the budget is left for more, however that may be. */
  boolean isFilling() throws IOException {
    long wantedBytes = budget.limitBytes() / SPARE_PART;
    return budget.limitBytes() - budget.usedBytes() < wantedBytes
        || disk.freeBytes() - minFreeBytes < wantedBytes;
  }

  /** Counts what is on disk already or cannot be refused. */
  void acquireExisting(long bytes) {
    budget.acquireExisting(bytes);
  }

  void release(long bytes) {
    budget.release(bytes);
  }

  /** By segments; what is in quarantine is told apart. */
  long usedBytes() {
    return Math.max(0, budget.usedBytes() - quarantine.sizeBytes());
  }

  long budgetBytes() {
    return budget.limitBytes();
  }

  double usedShare() {
    return budget.limitBytes() == 0 ? 1 : (double) budget.usedBytes() / budget.limitBytes();
  }

  QuarantineUse quarantine() {
    return quarantine;
  }
}
