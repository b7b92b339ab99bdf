package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.StandingTime;
import io.lodge.ingest.WaitingLine.Waiting;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.RulesId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingLineTest {
  @TempDir Path dir;

  private final StandingTime time = new StandingTime();
  private final WaitingLine line = new WaitingLine(time);

  @Test
  void whatMayBeStoredGoesBeforeWhatWasNeverSent() throws Exception {
    List<ClosedSegment> oldest = segments(4);
    line.add(new Waiting(oldest.get(1), false, 0, new Sent.Never()));
    line.add(new Waiting(oldest.get(3), true, 0, new Sent.Never()));
    line.add(new Waiting(oldest.get(0), false, 0, new Sent.Never()));
    line.add(new Waiting(oldest.get(2), true, 0, new Sent.Never()));
    assertThat(turns(4))
        .containsExactly(oldest.get(2), oldest.get(3), oldest.get(0), oldest.get(1));
  }

  @Test
  void oneThatIsNotTakenStopsNobodyAndIsNotForgotten() throws Exception {
    List<ClosedSegment> oldest = segments(100);
    ClosedSegment stuck = oldest.getFirst();
    line.add(new Waiting(stuck, true, 1, new Sent.Never()));
    oldest.stream()
        .skip(1)
        .forEach(other -> line.add(new Waiting(other, false, 0, new Sent.Never())));
    int seen = 0;
    List<ClosedSegment> others = new ArrayList<>();
    while (others.size() < 99) {
      time.sleep(Duration.ofMinutes(1));
      Waiting next = line.take();
      if (next.segment() == stuck) {
        seen++;
        line.add(next);
      } else {
        others.add(next.segment());
      }
    }
    assertThat(others).isEqualTo(oldest.subList(1, 100));
    assertThat(seen).isBetween(12, 15);
    assertThat(line.size()).isOne();
    time.sleep(Duration.ofMinutes(1));
    assertThat(line.take().segment()).isEqualTo(stuck);
  }

  @Test
  void oneThatWasPassedOverPausesBeforeItsNextTurn() throws Exception {
    List<ClosedSegment> oldest = segments(2 * WaitingLine.SECOND_TURN_EVERY);
    line.add(new Waiting(oldest.getFirst(), true, 1, new Sent.Never()));
    List<ClosedSegment> others = oldest.subList(1, oldest.size());
    others.forEach(other -> line.add(new Waiting(other, false, 0, new Sent.Never())));
    assertThat(turns(others.size())).isEqualTo(others);
  }

  @Test
  void tellsSinceWhenTheOldestWaitsWhereverItStands() throws Exception {
    assertThat(line.oldest()).isEmpty();
    List<ClosedSegment> oldest = segments(3);
    line.add(new Waiting(oldest.get(2), true, 0, new Sent.Never()));
    line.add(new Waiting(oldest.get(0), true, 1, new Sent.Never()));
    line.add(new Waiting(oldest.get(1), false, 0, new Sent.Never()));
    assertThat(line.oldest()).contains(oldest.get(0).created());
    assertThat(oldest.get(0).created()).isBeforeOrEqualTo(oldest.get(1).created());
  }

  private List<ClosedSegment> turns(int count) throws InterruptedException {
    List<ClosedSegment> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      turns.add(line.take().segment());
    }
    return turns;
  }

  private List<ClosedSegment> segments(int count) {
    try (Journal journal = Journal.open(dir, new JournalOptions(1 << 30, 0, 1))) {
      return Stream.generate(() -> journal.begin(RulesId.NONE).close()).limit(count).toList();
    }
  }
}
