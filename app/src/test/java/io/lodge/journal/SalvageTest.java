package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One wrong bit costs one payload, not a segment; and a sound file is never taken for a bad one.
 */
class SalvageTest {
  private static final JournalOptions ROOMY = new JournalOptions(1L << 30, 0, 7);

  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
  private final List<String> written = new ArrayList<>();
  private Journal journal;
  private OpenSegment segment;

  @BeforeEach
  void open() throws IOException {
    journal = reopened(disk);
    segment = journal.begin(RulesId.NONE);
    for (int i = 0; i < 4; i++) {
      var payload = Payloads.sized(i, 50);
      segment.append(payload);
      segment.sync();
      written.add(Payloads.copy(payload));
    }
  }

  private static Journal reopened(Disk disk) throws IOException {
    return Journal.open(disk, ROOMY, InstantSource.system(), new Random(2));
  }

  private Journal restarted() throws IOException {
    disk.kill();
    return reopened(disk);
  }

  private String name(String ending) {
    return segment.id() + ending;
  }

  /** Flips a bit in the second payload. */
  private byte[] damage(String name) {
    byte[] bytes = disk.bytes(name);
    int frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(Format.HEADER_BYTES);
    bytes[Format.HEADER_BYTES + Format.PREFIX_BYTES + frame + Format.MARK_BYTES + 30] ^= 1;
    disk.replace(name, bytes);
    return bytes;
  }

  private List<String> withoutTheSecond() {
    return List.of(written.get(0), written.get(2), written.get(3));
  }

  @Test
  void aDamagedClosedSegmentGivesUpOnlyTheDamagedPayload() throws Exception {
    ClosedSegment closed = segment.close();
    byte[] damaged = damage(name(".closed"));
    ClosedSegment salvaged = closed.salvage("found while sending").orElseThrow();
    assertThat(salvaged.id()).isEqualTo(closed.id());
    assertThat(salvaged.decoderRevision()).isEqualTo(7);
    assertThat(Payloads.read(salvaged)).isEqualTo(withoutTheSecond());
    assertThat(disk.bytes("quarantine/" + name(".damaged"))).isEqualTo(damaged);
    assertThat(new Inspection(disk, true).run().quarantine().getFirst().reason())
        .isEqualTo("found while sending; 3 intact payloads were salvaged");
    assertThat(journal.segments()).isEqualTo(1);
    assertThat(journal.sizeBytes()).isEqualTo(salvaged.sizeBytes());
    assertThat(journal.counters().quarantined()).isEqualTo(1);
  }

  @Test
  void whatASalvageKeptIsNotOverwrittenByTheNext() throws Exception {
    ClosedSegment closed = segment.close();
    byte[] first = damage(name(".closed"));
    ClosedSegment salvaged = closed.salvage("once").orElseThrow();
    byte[] second = damage(name(".closed"));
    assertThat(Payloads.read(salvaged.salvage("twice").orElseThrow())).hasSize(2);
    assertThat(disk.bytes("quarantine/" + name(".damaged"))).isEqualTo(first);
    assertThat(disk.bytes("quarantine/" + name(".damaged.2"))).isEqualTo(second);
    assertThat(new Inspection(disk, false).run().quarantine())
        .extracting(JournalReport.Quarantined::reason)
        .allMatch(reason -> !reason.isEmpty());
  }

  @Test
  void aSegmentOnlyItsVisitorCannotReadGoesToQuarantineWhole() throws Exception {
    ClosedSegment closed = segment.close();
    assertThat(closed.salvage("the decoder refuses it")).isEmpty();
    assertThat(disk.list("")).doesNotContain(name(".closed"), name(".damaged"));
    assertThat(disk.list("quarantine")).contains(name(".closed"));
  }

  @Test
  void aSegmentOfWhichOnlyTheEndIsDamagedIsDeliveredWhole() throws Exception {
    segment.close();
    byte[] bytes = disk.bytes(name(".closed"));
    bytes[bytes.length - 1] ^= 1;
    disk.replace(name(".closed"), bytes);
    Journal next = restarted();
    assertThat(Payloads.read(next.leftovers().getFirst())).isEqualTo(written);
    assertThat(next.counters().quarantined()).isEqualTo(1);
  }

  @Test
  void aSalvageCutShortAtAnyPointIsDoneAgain() throws Exception {
    segment.close();
    byte[] whole = disk.bytes(name(".closed"));
    whole[whole.length - 1] ^= 1;
    boolean cut = true;
    for (int operations = 0; cut; operations++) {
      SimulatedDisk one = new SimulatedDisk(new Random(operations));
      one.replace(name(".closed"), whole);
      one.losePowerAfter(operations);
      try {
        reopened(one);
        cut = false;
      } catch (SimulatedDisk.PowerLoss lost) {
        one.restart();
      }
      one.kill();
      Journal next = reopened(one);
      assertThat(next.leftovers()).as("after %d", operations).hasSize(1);
      assertThat(Payloads.read(next.leftovers().getFirst())).isEqualTo(written);
      assertThat(one.bytes("quarantine/" + name(".damaged"))).isEqualTo(whole);
      assertThat(one.list("")).containsExactly(name(".closed"), "gateway");
    }
  }

