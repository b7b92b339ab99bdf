package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules a segment names are there for as long as it is. */
class KeptRulesTest {
  private static final JournalOptions ROOMY = new JournalOptions(1 << 30, 0, 1);
  private static final byte[] TEXT = "keep: it\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path dir;

  @Test
  void areFoundByASegmentAfterARestart() {
    RulesId id = writeSegmentUnder(TEXT);
    try (Journal journal = Journal.open(dir, ROOMY)) {
      assertThat(journal.leftovers().getFirst().rules()).isEqualTo(id);
      assertThat(journal.rulesText(id)).hasValue(TEXT);
    }
  }

  @Test
  void goWhenNoSegmentNamesThem() {
    RulesId id = writeSegmentUnder(TEXT);
    try (Journal journal = Journal.open(dir, ROOMY)) {
      journal.leftovers().getFirst().delete();
    }
    try (Journal journal = Journal.open(dir, ROOMY)) {
      assertThat(journal.rulesText(id)).isEmpty();
    }
  }

  /** A person may move it back. */
  @Test
  void stayForASegmentInQuarantine() {
    RulesId id = writeSegmentUnder(TEXT);
    try (Journal journal = Journal.open(dir, ROOMY)) {
      journal.leftovers().getFirst().quarantine("for a test");
    }
    for (int start = 0; start < 2; start++) {
      try (Journal journal = Journal.open(dir, ROOMY)) {
        assertThat(journal.rulesText(id)).hasValue(TEXT);
      }
    }
  }

  @Test
  void areNotFoundIfTheirFileIsDamaged() throws Exception {
    RulesId id = writeSegmentUnder(TEXT);
    Files.writeString(dir.resolve(id.hex() + ".rules"), "keep: at\n");
    try (Journal journal = Journal.open(dir, ROOMY)) {
      assertThat(journal.rulesText(id)).isEmpty();
    }
  }

  @Test
  void areLostWithTheHeaderThatNamedThem() throws Exception {
    writeSegmentUnder(TEXT);
    Path segment;
    try (var files = Files.list(dir)) {
      segment = files.filter(file -> file.toString().endsWith(".closed")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(segment);
    bytes[45] ^= 1;
    Files.write(segment, bytes);
    try (Journal journal = Journal.open(dir, ROOMY)) {
      assertThat(journal.leftovers().getFirst().rules()).isEqualTo(RulesId.LOST);
    }
  }

  @Test
  void noRulesNeedNoFile() throws Exception {
    assertThat(writeSegmentUnder(new byte[0])).isEqualTo(RulesId.NONE);
    try (Journal journal = Journal.open(dir, ROOMY);
        var files = Files.list(dir)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".rules"));
      assertThat(journal.rulesText(RulesId.NONE)).hasValue(new byte[0]);
    }
  }

  private RulesId writeSegmentUnder(byte[] text) {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      RulesId id = journal.keepRules(text);
      assertThat(journal.keepRules(text)).isEqualTo(id);
      OpenSegment open = journal.begin(id);
      open.append(Payloads.sized(1, 100));
      open.sync();
      open.close();
      return id;
    }
  }
}
