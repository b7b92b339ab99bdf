package io.lodge.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.canary.CanaryReport.OfGateway;
import io.lodge.canary.CanaryReport.Standing;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of numbers, second by second. */
class NumbersTest {
  private static final long BEGIN_UNIX_SECONDS = 1_800_000_000;
  private static final CanaryOptions OPTIONS =
      new CanaryOptions(
          Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(2), List.of());

  private OnItsWay onItsWay = OnItsWay.NOTHING;
  private final List<Duration> delays = new ArrayList<>();
  private final Numbers numbers =
      new Numbers(
          OPTIONS,
          new CanaryGateway(
              URI.create("http://gw:4318"),
              true,
              Optional.empty(),
              Optional.empty(),
              () -> onItsWay),
          delays::add);
  private boolean answering = true;

  @AfterEach
  void everyNumberIsInOneState() {
    OfGateway of = at(1_000_000);
    assertThat(
            of.found()
                + of.waiting()
                + of.missing()
                + of.unknown()
                + of.refused()
                + of.unanswered())
        .isEqualTo(of.sent());
  }

  private static Moment second(long second) {
    return new Moment((BEGIN_UNIX_SECONDS + second) * 1_000_000_000, second * 1_000_000_000);
  }

  private long accepted(long second) {
    long number = numbers.begin(second(second));
    numbers.accepted(number, second(second));
    return number;
  }

  private int seen(long second, Map<Long, Integer> rows) {
    return numbers.seen(second(second), second(second), second(0).unixNanos(), rows);
  }

  private OfGateway at(long second) {
    return numbers.report(answering, second(second));
  }

  private Standing standing(long second) {
    return new CanaryReport("run", OPTIONS.every(), OPTIONS.late(), answering, List.of())
        .standing(at(second));
  }

  @Test
  void whatIsFoundIsCountedOnceAndItsDelayIsKnown() {
    long number = accepted(0);
    seen(1, Map.of());
    assertThat(at(1).waiting()).isOne();
    seen(3, Map.of(number, 1));
    seen(4, Map.of(number, 1));
    assertThat(at(4).found()).isOne();
    assertThat(at(4).everFound()).isOne();
    assertThat(at(4).late()).isZero();
    assertThat(delays).containsExactly(Duration.ofSeconds(3));
    assertThat(at(4).worstDelay()).contains(Duration.ofSeconds(3));
    assertThat(standing(4)).isEqualTo(Standing.WHOLE);
  }

  @Test
  void whatIsAbsentIsLateAndThenMissingAndNoMoreOnceItIsFound() {
    long number = accepted(0);
    seen(11, Map.of());
    assertThat(at(11).late()).isOne();
    assertThat(standing(11)).isEqualTo(Standing.LATE);
    assertThat(seen(120, Map.of())).isZero();
    assertThat(seen(121, Map.of())).isOne();
    assertThat(seen(122, Map.of())).as("said once").isZero();
    assertThat(at(122).missing()).isOne();
    assertThat(standing(122)).isEqualTo(Standing.MISSING);
    seen(200, Map.of(number, 1));
    assertThat(at(200).missing()).isZero();
    assertThat(at(200).late()).isOne();
    assertThat(standing(200)).isEqualTo(Standing.WHOLE);
  }

  @Test
  void whatWasFoundAndIsThereNoMoreIsMissing() {
    long number = accepted(0);
    seen(2, Map.of(number, 1));
    seen(10, Map.of());
    assertThat(at(10).found()).isZero();
    assertThat(at(10).waiting()).as("a replica may be behind").isOne();
    seen(131, Map.of());
    assertThat(at(131).missing()).isOne();
    assertThat(at(131).late()).isZero();
    assertThat(at(131).everFound()).isOne();
  }

  @Test
  void aSecondRowIsADuplicate() {
    long number = accepted(0);
    seen(2, Map.of(number, 1));
    seen(12, Map.of(number, 3));
    seen(22, Map.of(number, 3));
    assertThat(at(22).found()).isOne();
    assertThat(at(22).duplicates()).isEqualTo(2);
    assertThat(standing(22)).isEqualTo(Standing.DUPLICATE);
  }

