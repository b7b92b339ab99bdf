package io.lodge.canary;

import io.lodge.base.Time;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Runner;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends numbered records and looks for them: a thread for each gateway, and one that asks
 * ClickHouse, at most once a second. A process begins a run of its own, at number 1, so it never
 * looks for what another sent.
 */
public final class Canary {
  /** Whose records they are, in every table and in the ledger. */
  public static final String SERVICE = "lodge-canary";

  /** Also how exact a delay is: it is never measured as too small. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** All that is kept is looked at again so often; between, what was sent lately. */
  private static final Duration LOOK_AT_ALL_EVERY = Duration.ofSeconds(10);

  private static final Duration LATELY = Duration.ofMinutes(1);

  /** A question that takes longer is one without an answer. */
  public static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Canary.class);

  private final CanaryOptions options;
  private final Time time;
  private final String run;
  private final Lookout lookout;
  private final Map<String, Numbers> numbers = new LinkedHashMap<>();
  private final List<Sender> senders = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean answering = true;

  /** When the question under way was asked; 0 if there is none. */
  private volatile long askedNanos;

  /**
   * @param runner whose questions end after {@link #ANSWER_MAX}
   */
  public Canary(CanaryOptions options, Runner runner, PrometheusRegistry registry, Time time) {
    this.options = options;
    this.time = time;
    run = newRun(time);
    lookout = new Lookout(runner, run);
    CanaryMetrics metrics = new CanaryMetrics(registry, this::report);
    for (CanaryGateway gateway : options.gateways()) {
      Numbers own = new Numbers(options, gateway, metrics.delays(gateway.name()));
      Sender sender = new Sender(gateway, options.every(), run, own, time);
      numbers.put(gateway.name(), own);
      senders.add(sender);
      threads.add(thread("canary " + gateway.name(), sender::run));
    }
    threads.add(thread("canary lookout", this::look));
  }

  /** No two processes have the same. */
  private static String newRun(Time time) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(time.millis(), 12) + hex.toHexDigits(time.random().nextLong(), 8);
  }

  private static Thread thread(String name, Runnable work) {
    return Thread.ofVirtual()
        .name(name)
        .uncaughtExceptionHandler((thread, bug) -> log.error("{} has ended: a bug", name, bug))
        .unstarted(work);
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  private void look() {
    try {
      long allNanos = time.nanoTime();
      while (true) {
        time.sleep(LOOK_EVERY);
        boolean all = time.nanoTime() - allNanos >= LOOK_AT_ALL_EVERY.toNanos();
        allNanos = all ? time.nanoTime() : allNanos;
        look(all);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks for all that is kept, or for what was sent lately, if one of these waits. */
  private void look(boolean all) throws InterruptedException {
    Moment asked = Moment.now(time);
    OptionalLong from = all || !answering ? oldest() : lately(asked);
    if (from.isEmpty()) {
      return;
    }
    askedNanos = asked.nanoTime();
    try {
      Map<String, Map<Long, Integer>> rows = lookout.rows(from.getAsLong());
      Moment now = Moment.now(time);
      answering = true;
      numbers.forEach((gateway, of) -> {
        int lost = of.seen(asked, now, from.getAsLong(), rows.getOrDefault(gateway, Map.of()));
        if (lost > 0) {
          log.warn(
              "canary: {} records that {} accepted are nowhere; see docs/operations/canary.md",
              lost,
              gateway);
        }
      });
    } catch (QueryFault fault) {
      if (answering) {
        log.info("canary: cannot look for its records: {}", fault.getMessage());
      }
      answering = false;
      numbers.values().forEach(of -> of.unseen(Moment.now(time)));
    } finally {
      askedNanos = 0;
    }
  }

  private OptionalLong oldest() {
    return numbers.values().stream()
        .map(Numbers::oldestUnixNanos)
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  private OptionalLong lately(Moment now) {
    long from = now.unixNanos() - LATELY.toNanos();
    return numbers.values().stream().anyMatch(of -> of.waitsSince(from))
        ? OptionalLong.of(from)
        : OptionalLong.empty();
  }

  /** How it stands; asks nobody. */
  public CanaryReport report() {
    Moment now = Moment.now(time);
    boolean known = answering && !isWaiting(now);
    return new CanaryReport(
        run,
        options.every(),
        options.late(),
        known,
        numbers.values().stream().map(of -> of.report(known, now)).toList());
  }

  /** A ClickHouse that hangs says nothing either. */
  private boolean isWaiting(Moment now) {
    long asked = askedNanos;
    return asked != 0 && now.nanoTime() - asked > ANSWER_MAX.toNanos() / 2;
  }

  /** Sends and asks no more. */
  public void stop() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    senders.forEach(Sender::close);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
