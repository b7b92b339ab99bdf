package io.lodge.journal;

/**
 * The object that a segment on the disk was fetched from: it outlives the file until the segment's
 * fate is decided, and then follows it.
 */
record BucketCopy(SegmentInBucket object, BucketDuties duties, Runnable gone) {
  /** ClickHouse has the segment. */
  void stored() {
    gone.run();
    duties.add(new BucketDuties.Delete(object));
  }

  /** A person must look at it. */
  void quarantined(String reason) {
    gone.run();
    duties.add(new BucketDuties.Quarantine(object, reason));
  }

  /** The file is gone, and nothing else has happened. */
  void released() {
    gone.run();
  }
}
