package io.lodge.journal;

import java.util.Optional;

/**
 * An object that may be in the bucket beside the file: the try to put it there failed, which says
 * nothing of whether it was put. Once the segment is decided on it must not stay, or a later
 * process takes it for one that waits, and delivers it again when nobody knows any more that it is
 * stored.
 */
record BucketOrphan(SegmentInBucket object, BucketDuties duties) {
  /** The segment is stored, or its bytes are kept elsewhere. */
  void delete() {
    duties.add(new BucketDuties.Orphan(object, Optional.empty()));
  }

  /** The file is damaged, and a person may want the object. */
  void putAside(String reason) {
    duties.add(new BucketDuties.Orphan(object, Optional.of(reason)));
  }
}
