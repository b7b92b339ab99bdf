package io.lodge.journal;

/**
 * Told how far a segment has come, by the thread that brought it there; must not block. A segment
 * that is found at a start has nobody to tell.
 */
public interface Milestones {
  /** Nobody waits. */
  Milestones UNWATCHED =
      new Milestones() {
        @Override
        public boolean waitForBucket() {
          return false;
        }

        @Override
        public void inBucket() {}

        @Override
        public void stored() {}

        @Override
        public void quarantined() {}
      };

  /** Whether somebody waits for the segment to be in the bucket: it should go there at once. */
  boolean waitForBucket();

  /** It is in the bucket, whole. */
  void inBucket();

  /** ClickHouse has all of it. */
  void stored();

  /** It, or a part of it, could not be delivered and waits for a person. */
  void quarantined();
}