  @Test
  void nothingIsMissingWhileClickHouseDoesNotAnswerNorSoonAfter() {
    accepted(0);
    for (long second = 5; second < 1000; second++) {
      numbers.unseen(second(second));
    }
    answering = false;
    assertThat(at(1000).unknown()).isOne();
    assertThat(standing(1000)).isEqualTo(Standing.UNKNOWN);
    answering = true;
    seen(1001, Map.of());
    assertThat(at(1001).missing()).isZero();
    assertThat(at(1001).waiting()).isOne();
    seen(1200, Map.of());
    assertThat(at(1200).missing()).isOne();
  }

  @Test
  void nothingIsMissingWhileABacklogDrains() {
    long first = accepted(0);
    List<Long> others = new ArrayList<>();
    for (int second = 1; second < 10; second++) {
      others.add(accepted(second));
    }
    Map<Long, Integer> stored = new HashMap<>();
    long second = 0;
    for (long other : others) {
      second += 100;
      stored.put(other, 1);
      seen(second, stored);
    }
    assertThat(at(second).missing()).isZero();
    assertThat(at(second).late()).isEqualTo(10);
    seen(second + 119, stored);
    assertThat(at(second).missing()).isZero();
    seen(second + 121, stored);
    assertThat(at(second).missing()).as("the one that did not come").isOne();
    stored.put(first, 1);
    seen(second + 122, stored);
    assertThat(standing(second + 122)).isEqualTo(Standing.WHOLE);
  }

  @Test
  void nothingIsMissingWhileTheGatewayDoesNotAccept() {
    accepted(0);
    for (long second = 1; second < 1000; second += 2) {
      numbers.refused(numbers.begin(second(second)), "HTTP 503", second(second));
      numbers.unanswered(numbers.begin(second(second)), "no answer", second(second));
      seen(second, Map.of());
    }
    assertThat(at(1000).missing()).isZero();
    assertThat(at(1000).refused()).isEqualTo(500);
    assertThat(at(1000).unanswered()).isEqualTo(500);
    assertThat(at(1000).waiting()).isOne();
    assertThat(standing(1000)).isEqualTo(Standing.REFUSED);
  }

  @Test
  void nothingIsMissingThatTheGatewayMayHave() {
    accepted(0);
    onItsWay = new OnItsWay(false, Set.of((int) (BEGIN_UNIX_SECONDS / 60)));
    assertThat(seen(500, Map.of())).isZero();
    onItsWay = new OnItsWay(false, Set.of((int) (BEGIN_UNIX_SECONDS / 60) + 5));
    assertThat(seen(600, Map.of())).as("not long since it had it").isZero();
    assertThat(seen(621, Map.of())).as("it has others").isOne();
  }

  @Test
  void anAnswerThatDidNotComeIsNoLossAndMayHaveBeenTaken() {
    long number = numbers.begin(second(0));
    numbers.unanswered(number, "no answer", second(1));
    seen(500, Map.of());
    assertThat(at(500).unanswered()).isOne();
    assertThat(at(500).missing()).isZero();
    seen(501, Map.of(number, 1));
    assertThat(at(501).unanswered()).isZero();
    assertThat(at(501).found()).isOne();
  }

  @Test
  void keepsTheNewestAndNoMoreThanThereIsRoomFor() {
    for (int second = 0; second < Numbers.KEPT_MAX + 500; second++) {
      accepted(second);
    }
    assertThat(at(30_000).unknown()).as("forgotten while they waited").isEqualTo(500);
    assertThat(at(30_000).waiting()).isEqualTo(Numbers.KEPT_MAX);
    Map<Long, Integer> all = new HashMap<>();
    for (long number = 1; number <= Numbers.KEPT_MAX + 500; number++) {
      all.put(number, 1);
    }
    seen(30_001, all);
    accepted(30_002);
    assertThat(numbers.oldestUnixNanos())
        .hasValue(second(Numbers.KEPT_MAX + 500 - Numbers.NEWEST + 1).unixNanos());
    assertThat(at(30_003).found()).isEqualTo(Numbers.KEPT_MAX);
  }
}
