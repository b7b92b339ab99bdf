package io.lodge.canary;

import io.lodge.canary.CanaryReport.OfGateway;
import io.lodge.canary.Sent.State;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The numbers sent to one gateway, and what became of each: every number is in one state, so the
 * counts add up. What is settled is looked at again while it is among the newest, for a row may be
 * stored once more, or be deleted. Bounded; thread-safe; all times are handed in.
 */
final class Numbers {
  /** The newest numbers, which are looked at again: an hour of one a second. */
  static final int NEWEST = 3_600;

  /** All that are kept, which are more while some wait: five hours of one a second, 2 MB. */
  static final int KEPT_MAX = 20_000;

  private final CanaryOptions options;
  private final CanaryGateway gateway;
  private final Consumer<Duration> delays;
  private final TreeMap<Long, Sent> kept = new TreeMap<>();

  /** What became of those that are not kept any more. */
  private final Map<State, Long> forgotten = new EnumMap<>(State.class);

  private long forgottenDoubles;
  private long sent;
  private long refused;
  private long late;
  private long found;
  private @Nullable Duration lastDelay;
  private @Nullable Duration worstDelay;
  private String trouble = "";

  /** The last sign that something may be on its way: whoever is absent may be part of it. */
  private @Nullable Moment lastSign;

  /**
   * @param delays told how long after it was sent each record was found
   */
  Numbers(CanaryOptions options, CanaryGateway gateway, Consumer<Duration> delays) {
    this.options = options;
    this.gateway = gateway;
    this.delays = delays;
  }

  /** A number is about to be sent, for the one time. */
  synchronized long begin(Moment now) {
    long number = ++sent;
    kept.put(number, new Sent(number, now));
    forget();
    return number;
  }

  /** Keeps the newest, and those that are open, as long as there is room. */
  private void forget() {
    while (!kept.isEmpty()) {
      Sent oldest = kept.firstEntry().getValue();
      boolean old = oldest.number <= sent - NEWEST && !oldest.isOpen();
      if (!old && kept.size() <= KEPT_MAX) {
        return;
      }
      kept.pollFirstEntry();
      forgotten.merge(oldest.state, 1L, Long::sum);
      forgottenDoubles += oldest.doubles;
    }
  }

  synchronized void accepted(long number, Moment now) {
    trouble = "";
    Sent one = kept.get(number);
    if (one != null && one.state == State.SENDING) {
      one.state = State.ACCEPTED;
      one.absentSince = now;
    }
  }

  /** The gateway said that it does not take it. */
  synchronized void refused(long number, String why, Moment now) {
    trouble = why;
    lastSign = now;
    refused++;
    kept.remove(number);
  }

  /** Whether the gateway has it is not known. */
  synchronized void unanswered(long number, String why, Moment now) {
    trouble = why;
    lastSign = now;
    Sent one = kept.get(number);
    if (one != null && one.state == State.SENDING) {
      one.state = State.UNANSWERED;
    }
  }

  /** ClickHouse could not be asked. */
  synchronized void unseen(Moment now) {
    lastSign = now;
  }

  /** Since when there are numbers to look for; empty if there are none. */
  synchronized OptionalLong oldestUnixNanos() {
    return kept.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(kept.firstEntry().getValue().sentAt.unixNanos());
  }

  /** Whether one that was sent after a moment waits to be found. */
  synchronized boolean waitsSince(long unixNanos) {
    for (Sent one : kept.descendingMap().values()) {
      if (one.sentAt.unixNanos() < unixNanos) {
        return false;
      }
      if (one.state != State.FOUND && one.state != State.MISSING) {
        return true;
      }
    }
    return false;
  }

  /**
   * What is in ClickHouse.
   *
   * @param look when it was asked, before the answer was made
   * @param now when the answer was there
   * @param fromUnixNanos it was asked for what was sent since then
   * @param rows by number
   * @return how many turned out to be missing
   */
  synchronized int seen(Moment look, Moment now, long fromUnixNanos, Map<Long, Integer> rows) {
    int lost = 0;
    Supplier<OnItsWay> onItsWay = new Once();
    for (Sent one : kept.values()) {
      if (one.sentAt.unixNanos() < fromUnixNanos || one.sentAt.nanoTime() > look.nanoTime()) {
        continue;
      }
      int there = rows.getOrDefault(one.number, 0);
      if (there > 0) {
        found(one, there, now);
      } else {
        lost += absent(one, look, onItsWay) ? 1 : 0;
      }
    }
    return lost;
  }

