package io.lodge.simulation;

import static java.util.Objects.requireNonNull;

import io.lodge.base.ByteBudget;
import io.lodge.block.Compression;
import io.lodge.bucket.Bucket;
import io.lodge.decode.DecoderLimits;
import io.lodge.deliver.Courier;
import io.lodge.ingest.PipelineOptions;
import io.lodge.ingest.SteppedBucket;
import io.lodge.ingest.SteppedPipeline;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalFailure;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.SimulatedDisk;
import io.lodge.journal.SimulatedDisk.PowerLoss;
import io.lodge.journal.SimulatedJournal;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One process of a gateway, from its start to its end; the disk outlives it. */
final class Gateway {
  static final DecoderLimits LIMITS = DecoderLimits.ofBytes(1 << 20, 1 << 20);

  /** Rules that write their version into every record. */
  private static final List<Rules> RULES =
      IntStream.range(0, 8).mapToObj(Gateway::rulesOf).toList();

  private final World world;
  private final SimulatedDisk disk;
  private final SimulatedClickHouse clickHouse;
  private final PipelineOptions options;
  private final long diskBudgetBytes;
  private final Optional<Bucket> bucket;
  private final ByteBudget memory;
  private final List<World.Actor> actors = new ArrayList<>();
  private final SteppedWorkers encoders;
  private final SteppedWorkers senders;

  private @Nullable Journal journal;
  private @Nullable SteppedPipeline pipeline;
  private @Nullable SteppedBucket overflow;
  private @Nullable Courier courier;
  private int rules;
  private int leftovers;
  private boolean stopping;
  private boolean finished;

  /**
   * @param rules the version of the rules it begins with
   * @param diskBudgetBytes of its journal
   * @param bucket for what does not fit there
   */
  Gateway(
      World world,
      SimulatedDisk disk,
      SimulatedClickHouse clickHouse,
      int rules,
      long diskBudgetBytes,
      Optional<Bucket> bucket) {
    this.world = world;
    this.disk = disk;
    this.clickHouse = clickHouse;
    this.rules = rules;
    this.diskBudgetBytes = diskBudgetBytes;
    this.bucket = bucket;
    options =
        new PipelineOptions(
            world.between(1, 2),
            world.between(1, 8) << 10,
            Duration.ofMillis(world.between(5, 1000)),
            world.between(5, 60),
            1 << 20,
            LIMITS,
            world.between(1, 3),
            world.oneIn(4) ? Compression.LZ4 : Compression.NONE);
    memory = new ByteBudget((long) world.between(2, 12) << 20);
    encoders = new SteppedWorkers(world, "encoder ", options.shards());
    senders = new SteppedWorkers(world, "sender ", options.insertsParallel());
  }

  /** False if it does not come up: the power went again, or its disk is bad. */
  boolean start() {
    world.dead(false);
    try {
      world.alone(this::open);
    } catch (PowerLoss | JournalFailure failed) {
      world.note("does not start: %s", failed.getMessage());
      world.dead(true);
      return false;
    }
    SteppedPipeline started = pipeline();
    for (int i = 0; i < started.shards(); i++) {
      int shard = i;
      add(
          "shard " + i,
          () -> !finished && started.isShardsTurn(shard),
          () -> started.turnShard(shard));
    }
    add("backlog", started::isBacklogsTurn, started::turnBacklog);
    bucket.ifPresent(there -> addBucket(started.overflowTo(journal().in(there))));
    return true;
  }

  private void addBucket(SteppedBucket steps) {
    overflow = steps;
    add("bucket keeper", steps::keep);
    add("bucket mover", steps::move);
    add("bucket fetcher", steps::fetch);
  }

  /** One who says after each step how long to wait for the next. */
  private void add(String name, Supplier<Duration> step) {
    long[] next = {world.nanoTime()};
    add(
        name,
        () -> world.nanoTime() >= next[0],
        () -> next[0] = world.nanoTime() + step.get().toNanos());
  }

  private void open() {
    Journal opened =
        SimulatedJournal.open(
            disk, new JournalOptions(diskBudgetBytes, 0, LIMITS.stamp()), world, world.fork());
    journal = opened;
    leftovers = opened.leftovers().size();
    Courier carrier = new Courier(clickHouse, clickHouse, Duration.ofSeconds(30), () -> "", world);
    courier = carrier;
    pipeline =
        new SteppedPipeline(
            options,
            opened,
            RULES.get(rules),
            carrier,
            memory,
            world,
            encoders,
            senders,
            this::fatal);
  }

