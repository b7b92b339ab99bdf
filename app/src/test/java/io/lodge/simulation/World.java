package io.lodge.simulation;

import io.lodge.base.Time;
import io.lodge.journal.SimulatedDisk.PowerLoss;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chance, time and whose turn it is. Wherever a thread of the product would wait (for a disk, an
 * insert, a pause) others take steps inside that wait; who waits goes on after them.
 */
final class World implements Time {
  /** Waits inside waits: deeper ones pass without company. */
  private static final int DEPTH_MAX = 5;

  /** Someone who can take steps. */
  interface Actor {
    String name();

    /** Whether a step would do something, and not wait. */
    boolean isReady();

    void step() throws InterruptedException;
  }

  private final Random random;
  private final @Nullable StringBuilder trace;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Actor> busy = new ArrayList<>();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private @Nullable Throwable broken;
  private long nanos = 1_000_000_000L;
  private long clockNanos = 1_790_000_000_000_000_000L;
  private long steps;
  private int alone;
  private boolean dead;

  /**
   * @param traced whether to write down what happens
   */
  World(long seed, boolean traced) {
    random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    trace = traced ? new StringBuilder() : null;
  }

  @Override
  public Random random() {
    return random;
  }

  /** True in one of so many cases. */
  boolean oneIn(int cases) {
    return random.nextInt(cases) == 0;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** A generator of its own, for one part. */
  RandomGenerator fork() {
    return new Random(random.nextLong());
  }

  void count(Fault fault) {
    faults.merge(fault, 1, Integer::sum);
    note("! %s", fault);
  }

  boolean had(Fault fault) {
    return faults.containsKey(fault);
  }

  Map<Fault, Integer> faults() {
    return faults;
  }

  long steps() {
    return steps;
  }

  void note(String what, @Nullable Object... about) {
    if (trace != null) {
      trace.append(
          "%9.3f ms %s%s%n"
              .formatted(nanos / 1e6, "  ".repeat(busy.size()), what.formatted(about)));
    }
  }

  String trace() {
    return String.valueOf(trace);
  }

  /** Keeps the first promise that was broken, wherever in the product it came to light. */
  void broken(Throwable what) {
    if (broken == null) {
      broken = what;
    }
  }

  void requireWhole() {
    switch (broken) {
      case null -> {}
      case Broken promise -> throw promise;
      case Throwable bug -> {
        Broken promise = new Broken(Promise.NO_BUG, bug.toString());
        promise.initCause(bug);
        throw promise;
      }
    }
  }

  void add(Actor actor) {
    actors.add(actor);
  }

  void remove(Actor actor) {
    actors.remove(actor);
  }

  /** One who is ready takes a step; false if nobody is. */
  boolean step() throws InterruptedException {
    List<Actor> ready =
        actors.stream().filter(actor -> !busy.contains(actor) && actor.isReady()).toList();
    if (ready.isEmpty()) {
      return false;
    }
    Actor next = oneOf(ready);
    steps++;
    note("%s", next.name());
    busy.addLast(next);
    try {
      next.step();
    } finally {
      busy.removeLast();
    }
    pass(Duration.ofNanos(random.nextInt(200_000)));
    return true;
  }

  /** Whether someone is in the middle of a step. */
  boolean inStep() {
    return !busy.isEmpty();
  }

  /** What is done in here is not waited in: it holds a lock. */
  void alone(Runnable what) {
    alone++;
    try {
      what.run();
    } finally {
      alone--;
    }
  }

  /** Others take some steps now. */
  void others(int stepsMax) {
    if (alone > 0 || busy.size() >= DEPTH_MAX) {
      return;
    }
    try {
      for (int i = random.nextInt(stepsMax + 1); i > 0 && step(); i--) {}
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    }
  }

  void pass(Duration duration) {
    nanos += duration.toNanos();
    clockNanos += duration.toNanos();
  }

  /** The clock on the wall is set, forth or back; what lasts is not. */
  void setClock(Duration by) {
    clockNanos += by.toNanos();
  }

  long clockNanos() {
    return clockNanos;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, clockNanos);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) {
    long end = nanos + duration.toNanos();
    others(4);
    if (nanos < end) {
      pass(Duration.ofNanos(end - nanos));
    }
    if (dead) {
      throw new PowerLoss();
    }
  }

  @Override
  public void await(Object monitor, Duration atMost) {
    sleep(atMost);
  }

  /** The gateway is gone, or a new one begins: who waits in it does not go on. */
  void dead(boolean isDead) {
    dead = isDead;
  }

  boolean isDead() {
    return dead;
  }
}
