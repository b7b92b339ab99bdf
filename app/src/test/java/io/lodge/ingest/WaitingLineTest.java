package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.StandingTime;
import io.lodge.ingest.WaitingLine.Waiting;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.OpenSegment;
import io.lodge.journal.RulesId;
import io.lodge.journal.SegmentInBucket;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
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
    others.forEach(line::decided);
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

  /** Whoever asks whether all is stored must not be told so while something is being sent. */
  @Test
  void whatIsBeingSentWaitsUntilItIsDecidedOn() throws Exception {
    List<ClosedSegment> both = filled(2);
    both.forEach(segment -> line.add(new Waiting(segment, false, 0, new Sent.Never())));
    Waiting sent = line.take();
    line.take();
    assertThat(line.size()).isEqualTo(2);
    assertThat(line.oldest()).contains(both.getFirst().created());
    assertThat(line.sizeBytes()).isEqualTo(2 * both.getFirst().sizeBytes());
    line.add(sent);
    assertThat(line.size()).as("in line again").isEqualTo(2);
    line.take();
    both.forEach(line::decided);
    assertThat(line.size()).isZero();
  }

  @Test
  void theNewestIsLentForTheBucketAndTheOldestStay() throws Exception {
    List<ClosedSegment> oldest = filled(4);
    for (int i = 0; i < 4; i++) {
      line.add(new Waiting(oldest.get(i), i == 3, 0, new Sent.Never()));
    }
    Waiting lent = line.lendNewest().orElseThrow();
    assertThat(lent.segment()).as("one that may be stored comes last").isEqualTo(oldest.get(2));
    assertThat(line.size()).as("it still waits").isEqualTo(4);
    line.moved(lent, object(lent.segment()));
    assertThat(line.size()).isEqualTo(4);
    assertThat(line.oldest()).contains(oldest.get(0).created());
    line.giveBack(line.lendNewest().orElseThrow());
    assertThat(turns(3)).containsExactly(oldest.get(3), oldest.get(0), oldest.get(1));
    assertThat(line.size()).isOne();
    assertThat(line.lendNewest()).isEmpty();
    assertThat(line.isTurn()).as("nobody waits for the bucket").isFalse();
  }

  @Test
  void oneInTheBucketComesBackWhenItsTurnIsNear() throws Exception {
    List<ClosedSegment> oldest = filled(6);
    for (int i : new int[] {0, 1, 2, 5}) {
      line.add(new Waiting(oldest.get(i), false, 0, new Sent.Never()));
    }
    line.addAway(new AwayLine.Away(object(oldest.get(4)), false, 0, new Sent.Never()));
    line.addAway(new AwayLine.Away(object(oldest.get(3)), false, 0, new Sent.Never()));
    assertThat(line.lendAway(0)).as("three are before it").isEmpty();
    turns(2);
    assertThat(line.lendAway(WaitingLine.FETCHED_MAX)).as("there are enough copies").isEmpty();
    AwayLine.Away near = line.lendAway(0).orElseThrow();
    assertThat(near.segment().id()).isEqualTo(oldest.get(3).id());
    line.fetched(near, oldest.get(3));
    assertThat(line.lendAway(0)).as("two are before the next").isEmpty();
    assertThat(turns(2)).containsExactly(oldest.get(2), oldest.get(3));
    AwayLine.Away last = line.lendAway(0).orElseThrow();
    line.giveBack(last);
    assertThat(line.lendAway(0)).contains(last);
    assertThat(line.size()).isEqualTo(2);
  }

  @Test
  void oneFromTheBucketThatIsNotTakenPausesThere() throws Exception {
    ClosedSegment segment = filled(1).getFirst();
    AwayLine.Away inVain = new AwayLine.Away(object(segment), true, 1, new Sent.Never());
    line.addAway(inVain);
    assertThat(line.lendAway(0)).isEmpty();
    time.sleep(Duration.ofMinutes(1));
    assertThat(line.lendAway(0)).contains(inVain);
    assertThat(line.size()).isOne();
  }

  /** Else it would wait for as long as others do, past what its token outlives. */
  @Test
  void oneThatWasPassedOverInTheBucketHasItsTurnsThoughOthersWait() throws Exception {
    List<ClosedSegment> oldest = filled(30);
    oldest.stream()
        .limit(28)
        .forEach(here -> line.add(new Waiting(here, false, 0, new Sent.Never())));
    AwayLine.Away inVain = new AwayLine.Away(object(oldest.get(29)), true, 1, new Sent.Never());
    line.addAway(inVain);
    line.addAway(new AwayLine.Away(object(oldest.get(28)), true, 0, new Sent.Never()));
    time.sleep(Duration.ofMinutes(1));
    AwayLine.Away first = line.lendAway(0).orElseThrow();
    assertThat(first).as("it has had no turn").isNotEqualTo(inVain);
    line.giveBack(first);
    turns(WaitingLine.SECOND_TURN_EVERY);
    assertThat(line.lendAway(0)).contains(inVain);
    assertThat(line.lendAway(0)).contains(first);
  }

  @Test
  void whatAnotherGatewayDeliversWaitsNoLonger() throws Exception {
    ClosedSegment segment = filled(1).getFirst();
    line.addAway(new AwayLine.Away(object(segment), false, 0, new Sent.Never()));
    assertThat(line.hasAwayOf(1)).isTrue();
    assertThat(line.dropAwayOf(2)).isEmpty();
    assertThat(line.dropAwayOf(1)).containsExactly(object(segment));
    assertThat(line.size()).isZero();
    assertThat(line.hasAwayOf(1)).isFalse();
  }

  private static SegmentInBucket object(ClosedSegment segment) {
    return new SegmentInBucket(1, segment.id(), segment.sizeBytes(), segment.created());
  }

  private List<ClosedSegment> filled(int count) {
    byte[] body = new byte[10];
    Payload payload =
        new Payload(
            PayloadKind.OTLP_LOGS_JSON,
            ContentEncoding.IDENTITY,
            "default",
            "",
            1,
            body,
            0,
            body.length);
    try (Journal journal = Journal.open(dir, new JournalOptions(1 << 30, 0, 1))) {
      return Stream.generate(
              () -> {
                OpenSegment open = journal.begin(RulesId.NONE);
                assertThat(open.append(payload)).isTrue();
                return open.close();
              })
          .limit(count)
          .toList();
    }
  }

  private List<ClosedSegment> turns(int count) throws InterruptedException {
    List<ClosedSegment> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ClosedSegment next = line.take().segment();
      line.decided(next);
      turns.add(next);
    }
    return turns;
  }

  private List<ClosedSegment> segments(int count) {
    try (Journal journal = Journal.open(dir, new JournalOptions(1 << 30, 0, 1))) {
      return Stream.generate(() -> journal.begin(RulesId.NONE).close()).limit(count).toList();
    }
  }
}
