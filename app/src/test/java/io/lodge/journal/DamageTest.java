package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that are not as they were written, and disks that fail. */
class DamageTest {
  private static final JournalOptions ROOMY = new JournalOptions(1L << 30, 0, 1);

  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
  private final List<String> written = new ArrayList<>();
  private Journal journal;
  private OpenSegment segment;

  @BeforeEach
  void open() throws IOException {
    journal = reopened();
    segment = journal.begin(RulesId.NONE);
  }

  private Journal reopened() throws IOException {
    disk.kill();
    return Journal.open(disk, ROOMY, InstantSource.system(), new Random(2));
  }

  private void append(int... lengths) {
    for (int length : lengths) {
      var payload = Payloads.sized(written.size(), length);
      assertThat(segment.append(payload)).isTrue();
      written.add(Payloads.copy(payload));
    }
  }

  private void group(int... lengths) {
    append(lengths);
    segment.sync();
  }

  private String openName() {
    return segment.id() + ".open";
  }

  private String closedName() {
    return segment.id() + ".closed";
  }

  private List<String> recovered() throws Exception {
    List<String> all = new ArrayList<>();
    for (ClosedSegment left : reopened().leftovers()) {
      all.addAll(Payloads.read(left));
    }
    return all;
  }

  @Test
  void everyFlippedByteOfAClosedSegmentIsNoticed() throws Exception {
    group(10, 0);
    group(30);
    ClosedSegment closed = segment.close();
    byte[] whole = disk.bytes(closedName());
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      disk.replace(closedName(), flipped);
      assertThatThrownBy(() -> Payloads.read(closed))
          .as("byte %d", at)
          .isInstanceOf(DamagedSegmentException.class);
    }
    disk.replace(closedName(), whole);
    assertThatCode(() -> Payloads.read(closed)).doesNotThrowAnyException();
  }

  @Test
  void everyFlippedByteOfAClosedSegmentIsKeptAndReportedAfterARestart() throws Exception {
    group(10, 0);
    segment.close();
    byte[] whole = disk.bytes(closedName());
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      disk.replace(closedName(), flipped);
      Journal next = reopened();
      ClosedSegment left = next.leftovers().getFirst();
      boolean found = next.counters().quarantined() == 1;
      if (!found) {
        assertThatThrownBy(() -> Payloads.read(left)).isInstanceOf(DamagedSegmentException.class);
      }
      List<String> salvaged = Payloads.read(found ? left : left.salvage("damaged").orElseThrow());
      assertThat(next.counters().quarantined()).as("byte %d", at).isEqualTo(1);
      assertThat(written).containsSubsequence(salvaged);
      assertThat(salvaged).as("byte %d", at).hasSizeGreaterThanOrEqualTo(written.size() - 1);
      assertKept(segment.id() + ".damaged", flipped);
    }
  }

  /** In quarantine, with a reason; and gone from there for the next round of the test. */
  private void assertKept(String name, byte[] bytes) {
    assertThat(disk.bytes("quarantine/" + name)).isEqualTo(bytes);
    assertThat(disk.list("quarantine")).containsExactly(name, name + ".reason");
    disk.delete("quarantine/" + name);
    disk.delete("quarantine/" + name + ".reason");
  }

  @Test
  void anIntactFrameInAnotherPlaceIsNoticed() {
    group(50, 50);
    ClosedSegment closed = segment.close();
    byte[] whole = disk.bytes(closedName());
    int frameBytes = (int) (closed.sizeBytes() - 96 - 20 - 36) / 2;
    byte[] swapped = whole.clone();
    System.arraycopy(whole, 96, swapped, 96 + frameBytes, frameBytes);
    System.arraycopy(whole, 96 + frameBytes, swapped, 96, frameBytes);
    disk.replace(closedName(), swapped);
    assertThatThrownBy(() -> Payloads.read(closed)).isInstanceOf(DamagedSegmentException.class);
  }

  @Test
  void anIntactFrameOfAnotherSegmentIsNoticed() {
    group(50);
    segment.close();
    byte[] other = disk.bytes(closedName());
    segment = journal.begin(RulesId.NONE);
    group(50);
    ClosedSegment closed = segment.close();
    byte[] mixed = disk.bytes(closedName());
    System.arraycopy(other, 96, mixed, 96, mixed.length - 96 - 36);
    disk.replace(closedName(), mixed);
    assertThatThrownBy(() -> Payloads.read(closed)).isInstanceOf(DamagedSegmentException.class);
  }

  @Test
  void aClosedSegmentCutAnywhereIsDamagedAndItsBeginningIsSalvaged() throws Exception {
    group(10, 20);
    segment.close();
    byte[] whole = disk.bytes(closedName());
    int most = 0;
    for (int size = 0; size < whole.length; size++) {
      disk.delete(closedName());
      disk.replace(closedName(), Arrays.copyOf(whole, size));
      Journal next = reopened();
      assertThat(next.counters().quarantined()).as("size %d", size).isEqualTo(1);
      List<String> salvaged = new ArrayList<>();
      for (ClosedSegment left : next.leftovers()) {
        salvaged.addAll(Payloads.read(left));
      }
      assertThat(salvaged).isEqualTo(written.subList(0, salvaged.size()));
      assertThat(salvaged).hasSizeGreaterThanOrEqualTo(most);
      most = salvaged.size();
      assertKept(segment.id() + ".damaged", Arrays.copyOf(whole, size));
    }
    assertThat(most).isEqualTo(written.size());
  }

  @Test
  void cutAnywhereInTheLastGroupTheSyncedGroupsStay() throws Exception {
    group(10, 20);
    group(5);
    int synced = written.size();
    int syncedBytes = (int) segment.sizeBytes();
    append(30, 0, 40);
    byte[] whole = disk.bytes(openName());
    String name = openName();
    for (int size = syncedBytes; size <= whole.length; size++) {
      disk.delete(closedName());
      disk.replace(name, Arrays.copyOf(whole, size));
      List<String> recovered = recovered();
      assertThat(recovered).as("size %d", size).hasSizeGreaterThanOrEqualTo(synced);
      assertThat(recovered).isEqualTo(written.subList(0, recovered.size()));
      assertThat(disk.list("")).contains(closedName());
    }
    assertThat(recovered()).isEqualTo(written);
  }

  @Test
  void aTornTailIsCutAndItsBytesAreKept() throws Exception {
    group(10);
    int syncedBytes = (int) segment.sizeBytes();
    append(30);
    byte[] whole = disk.bytes(openName());
    byte[] torn = Arrays.copyOf(whole, whole.length - 3);
    disk.replace(openName(), torn);
    Journal next = reopened();
    assertThat(Payloads.read(next.leftovers().getFirst())).isEqualTo(written.subList(0, 1));
    assertThat(next.counters().tornTails()).isEqualTo(1);
    assertThat(disk.bytes("quarantine/" + segment.id() + ".tail"))
        .isEqualTo(Arrays.copyOfRange(torn, syncedBytes, torn.length));
  }

  @Test
  void aTailOfZerosIsCutAndNotKept() throws Exception {
    group(10);
    byte[] whole = disk.bytes(openName());
    disk.replace(openName(), Arrays.copyOf(whole, whole.length + 5000));
    assertThat(recovered()).isEqualTo(written);
    assertThat(disk.list("quarantine")).isEmpty();
  }

  @Test
  void damageOfSyncedDataIsSalvagedAndTheOriginalKept() throws Exception {
    group(10, 20, 30);
    int firstGroupBytes = (int) segment.sizeBytes() - Format.MARK_BYTES;
    group(40);
    append(50);
    byte[] whole = disk.bytes(openName());
    for (int at = 0; at < firstGroupBytes; at++) {
      disk.delete(closedName());
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x40;
      disk.replace(openName(), flipped);
      Journal next = reopened();
      assertThat(next.counters().quarantined()).as("byte %d", at).isEqualTo(1);
      assertKept(openName(), flipped);
      List<String> salvaged = Payloads.read(next.leftovers().getFirst());
      assertThat(next.leftovers().getFirst().id()).isEqualTo(segment.id());
      assertThat(written).containsSubsequence(salvaged);
      assertThat(salvaged).hasSize(at < Format.HEADER_BYTES ? 5 : 4);
    }
  }

  @Test
  void aSalvageCutShortByAPowerLossIsDoneAgain() throws Exception {
    group(10, 20);
    group(30);
    byte[] flipped = disk.bytes(openName());
    flipped[Format.HEADER_BYTES + 20] ^= 1;
    for (int operations = 0; operations < 40; operations++) {
      for (String name : disk.list("")) {
        disk.delete(name);
      }
      disk.syncDir("");
      disk.replace(openName(), flipped);
      disk.kill();
      disk.losePowerAfter(operations);
      try {
        Journal.open(disk, ROOMY, InstantSource.system(), new Random(3)).close();
      } catch (SimulatedDisk.PowerLoss | IOException lost) {
        disk.restart();
      }
      assertThat(recovered()).as("after %d", operations).isEqualTo(written.subList(1, 3));
      assertThat(disk.bytes("quarantine/" + openName())).isEqualTo(flipped);
    }
  }

  @Test
  void aFailedForceIsFatal() {
    append(10);
    disk.failForceAfter(0);
    assertThatThrownBy(() -> segment.sync()).isInstanceOf(JournalFailure.class);
    assertThatThrownBy(() -> segment.sync()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> segment.close()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFailedSyncOfTheDirectoryIsFatal() {
    append(10);
    disk.failForceAfter(1);
    assertThatThrownBy(() -> segment.sync()).isInstanceOf(JournalFailure.class);
  }

  @Test
  void aFailedAppendIsFatal() {
    append(10);
    disk.failAppendAfter(0);
    assertThatThrownBy(() -> append(10)).isInstanceOf(JournalFailure.class);
  }

  @Test
  void aFullDiskRefusesAndLeavesTheSegmentAsItWas() throws Exception {
    group(100);
    long before = segment.sizeBytes();
    disk.capacity(disk.bytes("gateway").length + before + 60);
    var large = Payloads.sized(99, 400_000);
    assertThat(journal.begin(RulesId.NONE).append(large)).isFalse();
    assertThat(segment.append(large)).isFalse();
    assertThat(segment.sizeBytes()).isEqualTo(before);
    disk.capacity(Long.MAX_VALUE);
    group(50);
    assertThat(recovered()).isEqualTo(written);
  }

  @Test
  void aFullDiskThatTheFloorDidNotForeseeRefusesToo() throws Exception {
    group(100);
    long before = disk.bytes(openName()).length;
    disk.capacity(disk.bytes("gateway").length + before + 100);
    // The journal was told of free space before, and trusts that for a while.
    assertThat(segment.append(Payloads.sized(9, 5000))).isFalse();
    assertThat(disk.bytes(openName())).hasSize((int) before);
    assertThat(journal.begin(RulesId.NONE).append(Payloads.sized(9, 5000))).isFalse();
    assertThat(disk.list("")).containsExactlyInAnyOrder("gateway", openName());
    ClosedSegment closed = segment.close();
    assertThat(Payloads.read(closed)).isEqualTo(written);
    assertThat(recovered()).isEqualTo(written);
  }

  @Test
  void aSegmentEndsWithoutAFooterWhenTheDiskIsFull() throws Exception {
    group(100);
    disk.capacity(disk.bytes("gateway").length + disk.bytes(openName()).length);
    ClosedSegment closed = segment.close();
    assertThat(Payloads.read(closed)).isEqualTo(written);
    assertThat(journal.sizeBytes()).isEqualTo(closed.sizeBytes());
    disk.capacity(Long.MAX_VALUE);
    assertThat(recovered()).isEqualTo(written);
    assertThat(disk.list("")).contains(closedName());
  }

  @Test
  void aSegmentTheDiskCannotReadIsDamaged() {
    group(10);
    ClosedSegment closed = segment.close();
    disk.failReads(true);
    assertThatThrownBy(() -> Payloads.read(closed)).isInstanceOf(DamagedSegmentException.class);
  }

  @Test
  void inspectionFindsDamageAndChangesNothing() throws Exception {
    group(10, 20);
    segment.close();
    byte[] flipped = disk.bytes(closedName());
    flipped[Format.HEADER_BYTES + 15] ^= 1;
    disk.replace(closedName(), flipped);
    assertThat(new Inspection(disk, false).run().segments().getFirst().damage()).isEmpty();
    assertThat(new Inspection(disk, true).run().segments().getFirst().damage())
        .contains("no intact frame at byte 96");
    disk.replace(closedName(), Arrays.copyOf(flipped, 100));
    assertThat(new Inspection(disk, false).run().segments().getFirst().damage()).contains("footer");
    assertThat(disk.bytes(closedName())).hasSize(100);
  }
}
