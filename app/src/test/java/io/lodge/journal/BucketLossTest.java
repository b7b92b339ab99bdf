package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.bucket.BucketFault;
import io.lodge.bucket.SimulatedBucket;
import io.lodge.journal.SegmentBucket.Fetch;
import io.lodge.model.Payload;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Lives of a gateway on a simulated disk and a bucket that fails, each ended by a kill or a power
 * loss at any operation, from a seed. After all of them: every segment that was acknowledged is
 * delivered, or whole on the disk or in the bucket, or put aside and counted.
 */
class BucketLossTest {
  private static final int SEEDS = 2000;

  @Test
  void nothingIsLostBetweenDiskAndBucketInAnyOfManyLives() {
    int moved = 0;
    int fetched = 0;
    int faults = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        Gateway gateway = new Gateway(seed);
        gateway.liveSeveralTimes();
        moved += gateway.moved;
        fetched += gateway.fetched;
        faults += gateway.faults;
      } catch (Throwable broken) {
        throw new AssertionError("fails with seed " + seed, broken);
      }
    }
    assertThat(moved).as("it is tried").isGreaterThan(SEEDS);
    assertThat(fetched).isGreaterThan(SEEDS);
    assertThat(faults).isGreaterThan(SEEDS);
  }

  private static final class Gateway {
    private final Random random;
    private final SimulatedDisk disk;
    private final SimulatedBucket bucket;
    private final Map<SegmentId, List<String>> acknowledged = new HashMap<>();
    private final Set<SegmentId> delivered = new HashSet<>();
    private final Set<SegmentId> damaged = new HashSet<>();
    private final List<ClosedSegment> here = new ArrayList<>();
    private final List<SegmentInBucket> away = new ArrayList<>();
    private int moved;
    private int fetched;
    private int faults;

    Gateway(long seed) {
      random = new Random(seed);
      disk = new SimulatedDisk(random);
      bucket = new SimulatedBucket(random, () -> Instant.EPOCH);
    }

    void liveSeveralTimes() throws Exception {
      int lives = 1 + random.nextInt(4);
      for (int life = 0; life < lives; life++) {
        bucket.fail(random.nextInt(3) * 0.15);
        if (random.nextInt(4) != 0) {
          disk.losePowerAfter(random.nextInt(150));
        }
        if (random.nextInt(4) == 0) {
          disk.capacity(2000 + random.nextInt(20_000));
        }
        boolean killed = live();
        disk.capacity(Long.MAX_VALUE);
        if (killed) {
          disk.kill();
        } else {
          disk.restart();
        }
      }
      bucket.fail(0);
      bucket.damageDownloads(0);
      try (Journal journal = open()) {
        checkAll(journal);
      }
    }

    private Journal open() throws IOException {
      Instant now = Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt(3));
      return Journal.open(
          disk, new JournalOptions(1 << 20, 0, 1), () -> now, new Random(random.nextLong()));
    }

    private boolean live() throws Exception {
      here.clear();
      away.clear();
      try (Journal journal = open()) {
        here.addAll(journal.leftovers());
        SegmentBucket segments = journal.in(bucket);
        boolean seen = false;
        int steps = 5 + random.nextInt(40);
        for (int i = 0; i < steps; i++) {
          try {
            if (!seen) {
              away.addAll(segments.takeOver(segments.gateway()));
              seen = true;
            }
            step(journal, segments);
          } catch (BucketFault again) {
            faults++;
          }
        }
        return random.nextBoolean();
      } catch (SimulatedDisk.PowerLoss | JournalFailure | IOException ended) {
        return false;
      }
    }

    private void step(Journal journal, SegmentBucket segments) throws Exception {
      switch (random.nextInt(6)) {
        case 0 -> accept(journal);
        case 1 -> move(segments);
        case 2 -> fetch(segments);
        case 3 -> deliver();
        case 4 -> segments.doDuty();
        default -> backToBucket();
      }
    }

    private void accept(Journal journal) {
      OpenSegment open = journal.begin(RulesId.NONE);
      List<String> payloads = new ArrayList<>();
      int count = 1 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        Payload payload = Payloads.sized(random.nextLong(), random.nextInt(500));
        if (open.append(payload)) {
          payloads.add(Payloads.copy(payload));
        }
      }
      open.sync();
      if (!payloads.isEmpty()) {
        acknowledged.put(open.id(), payloads);
      }
      ClosedSegment closed = open.close();
      if (!payloads.isEmpty()) {
        here.add(closed);
      }
    }

    private void move(SegmentBucket segments) throws BucketFault {
      Optional<ClosedSegment> one = here.stream().filter(ClosedSegment::isMovable).findFirst();
      if (one.isPresent()) {
        try {
          away.add(segments.move(one.get()));
          here.remove(one.get());
          moved++;
        } catch (DamagedSegmentException damaged) {
          throw new AssertionError(damaged);
        }
      }
    }

    private void fetch(SegmentBucket segments) throws BucketFault {
      if (away.isEmpty()) {
        return;
      }
      SegmentInBucket object = away.get(random.nextInt(away.size()));
      bucket.damageDownloads(random.nextInt(8) == 0 ? 1 + random.nextInt(2) : 0);
      if (random.nextInt(20) == 0) {
        bucket.damage(object.name());
        damaged.add(object.id());
      }
      switch (segments.fetch(object)) {
        case Fetch.Whole whole -> {
          away.remove(object);
          here.add(whole.segment());
          fetched++;
        }
        case Fetch.Damaged twice -> {
          assertThat(damaged).contains(object.id());
          away.remove(object);
          twice.intact().ifPresent(here::add);
        }
        case Fetch.Gone gone -> throw new AssertionError(object + " is gone");
        case Fetch.NoRoom noRoom -> {}
      }
    }

    private void deliver() {
      if (!here.isEmpty()) {
        ClosedSegment one = here.remove(random.nextInt(here.size()));
        // ClickHouse has it before the segment is deleted.
        delivered.add(one.id());
        one.delete();
      }
    }

    private void backToBucket() {
      here.stream()
          .filter(ClosedSegment::isFetched)
          .findFirst()
          .ifPresent(copy -> {
            away.add(copy.backToBucket().orElseThrow());
            here.remove(copy);
          });
    }

    private void checkAll(Journal journal) throws Exception {
      SegmentBucket segments = journal.in(bucket);
      Map<SegmentId, List<String>> found = new HashMap<>();
      for (SegmentInBucket object : segments.takeOver(segments.gateway())) {
        if (segments.fetch(object) instanceof Fetch.Whole(ClosedSegment copy)) {
          found.put(copy.id(), Payloads.read(copy));
        }
      }
      for (ClosedSegment left : journal.leftovers()) {
        found.put(left.id(), Payloads.read(left));
      }
      acknowledged.forEach((id, payloads) -> {
        if (!delivered.contains(id) && !damaged.contains(id)) {
          assertThat(found)
              .as("segment %s; bucket %s; disk %s", id, bucket.names(), disk.list(""))
              .containsKey(id);
          assertThat(found.get(id)).as("segment " + id).isEqualTo(payloads);
        }
      });
      List<String> names = new ArrayList<>(bucket.names());
      names.addAll(disk.list(Disk.QUARANTINE));
      for (SegmentId id : damaged) {
        // A person finds its bytes, unless it was delivered, or whole on the disk all the time.
        boolean kept = names.stream().anyMatch(name -> name.contains(id.toString()));
        assertThat(kept || delivered.contains(id) || found.containsKey(id))
            .as("segment " + id)
            .isTrue();
      }
    }
  }
}