  private void found(Sent one, int rows, Moment now) {
    one.state = State.FOUND;
    one.doubles = Math.max(one.doubles, rows - 1);
    if (one.wasFound) {
      return;
    }
    one.wasFound = true;
    found++;
    Duration delay = Duration.ofNanos(now.nanosSince(one.sentAt));
    delays.accept(delay);
    lastDelay = delay;
    worstDelay = worstDelay == null || worstDelay.compareTo(delay) < 0 ? delay : worstDelay;
    if (delay.compareTo(options.late()) > 0) {
      late(one);
      lastSign = now; // a backlog drains: others may follow
    }
  }

  private boolean absent(Sent one, Moment look, Supplier<OnItsWay> onItsWay) {
    if (one.state == State.FOUND) {
      one.state = State.ACCEPTED; // a replica may be behind: not missing yet
      one.absentSince = look;
    }
    if (one.state != State.ACCEPTED) {
      return false;
    }
    if (!one.wasFound && look.nanosSince(one.sentAt) > options.late().toNanos()) {
      late(one);
    }
    Moment since = later(one.absentSince, lastSign);
    if (look.nanosSince(since) <= options.missing().toNanos()) {
      return false;
    }
    if (onItsWay.get().mayHold(one.sentAt.unixNanos(), one.absentSince.unixNanos())) {
      lastSign = look;
      return false;
    }
    one.state = State.MISSING;
    return true;
  }

  private void late(Sent one) {
    late += one.late ? 0 : 1;
    one.late = true;
  }

  private static Moment later(Moment one, @Nullable Moment other) {
    return other == null || other.nanosSince(one) < 0 ? one : other;
  }

  /** Asks the gateway at most once, and not at all while nothing is about to be missing. */
  private final class Once implements Supplier<OnItsWay> {
    private @Nullable OnItsWay answer;

    @Override
    public OnItsWay get() {
      if (answer == null) {
        answer = gateway.onItsWay().get();
      }
      return answer;
    }
  }

  /**
   * All of one moment.
   *
   * @param answering whether ClickHouse can be asked: if not, of what waits nothing is known
   */
  synchronized OfGateway report(boolean answering, Moment now) {
    Map<State, Long> states = new EnumMap<>(forgotten);
    kept.values().forEach(one -> states.merge(one.state, 1L, Long::sum));
    long waiting = count(kept.values(), State.ACCEPTED) + count(kept.values(), State.SENDING);
    long lost =
        forgotten.getOrDefault(State.ACCEPTED, 0L) + forgotten.getOrDefault(State.SENDING, 0L);
    SequencedMap<Long, Sent> newest = kept.tailMap(sent - NEWEST, false);
    return new OfGateway(
        gateway.name(),
        gateway.own(),
        sent,
        states.getOrDefault(State.FOUND, 0L),
        answering ? waiting : 0,
        states.getOrDefault(State.MISSING, 0L),
        answering ? lost : lost + waiting,
        refused,
        states.getOrDefault(State.UNANSWERED, 0L),
        late,
        forgottenDoubles + kept.values().stream().mapToLong(one -> one.doubles).sum(),
        found,
        count(newest.values(), State.MISSING),
        newest.values().stream().mapToLong(one -> one.doubles).sum(),
        oldestWaiting(now),
        Optional.ofNullable(lastDelay),
        Optional.ofNullable(worstDelay),
        trouble);
  }

  private static long count(Collection<Sent> all, State state) {
    return all.stream().filter(one -> one.state == state).count();
  }

  private Optional<Duration> oldestWaiting(Moment now) {
    return kept.values().stream()
        .filter(Sent::isOpen)
        .findFirst()
        .map(one -> Duration.ofNanos(now.nanosSince(one.sentAt)));
  }
}
