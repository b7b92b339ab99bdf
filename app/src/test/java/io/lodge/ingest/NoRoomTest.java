package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.OpenSegment;
import io.lodge.journal.RulesId;
import io.lodge.journal.SimulatedDisk;
import io.lodge.journal.SimulatedJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A disk without room for what should come back is asked now and then, not all the time. */
class NoRoomTest {
  private final Random random = new Random(1);
  private final SimulatedDisk disk = new SimulatedDisk(random);

  @Test
  void pausesBetweenDownloadsThatFindNoRoom() throws Exception {
    JournalOptions options = new JournalOptions(1 << 20, 0, OnePipeline.options().limits().stamp());
    Journal journal = SimulatedJournal.open(disk, options, () -> Instant.EPOCH, random);
    try (SteppedOverflow steps =
        new SteppedOverflow(journal, SteppedOverflow.bucket(), _ -> Set.of())) {
      OpenSegment open = journal.begin(RulesId.NONE);
      assertThat(open.append(OnePipeline.logs(List.of("a")))).isTrue();
      steps.pipeline.backlog().add(open.close(), new Sent.Never());
      steps.keep();
      steps.moveAll();
      disk.capacity(disk.usedBytes() + 10);
      steps.fetch();
      long tried = disk.operations();
      for (int i = 0; i < 5; i++) {
        steps.fetch();
      }
      assertThat(disk.operations()).as("not at once").isEqualTo(tried);
      steps.time.sleep(Duration.ofSeconds(30));
      steps.fetch();
      assertThat(disk.operations()).as("once more").isGreaterThan(tried);
      disk.capacity(Long.MAX_VALUE);
      steps.time.sleep(Duration.ofSeconds(30));
      steps.fetchAll();
      steps.drainAll();
      assertThat(steps.stored).hasSize(2);
    }
  }
}
