package io.lodge.journal;

import java.time.Instant;

/**
 * A segment that is in the bucket and, but for a copy that is being sent, nowhere else. It holds no
 * disk.
 *
 * @param gateway whose it is: the one that moved it there, whatever gateway the id names
 * @param since when it was created or, found in the bucket, put there
 */
public record SegmentInBucket(int gateway, SegmentId id, long sizeBytes, Instant since) {
  String name() {
    return BucketNames.segment(gateway, id);
  }
}
