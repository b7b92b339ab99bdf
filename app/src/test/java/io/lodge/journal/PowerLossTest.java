package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.model.Payload;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Lives of a gateway on a simulated disk, each ended by a stop, a kill, a power loss, a failed disk
 * or a full one, from a seed. After each: acknowledged ⊆ recovered ⊆ appended, in order, and a
 * segment that was handed out once is the same for ever.
 */
class PowerLossTest {
  private static final int SEEDS = 3000;

  @Test
  void nothingAcknowledgedIsLostInAnyOfManyLives() {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        new Gateway(seed).liveSeveralTimes();
      } catch (Throwable broken) {
        throw new AssertionError("fails with seed " + seed, broken);
      }
    }
  }

  /** What it did, against which its disk is checked. */
  private static final class Gateway {
    private final Random random;
    private final SimulatedDisk disk;
    private final Map<SegmentId, List<String>> appended = new HashMap<>();
    private final Map<SegmentId, Integer> acknowledged = new HashMap<>();
    private final Map<SegmentId, List<String>> handedOut = new HashMap<>();
    private final Set<SegmentId> deleted = new HashSet<>();

    Gateway(long seed) {
      random = new Random(seed);
      disk = new SimulatedDisk(random);
    }

    void liveSeveralTimes() throws Exception {
      int lives = 1 + random.nextInt(4);
      for (int life = 0; life < lives; life++) {
        if (random.nextInt(3) == 0) {
          disk.capacity(random.nextInt(6000));
        }
        if (random.nextInt(4) != 0) {
          disk.losePowerAfter(random.nextInt(60));
        } else if (random.nextInt(3) == 0) {
          disk.failForceAfter(random.nextInt(12));
        } else if (random.nextInt(3) == 0) {
          disk.failAppendAfter(random.nextInt(20));
        }
        boolean killed = live();
        disk.capacity(Long.MAX_VALUE);
        if (killed) {
          disk.kill();
        } else {
          disk.restart();
        }
      }
      try (Journal journal = open()) {
        check(journal);
      }
    }

    private Journal open() throws IOException {
      // A clock that jumps back and forth between lives.
      Instant now = Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt(3));
      return Journal.open(
          disk, new JournalOptions(1 << 20, 0, 1), () -> now, new Random(random.nextLong()));
    }

    /** Whether it ended with the power on. */
    private boolean live() throws Exception {
      try (Journal journal = open()) {
        check(journal);
        work(journal);
        return random.nextBoolean();
      } catch (SimulatedDisk.PowerLoss | JournalFailure | IOException ended) {
        // A disk that failed once is not trusted to have what it says it has.
        return false;
      }
    }

    private void check(Journal journal) throws DamagedSegmentException {
      Set<SegmentId> found = new HashSet<>();
      for (ClosedSegment left : journal.leftovers()) {
        SegmentId id = left.id();
        found.add(id);
        List<String> read = Payloads.read(left);
        List<String> all = appended.getOrDefault(id, List.of());
        assertThat(all.subList(0, Math.min(all.size(), read.size()))).isEqualTo(read);
        assertThat(read.size()).isGreaterThanOrEqualTo(acknowledged.getOrDefault(id, 0));
        assertThat(handedOut.getOrDefault(id, read)).isEqualTo(read);
        handedOut.put(id, read);
      }
      for (SegmentId id : acknowledged.keySet()) {
        assertThat(found.contains(id) || deleted.contains(id)).as("segment %s", id).isTrue();
      }
      assertThat(journal.leftovers()).extracting(ClosedSegment::id).isSorted();
      assertThat(journal.counters().quarantined()).isZero();
      assertThat(journal.segments()).isEqualTo(found.size());
      for (ClosedSegment left : journal.leftovers()) {
        if (random.nextInt(4) == 0) {
          delete(left);
        }
      }
    }

    private void delete(ClosedSegment segment) {
      deleted.add(segment.id());
      segment.delete();
    }

    private void work(Journal journal) throws DamagedSegmentException {
      int segments = 1 + random.nextInt(4);
      for (int i = 0; i < segments; i++) {
        OpenSegment segment = journal.begin(RulesId.NONE);
        assertThat(appended).doesNotContainKey(segment.id());
        fill(segment);
        if (random.nextInt(4) != 0) {
          ClosedSegment closed = segment.close();
          List<String> all = appended.getOrDefault(segment.id(), List.of());
          acknowledge(segment.id());
          assertThat(Payloads.read(closed)).isEqualTo(all);
          handedOut.put(closed.id(), all);
          if (random.nextInt(3) == 0) {
            delete(closed);
          }
        }
      }
    }

    private void fill(OpenSegment segment) {
      int groups = random.nextInt(4);
      for (int group = 0; group < groups; group++) {
        int payloads = 1 + random.nextInt(3);
        for (int i = 0; i < payloads; i++) {
          append(segment);
        }
        segment.sync();
        acknowledge(segment.id());
      }
      if (random.nextBoolean()) {
        append(segment);
      }
    }

    private void append(OpenSegment segment) {
      Payload payload = Payloads.sized(random.nextLong(), random.nextInt(400));
      List<String> all = appended.computeIfAbsent(segment.id(), id -> new ArrayList<>());
      // Before the call: power may go when all of it is written.
      all.add(Payloads.copy(payload));
      if (!segment.append(payload)) {
        all.removeLast();
      }
    }

    private void acknowledge(SegmentId id) {
      int size = appended.getOrDefault(id, List.of()).size();
      if (size > 0) {
        acknowledged.put(id, size);
      }
    }
  }
}