  private static Rules rulesOf(int version) {
    String text =
        """
        routing: |
          - name: version
            signals: [logs, events]
            redact: {pattern: 'rules=\\d+;', with: 'rules=%d;'}
        """
            .formatted(version);
    return version == 0 ? Rules.NONE : Rules.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private interface Turn {
    void take() throws InterruptedException;
  }

  private interface IsTurn {
    boolean is();
  }

  private void add(String name, IsTurn isTurn, Turn turn) {
    World.Actor actor =
        new World.Actor() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public boolean isReady() {
            return isUp() && isTurn.is();
          }

          @Override
          public void step() throws InterruptedException {
            try {
              turn.take();
            } catch (RuntimeException | Error broken) {
              fatal(broken);
            }
          }
        };
    actors.add(actor);
    world.add(actor);
  }

  /** What stops the process: no thread of it does anything after this. */
  private void fatal(Throwable broken) {
    if (!(broken instanceof PowerLoss) && !world.isDead()) {
      world.note("! the gateway stops: %s", broken.getMessage());
      if (!(broken instanceof JournalFailure)) {
        world.broken(broken);
      }
    }
    die();
  }

  /** The end, at once. */
  void die() {
    disk.die();
    world.dead(true);
  }

  boolean isUp() {
    return pipeline != null && !world.isDead();
  }

  /** Whether it listens. */
  boolean isOpen() {
    return isUp() && !stopping;
  }

  CompletableFuture<Outcome> submit(Payload payload) {
    return pipeline().submit(payload);
  }

  /** Whether there are rules that were never in force. */
  boolean hasOtherRules() {
    return rules + 1 < RULES.size();
  }

  /** Other rules from now on; if the disk has no room for them, the old ones stay. */
  void useRules(int version) {
    world.alone(() -> {
      try {
        pipeline().useRules(RULES.get(version));
        rules = version;
      } catch (JournalFailure failed) {
        world.note("keeps its rules: %s", failed.getMessage());
        disk.forgive();
      } catch (PowerLoss lost) {
        die();
      }
    });
  }

  int rules() {
    return rules;
  }

  SimulatedDisk disk() {
    return disk;
  }

  /** Whether everything that was accepted is stored or in quarantine. */
  boolean isDrained() {
    return encoders.isIdle()
        && senders.isIdle()
        && pipeline().isIdle()
        && pipeline().backlogSegments() == 0
        && (overflow == null || overflow.isEmpty())
        && journal().segments() == 0;
  }

  /** Stops in order: what is accepted is closed, and sent if there is time. */
  void stop(Duration deadline) throws InterruptedException {
    stopping = true;
    try {
      for (int i = 0; i < 10_000 && isUp() && anyShardsTurn(); i++) {
        world.step();
      }
      if (isUp()) {
        finished = true;
        pipeline().finishShards();
        pipeline().stop(deadline);
        journal().close();
      }
    } catch (PowerLoss | JournalFailure failed) {
      fatal(failed);
    }
    die();
  }

  private boolean anyShardsTurn() {
    for (int i = 0; i < pipeline().shards(); i++) {
      if (pipeline().isShardsTurn(i)) {
        return true;
      }
    }
    return false;
  }

  /** Takes its threads away. */
  void leave() {
    actors.forEach(world::remove);
    encoders.leave();
    senders.leave();
  }

  /** What must be zero again, and add up, once all is drained. */
  void requireBalanced(long acknowledgedRecords, long rowsAnswered) {
    require(Promise.BUDGETS_RETURN, "bytes of blocks in memory", memory.usedBytes(), 0);
    require(Promise.BUDGETS_RETURN, "bytes of segments", journal().sizeBytes(), 0);
    var counters = pipeline().counters();
    long ended = counters.segmentsStored() + counters.segmentsQuarantined();
    long salvaged = counters.segmentsSealed() + leftovers;
    // How many were found in the bucket is not known here.
    if (counters.segmentsQuarantined() == 0 && bucket.isEmpty()) {
      require(Promise.COUNTERS_ADD_UP, "segments stored", ended, salvaged);
    }
    long records = 0;
    for (var kind : PayloadKind.values()) {
      records += counters.records(kind);
    }
    require(Promise.COUNTERS_ADD_UP, "records acknowledged", records, acknowledgedRecords);
    require(
        Promise.COUNTERS_ADD_UP, "rows stored", requireNonNull(courier).rowsStored(), rowsAnswered);
  }

  private static void require(Promise promise, String what, long got, long want) {
    if (got != want) {
      throw new Broken(promise, "unexpected " + what + "; got " + got + " want " + want);
    }
  }

  private SteppedPipeline pipeline() {
    return requireNonNull(pipeline);
  }

  private Journal journal() {
    return requireNonNull(journal);
  }
}
