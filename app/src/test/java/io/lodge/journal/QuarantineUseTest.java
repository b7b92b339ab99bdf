package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is in quarantine takes room, is counted, and can be taken away. */
class QuarantineUseTest {
  private static final JournalOptions SMALL = new JournalOptions(10_000, 0, 7);

  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));

  private Journal reopened() throws IOException {
    disk.kill();
    return Journal.open(disk, SMALL, InstantSource.system(), new Random(2));
  }

  private static ClosedSegment segment(Journal journal, int length) {
    OpenSegment segment = journal.begin(RulesId.NONE);
    assertThat(segment.append(Payloads.sized(1, length))).isTrue();
    return segment.close();
  }

  private long inFolderBytes() {
    return disk.list("quarantine").stream()
        .mapToLong(name -> disk.bytes("quarantine/" + name).length)
        .sum();
  }

  @Test
  void countsAgainstTheBudgetNowAndAfterARestart() throws Exception {
    Journal journal = reopened();
    segment(journal, 6000).quarantine("a test says so");
    for (Journal now : List.of(journal, reopened())) {
      assertThat(now.quarantineFiles()).isOne();
      assertThat(now.quarantineBytes()).isEqualTo(inFolderBytes()).isGreaterThan(6000);
      assertThat(now.quarantineIsLarge()).isTrue();
      assertThat(now.sizeBytes()).isZero();
      assertThat(now.begin(RulesId.NONE).append(Payloads.sized(2, 5000))).isFalse();
    }
  }

  @Test
  void whatAPersonTakesAwayGivesItsRoomBack() throws Exception {
    Journal journal = reopened();
    segment(journal, 6000).quarantine("a test says so");
    for (String name : disk.list("quarantine")) {
      disk.delete("quarantine/" + name);
    }
    assertThat(journal.begin(RulesId.NONE).append(Payloads.sized(2, 5000))).isTrue();
    assertThat(journal.quarantineBytes()).isZero();
    assertThat(journal.quarantineIsLarge()).isFalse();
  }

  @Test
  void aLittleIsNotLarge() throws Exception {
    Journal journal = reopened();
    assertThat(journal.quarantineBytes()).isZero();
    segment(journal, 1000).quarantine("a test says so");
    assertThat(journal.quarantineFiles()).isOne();
    assertThat(journal.quarantineIsLarge()).isFalse();
  }

  @Test
  void theDamagedOriginalCountsBesideWhatWasSalvaged() throws Exception {
    segment(reopened(), 1000);
    String name =
        disk.list("").stream().filter(n -> n.endsWith(".closed")).findFirst().orElseThrow();
    byte[] bytes = disk.bytes(name);
    bytes[bytes.length - 1] ^= 1;
    disk.replace(name, bytes);
    Journal journal = reopened();
    assertThat(journal.quarantineBytes()).isEqualTo(inFolderBytes()).isGreaterThan(1000);
    assertThat(journal.sizeBytes()).isEqualTo(journal.leftovers().getFirst().sizeBytes());
  }
}
