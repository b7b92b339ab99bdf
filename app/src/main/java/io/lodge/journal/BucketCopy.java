package io.lodge.journal;

/**
 * The object that a segment on the disk was fetched from: it outlives the file until the segment's
 * fate is decided, and then follows it.
 */
record BucketCopy(SegmentInBucket object, BucketDuties duties, Runnable gone) {
  /** ClickHouse has the segment. */
  void stored() {
    duties.add(new BucketDuties.Delete(object));
    gone.run(); // behind it, so that at any moment it is known to be in hand
  }

  /** A person must look at it. */
  void quarantined(String reason) {
    duties.add(new BucketDuties.Quarantine(object, reason));
    gone.run();
  }

  /** The file is gone, and nothing else has happened. */
  void released() {
    gone.run();
  }
}
