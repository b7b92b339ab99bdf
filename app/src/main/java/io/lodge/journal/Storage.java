package io.lodge.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the segments of one journal share.
 *
 * @param segments how many are on disk
 * @param idleWriters as many as segments were open at a time: their buffers are used again
 */
record Storage(
    Disk disk,
    Space space,
    JournalCounters counters,
    AtomicInteger segments,
    Queue<FrameWriter> idleWriters) {

  Storage(Disk disk, JournalOptions options) {
    this(
        disk,
        new Space(disk, options),
        new JournalCounters(),
        new AtomicInteger(),
        new ConcurrentLinkedQueue<>());
  }

  FrameWriter takeWriter() {
    FrameWriter idle = idleWriters.poll();
    return idle == null ? new FrameWriter() : idle;
  }

  /** Counts a file that is there already. */
  ClosedSegment adopt(ClosedFile file) {
    return adopt(file, null);
  }

  /**
   * Counts a file that is there already.
   *
   * @param copy the object that it is a copy of
   */
  ClosedSegment adopt(ClosedFile file, @Nullable BucketCopy copy) {
    space.acquireExisting(file.extent().sizeBytes());
    segments.incrementAndGet();
    return new ClosedSegment(this, file.header(), file.extent(), copy);
  }
}
