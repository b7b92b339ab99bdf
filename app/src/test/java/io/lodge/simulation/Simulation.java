package io.lodge.simulation;

import io.lodge.bucket.SimulatedBucket;
import io.lodge.journal.SimulatedDisk;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One seed: lives of a gateway, one after the other, and at the end the reckoning. */
final class Simulation {
  private static final int STEPS_MAX = 30_000;

  /** One seed of so many has a bucket, and a disk that is too small for an outage. */
  private static final int BUCKET_EVERY = 4;

  /** One seed of so many, the last of them, has series of Prometheus too: their memory is large. */
  static final int SERIES_EVERY = 16;

  private final World world;
  private final SimulatedDisk disk;
  private final SimulatedClickHouse clickHouse;
  private final Damage damage;
  private final Client client;
  private Gateway gateway;
  private int rules;
  private final long diskBudgetBytes;
  private final Optional<SimulatedBucket> bucket;

  private Simulation(long seed, boolean traced) {
    world = new World(seed, traced);
    disk = new SimulatedDisk(world.fork());
    disk.between(() -> {
      if (world.oneIn(8)) {
        world.others(2);
      }
    });
    boolean poison = world.oneIn(5);
    int window = world.oneIn(6) ? world.between(4, 40) : 10_000;
    clickHouse = new SimulatedClickHouse(world, window, poison);
    damage = new Damage(world, disk, clickHouse);
    boolean series = seed % SERIES_EVERY == SERIES_EVERY - 1;
    diskBudgetBytes = world.oneIn(series ? 2 : 3) ? world.between(4, 40) << 10 : 4 << 20;
    bucket =
        seed % BUCKET_EVERY == 2
            ? Optional.of(new SimulatedBucket(world.fork(), world::instant))
            : Optional.empty();
    gateway = gateway(bucket.isPresent() ? world.between(4, 20) << 10 : diskBudgetBytes);
    Bodies bodies = new Bodies(world, series, poison);
    client = new Client(world, bodies, world.between(10, 60), gateway);
  }

  private Gateway gateway(long budgetBytes) {
    return new Gateway(
        world,
        disk,
        clickHouse,
        rules,
        budgetBytes,
        bucket.map(there -> new BucketInSteps(world, there)));
  }

  /**
   * What a run did.
   *
   * @param steps that were taken
   * @param operations of the disk
   * @param faults by kind
   * @param trace what happened, if it was to be written down
   */
  record Result(
      long steps, long operations, long records, Map<Fault, Integer> faults, String trace) {}

  /**
   * Runs a seed.
   *
   * @throws Broken if a promise was
   */
  static Result run(long seed, boolean traced) {
    Simulation simulation = new Simulation(seed, traced);
    try {
      simulation.live();
    } catch (Broken broken) {
      simulation.world.note("! %s", broken.getMessage());
      if (traced) {
        throw new Failed(seed, broken, simulation.world.faults(), simulation.world.trace());
      }
      throw broken;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    }
    return simulation.result();
  }

  private Result result() {
    long records = client.all().stream().mapToLong(sent -> sent.rows().size()).sum();
    return new Result(world.steps(), disk.operations(), records, world.faults(), world.trace());
  }

  private void live() throws InterruptedException {
    world.add(client);
    world.add(damage);
    int lives = world.between(1, 4);
    for (int life = 0; life < lives; life++) {
      begin(life > 0);
      oneLife();
      world.requireWhole();
    }
    lastLife();
    drain();
    new Reckoning(world, client, clickHouse, disk, bucket).settle();
    gateway.requireBalanced(client.takeAcknowledgedRecords(), clickHouse.takeRowsAnswered());
    world.requireWhole();
  }

  private void begin(boolean again) {
    if (again) {
      gateway.leave();
      gateway = gateway(bucket.isPresent() ? world.between(4, 20) << 10 : diskBudgetBytes);
    }
    client.use(gateway);
    client.takeAcknowledgedRecords();
    clickHouse.takeRowsAnswered();
    damage.planEnd();
    damage.use(gateway);
    bucket.ifPresent(this::mayFail);
    world.note("a gateway starts");
    gateway.start();
  }

  /** In a life all of its calls may fail now and then, done or not. */
  private void mayFail(SimulatedBucket there) {
    boolean fails = world.oneIn(2);
    if (fails) {
      world.count(Fault.BUCKET_FAILS);
    }
    there.fail(fails ? world.between(1, 5) * 0.1 : 0);
  }

  private void oneLife() throws InterruptedException {
    int stepsMax = world.between(20, 400);
    for (int i = 0; i < stepsMax && gateway.isUp(); i++) {
      step();
      if (world.oneIn(150)) {
        changeRules();
      }
    }
    end();
  }

  private void step() throws InterruptedException {
    if (!world.step()) {
      world.pass(Duration.ofMillis(world.between(1, 300)));
    } else if (world.oneIn(10)) {
      world.pass(Duration.ofMillis(world.between(1, 50)));
    }
    world.requireWhole();
  }

  private void changeRules() {
    if (gateway.isUp() && gateway.hasOtherRules()) {
      world.count(Fault.RULES_CHANGE);
      gateway.useRules(rules + 1);
      rules = gateway.rules();
    }
  }

  /** Stops it if nothing else has, and lets the disk forget what it may. */
  private void end() throws InterruptedException {
    if (gateway.isUp() && world.oneIn(3)) {
      world.count(Fault.STOP_IN_ORDER);
      gateway.stop(Duration.ofMillis(world.between(0, 5000)));
      world.requireWhole();
    }
    gateway.die();
    if (disk.forceFailed() || world.oneIn(2)) {
      world.count(Fault.POWER_LOSS);
      disk.restart();
    } else {
      world.count(Fault.KILL);
      disk.kill();
    }
    if (world.oneIn(4)) {
      world.count(Fault.CLOCK_SET);
      world.setClock(Duration.ofMillis(world.between(-5000, 5000)));
    }
  }

  /** The disk is healthy again, and so, after a while, is ClickHouse. */
  private void lastLife() throws InterruptedException {
    damage.heal();
    gateway.leave();
    gateway = gateway(64 << 20);
    client.use(gateway);
    client.takeAcknowledgedRecords();
    clickHouse.takeRowsAnswered();
    world.note("the last gateway starts");
    if (!gateway.start()) {
      throw new Broken(Promise.DRAINS, "the gateway does not start on a healthy disk");
    }
    for (int i = world.random().nextInt(150); i > 0; i--) {
      step();
    }
    clickHouse.heal();
    bucket.ifPresent(there -> there.fail(0));
    world.note("nothing fails any more");
  }

  private void drain() throws InterruptedException {
    for (int i = 0; !isDrained(); i++) {
      if (i > STEPS_MAX || !gateway.isUp()) {
        throw new Broken(Promise.DRAINS, "something is left after " + i + " steps");
      }
      step();
    }
  }

  private boolean isDrained() {
    return gateway.isUp() && client.isDone() && gateway.isDrained() && clickHouse.isQuiet();
  }
}
