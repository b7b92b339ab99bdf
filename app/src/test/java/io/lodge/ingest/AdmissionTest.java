package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.StandingTime;
import io.lodge.decode.DecoderLimits;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.OpenSegment;
import io.lodge.journal.RulesId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {
  private static final int BUDGET_BYTES = 8 << 20;

  @TempDir Path dir;
  private final StandingTime time = new StandingTime();
  private final DrainRate drained = new DrainRate(time);

  @Test
  void refusesMoreAndMoreAsTheJournalFills() {
    JournalOptions small =
        new JournalOptions(BUDGET_BYTES, 0, DecoderLimits.ofBytes(1 << 20, 1 << 20).stamp());
    try (Journal journal = Journal.open(dir, small)) {
      Admission admission = new Admission(journal, drained, time);
      OpenSegment segment = journal.begin(RulesId.NONE);
      fill(journal, segment, 0.94);
      assertThat(refusedOf1000(admission)).isZero();
      fill(journal, segment, 0.975);
      assertThat(refusedOf1000(admission)).isBetween(400L, 620L);
      fill(journal, segment, 0.999);
      assertThat(refusedOf1000(admission)).isGreaterThan(930);
    }
  }

  @Test
  void tellsToComeAgainWhenThereWillBeRoomAtThePaceOfTheDrain() {
    JournalOptions small =
        new JournalOptions(BUDGET_BYTES, 0, DecoderLimits.ofBytes(1 << 20, 1 << 20).stamp());
    try (Journal journal = Journal.open(dir, small)) {
      Admission admission = new Admission(journal, drained, time);
      assertThat(admission.retryAfter()).isEqualTo(Duration.ofSeconds(5));
      for (int i = 0; i < 30; i++) {
        time.sleep(Duration.ofSeconds(1));
        drained.drained(BUDGET_BYTES / 200);
      }
      assertThat(admission.retryAfter())
          .isBetween(Duration.ofMillis(9_500), Duration.ofMillis(10_700));
    }
  }

  private static void fill(Journal journal, OpenSegment segment, double share) {
    List<String> bodies = List.of("x".repeat(4_000));
    while (journal.usedShare() < share) {
      assertThat(segment.append(OnePipeline.logs(bodies))).isTrue();
    }
  }

  private static long refusedOf1000(Admission admission) {
    return IntStream.range(0, 1000).filter(_ -> admission.refusal().isPresent()).count();
  }
}
