package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptionTest {
  private static final JournalOptions ROOMY = new JournalOptions(1 << 30, 0, 1);
  private static final byte[] RULES = "some rules".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path dead;
  private Path alive;
  private final List<String> written = new ArrayList<>();
  private final List<SegmentId> ids = new ArrayList<>();

  /** Two segments that were closed and one that was not. */
  @BeforeEach
  void leave() {
    dead = folder.resolve("dead");
    alive = folder.resolve("alive");
    try (Journal journal = Journal.open(dead, ROOMY)) {
      RulesId rules = journal.keepRules(RULES);
      for (int i = 0; i < 3; i++) {
        OpenSegment open = journal.begin(rules);
        Payload payload = Payloads.sized(i, 10_000);
        written.add(Payloads.copy(payload));
        ids.add(open.id());
        assertThat(open.append(payload)).isTrue();
        open.sync();
        if (i < 2) {
          open.close();
        }
      }
    }
  }

  private List<String> read(List<ClosedSegment> segments) throws DamagedSegmentException {
    List<String> seen = new ArrayList<>();
    for (ClosedSegment segment : segments) {
      segment.read(payload -> seen.add(Payloads.copy(payload)));
    }
    return seen;
  }

  @Test
  void aRunningGatewayTakesInWhatWasPutBesideItsOwn() throws Exception {
    try (Journal journal = Journal.open(alive, ROOMY)) {
      assertThat(journal.adopted()).isEmpty();
      Adoption.Result result = Adoption.move(dead, alive, ROOMY);
      assertThat(result.moved()).isEqualTo(3);
      assertThat(result.left()).isZero();
      List<ClosedSegment> adopted = journal.adopted();
      assertThat(adopted).extracting(ClosedSegment::id).containsExactlyElementsOf(ids);
      assertThat(read(adopted)).isEqualTo(written);
      assertThat(journal.rulesText(adopted.getFirst().rules())).contains(RULES);
      assertThat(journal.segments()).isEqualTo(3);
      assertThat(journal.sizeBytes()).isPositive();
      assertThat(journal.adopted()).isEmpty();
    }
    try (Journal again = Journal.open(dead, ROOMY)) {
      assertThat(again.leftovers()).isEmpty();
    }
  }

  @Test
  void aGatewayThatStartsLaterFindsThem() throws Exception {
    Adoption.move(dead, alive, ROOMY);
    try (Journal journal = Journal.open(alive, ROOMY)) {
      assertThat(read(journal.leftovers())).isEqualTo(written);
      assertThat(journal.rulesText(journal.leftovers().getFirst().rules())).contains(RULES);
    }
  }

  @Test
  void whatHasNoRoomStaysWhereItIs() throws Exception {
    Adoption.Result result = Adoption.move(dead, alive, new JournalOptions(25_000, 0, 1));
    assertThat(result.moved()).isEqualTo(2);
    assertThat(result.left()).isOne();
    assertThat(Adoption.move(dead, alive, ROOMY).moved()).isOne();
    try (Journal journal = Journal.open(alive, ROOMY)) {
      assertThat(read(journal.leftovers())).isEqualTo(written);
    }
  }

  @Test
  void oneThatWasCutShortIsDoneAgain() throws Exception {
    // As after a crash before the first segment was removed here, and in the middle of the second.
    Files.createDirectories(alive);
    Files.copy(dead.resolve(ids.get(0) + ".closed"), alive.resolve(ids.get(0) + ".adopted"));
    Files.write(alive.resolve(ids.get(1) + ".adopted.tmp"), new byte[100]);
    assertThat(Adoption.move(dead, alive, ROOMY).moved()).isEqualTo(3);
    try (Journal journal = Journal.open(alive, ROOMY)) {
      assertThat(read(journal.leftovers())).isEqualTo(written);
    }
  }

  @Test
  void theJournalOfALivingGatewayIsNotTaken() {
    try (Journal journal = Journal.open(dead, ROOMY)) {
      assertThat(journal.leftovers()).hasSize(3);
      assertThatThrownBy(() -> Adoption.move(dead, alive, ROOMY))
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("another gateway uses it");
    }
  }
}