  @Test
  void onAFullDiskADamagedSegmentWaitsForTheNextStart() throws Exception {
    ClosedSegment closed = segment.close();
    damage(name(".closed"));
    disk.capacity(100);
    assertThat(closed.salvage("found while sending")).isEmpty();
    assertThat(disk.list("")).contains(name(".damaged")).doesNotContain(name(".tmp"));
    assertThat(new Inspection(disk, false).run().segments().getFirst().damage())
        .contains("next start");
    disk.capacity(Long.MAX_VALUE);
    assertThat(Payloads.read(restarted().leftovers().getFirst())).isEqualTo(withoutTheSecond());
  }

  @Test
  void whatTheDiskCannotReadIsKeptAndTheGatewayStarts() throws Exception {
    ClosedSegment closed = segment.close();
    disk.failReads(true);
    assertThat(closed.salvage("input/output error")).isEmpty();
    disk.failReads(false);
    assertThat(disk.list("quarantine")).contains(name(".damaged"));
    assertThat(restarted().leftovers()).isEmpty();
  }

  @Test
  void aFileThatCannotBeOpenedIsNotTakenForADamagedOne() throws Exception {
    segment.close();
    disk.kill();
    Disk outOfFiles = new ReadsRefused(disk);
    assertThatThrownBy(() -> reopened(outOfFiles)).hasMessageContaining("Too many open files");
    assertThat(Payloads.read(restarted().leftovers().getFirst())).isEqualTo(written);
  }

  /** A body may hold what looks like the beginnings of many long frames. */
  @Test
  @Timeout(30)
  void aTornTailIsSearchedInTimeThatItsSizeSays() throws Exception {
    byte[] bytes = disk.bytes(name(".open"));
    byte[] torn = Arrays.copyOf(bytes, bytes.length + (16 << 20));
    ByteBuffer tail = ByteBuffer.wrap(torn).order(ByteOrder.LITTLE_ENDIAN).position(bytes.length);
    while (tail.remaining() >= 12) {
      tail.putInt(8 << 20).putInt(7).putInt(0x0101);
    }
    disk.replace(name(".open"), torn);
    long startNanos = System.nanoTime();
    assertThat(Payloads.read(restarted().leftovers().getFirst())).isEqualTo(written);
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aTornFileWithoutAPayloadIsNotDeletedWhileItsBytesCannotBeKept() throws Exception {
    SegmentId id = new SegmentId(1, 2, 3);
    disk.replace(id + ".open", new byte[] {1, 2, 3});
    disk.capacity(disk.bytes("gateway").length);
    disk.kill();
    assertThat(reopened(disk).leftovers()).hasSize(1);
    assertThat(disk.bytes(id + ".open")).containsExactly(1, 2, 3);
  }

  @Test
  void aFullDiskDoesNotKeepTheGatewayFromStartingToDrainIt() throws Exception {
    segment.close();
    disk.kill();
    disk.capacity(0);
    Journal next = reopened(disk);
    assertThat(Payloads.read(next.leftovers().getFirst())).isEqualTo(written);
    assertThat(next.begin(RulesId.NONE).id())
        .isNotEqualTo(segment.id())
        .isGreaterThan(segment.id());
    assertThat(disk.list("")).containsExactly(name(".closed"), "gateway");
  }

  /** A disk whose process has no file descriptors left for segments. */
  private record ReadsRefused(Disk disk) implements Disk {
    @Override
    public DiskReader read(String name) throws IOException {
      if (name.endsWith(Names.CLOSED)) {
        throw new FileNotFoundException(name + " (Too many open files)");
      }
      return disk.read(name);
    }

    @Override
    public Optional<Closeable> lock(String name) throws IOException {
      return disk.lock(name);
    }

    @Override
    public List<String> list(String folder) throws IOException {
      return disk.list(folder);
    }

    @Override
    public DiskWriter create(String name) throws IOException {
      return disk.create(name);
    }

    @Override
    public DiskWriter append(String name) throws IOException {
      return disk.append(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
      disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
      disk.delete(name);
    }

    @Override
    public void syncDir(String folder) throws IOException {
      disk.syncDir(folder);
    }

    @Override
    public long freeBytes() throws IOException {
      return disk.freeBytes();
    }
  }
}
