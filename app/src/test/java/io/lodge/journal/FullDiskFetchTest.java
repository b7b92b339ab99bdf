package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.bucket.SimulatedBucket;
import io.lodge.journal.SegmentBucket.Fetch;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A disk without room for what comes back from the bucket is waited for, and stops nobody. */
class FullDiskFetchTest {
  private static final int RULES_BYTES = 10_000;

  private final Random random = new Random(1);
  private final SimulatedDisk disk = new SimulatedDisk(random);
  private final SimulatedBucket bucket = new SimulatedBucket(random, () -> Instant.EPOCH);

  private Journal open(SimulatedDisk on) throws IOException {
    return Journal.open(on, new JournalOptions(1 << 20, 0, 1), () -> Instant.EPOCH, random);
  }

  private SegmentInBucket moved(byte[] rules) throws Exception {
    try (Journal journal = open(new SimulatedDisk(random))) {
      OpenSegment open = journal.begin(journal.keepRules(rules));
      assertThat(open.append(Payloads.sized(1, 500))).isTrue();
      return journal.in(bucket).move(open.close());
    }
  }

  @Test
  void neitherForTheSegmentNorForItsRules() throws Exception {
    SegmentInBucket object = moved(new byte[RULES_BYTES]);
    try (Journal journal = open(disk)) {
      SegmentBucket segments = journal.in(bucket);
      long usedBytes = disk.usedBytes();
      for (long roomBytes : new long[] {100, object.sizeBytes() + 100}) {
        disk.capacity(usedBytes + roomBytes);
        assertThat(segments.fetch(object)).isInstanceOf(Fetch.NoRoom.class);
        assertThat(disk.usedBytes()).as("nothing is left behind").isEqualTo(usedBytes);
        assertThat(segments.fetched()).isZero();
      }
      disk.capacity(usedBytes + object.sizeBytes() + RULES_BYTES + 1000);
      assertThat(segments.fetch(object)).isInstanceOf(Fetch.Whole.class);
    }
  }
}
