package io.lodge.journal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What is in the bucket for this gateway, and what was moved. Thread-safe; read by metrics. */
public final class BucketCounters {
  final AtomicLong objects = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final LongAdder moved = new LongAdder();
  final LongAdder movedBytes = new LongAdder();
  final LongAdder fetched = new LongAdder();
  final LongAdder fetchedBytes = new LongAdder();
  final LongAdder deleted = new LongAdder();
  final LongAdder quarantined = new LongAdder();
  final LongAdder lost = new LongAdder();

  BucketCounters() {}

  void isThere(SegmentInBucket object) {
    objects.incrementAndGet();
    bytes.addAndGet(object.sizeBytes());
  }

  void isGone(SegmentInBucket object) {
    objects.decrementAndGet();
    bytes.addAndGet(-object.sizeBytes());
  }

  /** Segments in the bucket that are this gateway's to deliver. */
  public long objects() {
    return objects.get();
  }

  public long bytes() {
    return bytes.get();
  }

  /** Segments moved there. */
  public long moved() {
    return moved.sum();
  }

  public long movedBytes() {
    return movedBytes.sum();
  }

  /** Segments brought back; one may come back more than once. */
  public long fetched() {
    return fetched.sum();
  }

  public long fetchedBytes() {
    return fetchedBytes.sum();
  }

  /** Objects deleted: ClickHouse has accepted them. */
  public long deleted() {
    return deleted.sum();
  }

  /** Objects that were not there any more: something else than a gateway deletes there. */
  public long lost() {
    return lost.sum();
  }

  /** Objects put aside in the bucket, for a person to look at. */
  public long quarantined() {
    return quarantined.sum();
  }
}
