package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sectors that the disk does not give back cost what is in them, and not the start. */
class UnreadableTest {
  private static final JournalOptions ROOMY = new JournalOptions(1L << 30, 0, 7);
  private static final int SECTOR_BYTES = 4096;

  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
  private final List<String> written = new ArrayList<>();
  private OpenSegment segment;

  @BeforeEach
  void open() throws IOException {
    segment = restarted().begin(RulesId.NONE);
    for (int i = 0; i < 4; i++) {
      var payload = Payloads.sized(i, 3 * SECTOR_BYTES);
      segment.append(payload);
      segment.sync();
      written.add(Payloads.copy(payload));
    }
  }

  private Journal restarted() throws IOException {
    disk.kill();
    return Journal.open(disk, ROOMY, InstantSource.system(), new Random(2));
  }

  private String name(String ending) {
    return segment.id() + ending;
  }

  private List<String> withoutTheSecond() {
    return List.of(written.get(0), written.get(2), written.get(3));
  }

  /** A bad sector under rules must not keep a gateway from starting with the same rules. */
  @Test
  void unreadableRulesAreAsGoodAsGoneAndAreWrittenAnew() throws Exception {
    byte[] text = "keep: it\n".getBytes(StandardCharsets.UTF_8);
    try (Journal journal = restarted()) {
      RulesId id = journal.keepRules(text);
      disk.makeUnreadable(id.hex() + ".rules", 0, 64);
      assertThat(journal.rulesText(id)).isEmpty();
      assertThat(journal.keepRules(text)).isEqualTo(id);
      assertThat(journal.rulesText(id)).hasValue(text);
    }
  }

  @Test
  void ofAnOpenSegmentWhatIsBesideAnUnreadableSectorIsSalvaged() throws Exception {
    disk.makeUnreadable(name(".open"), 4 * SECTOR_BYTES, 5 * SECTOR_BYTES);
    Journal journal = restarted();
    assertThat(Payloads.read(journal.leftovers().getFirst())).isEqualTo(withoutTheSecond());
    assertThat(journal.counters().quarantined()).isOne();
    assertThat(journal.counters().tornTails()).isZero();
    assertThat(new Inspection(disk, false).run().quarantine())
        .singleElement()
        .satisfies(file -> {
          assertThat(file.name()).isEqualTo(name(".open"));
          assertThat(file.reason()).contains("3 intact payloads were salvaged");
        });
  }

  @Test
  void theUnreadableEndOfAnOpenSegmentMayHaveBeenAcknowledged() throws Exception {
    disk.makeUnreadable(name(".open"), 10 * SECTOR_BYTES, Long.MAX_VALUE);
    Journal journal = restarted();
    assertThat(Payloads.read(journal.leftovers().getFirst())).isEqualTo(written.subList(0, 3));
    assertThat(journal.counters().quarantined()).isOne();
  }

  @Test
  void anOpenSegmentThatCannotBeReadAtAllIsKeptAndTheGatewayStarts() throws Exception {
    disk.makeUnreadable(name(".open"), 0, Long.MAX_VALUE);
    Journal journal = restarted();
    assertThat(journal.leftovers()).isEmpty();
    assertThat(journal.counters().quarantined()).isOne();
    assertThat(disk.list("quarantine")).contains(name(".open"));
  }

  @Test
  void ofAClosedSegmentWhatIsBesideAnUnreadableSectorIsSalvaged() throws Exception {
    segment.close();
    disk.makeUnreadable(name(".closed"), 4 * SECTOR_BYTES, 5 * SECTOR_BYTES);
    ClosedSegment left = restarted().leftovers().getFirst();
    assertThat(Payloads.read(left.salvage("found while sending").orElseThrow()))
        .isEqualTo(withoutTheSecond());
  }

  @Test
  void theUnreadableHeaderOfAClosedSegmentCostsThePayloadBesideIt() throws Exception {
    segment.close();
    disk.makeUnreadable(name(".closed"), 0, SECTOR_BYTES);
    Journal journal = restarted();
    assertThat(Payloads.read(journal.leftovers().getFirst())).isEqualTo(written.subList(1, 4));
    assertThat(journal.counters().quarantined()).isOne();
  }

  @Test
  void theUnreadableFooterOfAClosedSegmentCostsThePayloadBesideIt() throws Exception {
    segment.close();
    long end = disk.bytes(name(".closed")).length;
    disk.makeUnreadable(name(".closed"), end - 10, end);
    List<String> left = Payloads.read(restarted().leftovers().getFirst());
    assertThat(written).startsWith(left.toArray(String[]::new));
    assertThat(left).hasSizeGreaterThanOrEqualTo(3);
  }
}
