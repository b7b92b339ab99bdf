package io.lodge.journal;

import io.lodge.base.ByteBudget;
import io.lodge.base.ByteSize;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much is in quarantine. It counts against the journal's budget, so that what nobody looks at
 * cannot fill the disk: requests are refused before. Thread-safe.
 */
final class QuarantineUse {
  private static final Logger log = LoggerFactory.getLogger(QuarantineUse.class);

  /** From this part of the budget on it is said aloud: it takes room that an outage would need. */
  private static final int LOUD_PART = 4;

  /** How soon files that a person took away are noticed when there is no room. */
  private static final long RECOUNT_NANOS = 10_000_000_000L;

  private final Disk disk;
  private final ByteBudget budget;
  private volatile long sizeBytes;
  private volatile int files;
  private long recountedNanos = System.nanoTime() - RECOUNT_NANOS;

  QuarantineUse(Disk disk, ByteBudget budget) {
    this.disk = disk;
    this.budget = budget;
  }

  /** Looks at the folder: something was moved there. */
  synchronized void recount() throws IOException {
    long foundBytes = 0;
    int found = 0;
    for (String name : disk.list(Disk.QUARANTINE)) {
      found += name.endsWith(Names.REASON) ? 0 : 1;
      foundBytes += sizeBytes(Names.quarantined(name));
    }
    boolean wasLarge = isLarge();
    budget.acquireExisting(foundBytes - sizeBytes);
    sizeBytes = foundBytes;
    files = found;
    if (isLarge() && !wasLarge) {
      log.error(
          "quarantine holds {}, more than a quarter of journal.disk_budget ({}); see `lodge journal inspect`, and move its files elsewhere: once the budget is used up, requests are refused",
          ByteSize.format(foundBytes),
          ByteSize.format(budget.limitBytes()));
    }
  }

  /** Looks again, now and then, whether a person took something away. */
  synchronized void recountIfDue() {
    long now = System.nanoTime();
    if (now - recountedNanos < RECOUNT_NANOS) {
      return;
    }
    recountedNanos = now;
    try {
      recount();
    } catch (IOException e) {
      log.warn("cannot look into quarantine: {}", e.getMessage());
    }
  }

  private long sizeBytes(String path) {
    try (DiskReader file = disk.read(path)) {
      return file.sizeBytes();
    } catch (IOException gone) {
      return 0; // taken away since the listing
    }
  }

  /** With the notes of reasons. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** Without them. */
  int files() {
    return files;
  }

  /** Whether it takes more than a quarter of the budget. */
  boolean isLarge() {
    return sizeBytes > budget.limitBytes() / LOUD_PART;
  }
}
