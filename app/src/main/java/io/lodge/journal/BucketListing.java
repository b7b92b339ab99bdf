package io.lodge.journal;

import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import java.util.function.Consumer;

/** Names in the bucket → what they are. */
final class BucketListing {
  private BucketListing() {}

  /** Shows the segments of a gateway, oldest first. */
  static void segments(Bucket bucket, int gateway, Consumer<SegmentInBucket> visitor)
      throws BucketFault {
    bucket.list(
        BucketNames.segments(gateway),
        object ->
            BucketNames.idOf(object.name())
                .ifPresent(id ->
                    visitor.accept(
                        new SegmentInBucket(gateway, id, object.sizeBytes(), object.modified()))));
  }
}
