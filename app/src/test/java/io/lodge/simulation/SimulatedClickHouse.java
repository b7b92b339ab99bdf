package io.lodge.simulation;

import io.lodge.clickhouse.InsertResult;
import io.lodge.clickhouse.InsertResult.RetryLater;
import io.lodge.clickhouse.InsertResult.Wait;
import io.lodge.clickhouse.Verdicts;
import io.lodge.deliver.DeliveredBlocks;
import io.lodge.deliver.Inserts;
import io.lodge.journal.SimulatedDisk.PowerLoss;
import io.lodge.lane.LedgerLane;
import io.lodge.lane.SeriesLane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Stands in ClickHouse's place, with what it is known to do (docs/decisions/generic_logs.md): a
 * block is stored target by target and, within one, partition by partition; each part is stored at
 * most once while its token is remembered; anything may fail between two parts, and sending the
 * block again then completes it.
 */
final class SimulatedClickHouse implements Inserts, DeliveredBlocks {
  private static final int VIOLATED_CONSTRAINT = 469;

  /** The second would mean bad data, were it not a view that says so. */
  private static final List<Integer> VIEW = List.of(395, 27);

  private static final int MEMORY_LIMIT = 241;
  private static final List<Integer> PRESSURE = List.of(252, 202, MEMORY_LIMIT, 745);
  private static final List<Integer> UNKNOWN = List.of(319, 999, 209, 236, 394, 242);

  /** The last is not in any table of codes. */
  private static final List<Integer> OPERATOR = List.of(60, 497, 243, 16, 4242);

  /** Tables whose rows are not those of records. */
  private static final Set<String> NOT_OF_RECORDS = Set.of(LedgerLane.TABLE, SeriesLane.TABLE);

  private final World world;
  private final boolean refusesPoison;
  private final int window;
  private final Map<String, List<Table>> targets = new LinkedHashMap<>();
  private final Map<String, Integer> hashes = new HashMap<>();

  /** Tokens of blocks that are in every target: the last view writes them down. */
  private final Set<String> noted = new TreeSet<>();

  private final List<Insert> late = new ArrayList<>();

  private boolean faulty = true;
  private boolean excused;
  private long awayUntilNanos;
  private long viewBrokenUntilNanos;
  private long rowsAnswered;

  /** A block on its way into its targets. */
  private record Insert(String table, String token, Block block) {}

  /**
   * @param window parts whose tokens a table remembers
   * @param refusesPoison whether a landing table has a constraint that some rows violate
   */
  SimulatedClickHouse(World world, int window, boolean refusesPoison) {
    this.world = world;
    this.window = window;
    this.refusesPoison = refusesPoison;
    world.add(new LateInserts());
  }

  /** From now on nothing fails. */
  void heal() {
    faulty = false;
    awayUntilNanos = 0;
    viewBrokenUntilNanos = 0;
  }

  boolean isQuiet() {
    return late.isEmpty();
  }

  /** Damage on the gateway's disk may have changed what a token names. */
  void excuseOtherBlocks() {
    excused = true;
  }

  Map<String, List<Table>> targets() {
    return targets;
  }

  /** Rows of the inserts that a gateway knows to be stored, since the last call. */
  long takeRowsAnswered() {
    long rows = rowsAnswered;
    rowsAnswered = 0;
    return rows;
  }

  private List<Table> targets(String table) {
    return targets.computeIfAbsent(
        table,
        name ->
            name.endsWith("_landing")
                ? List.of(
                    new Table(name + " > target", window), new Table(name + " > rollup", window))
                : List.of(new Table(name, window)));
  }

  @Override
  public InsertResult insert(String table, String token, List<ByteBuffer> body, Duration timeout) {
    requireAlive();
    Insert insert = new Insert(table, token, Block.read(table, body));
    requireSameBlock(insert);
    InsertResult result = unlessAway(insert, timeout);
    world.note("  insert %s rows %d: %s", token, insert.block.count(), result);
    requireAlive();
    if (result instanceof InsertResult.Stored && !NOT_OF_RECORDS.contains(table)) {
      rowsAnswered += insert.block.count();
    }
    return result;
  }

  private void requireAlive() {
    if (world.isDead()) {
      throw new PowerLoss();
    }
  }

  private void requireSameBlock(Insert insert) {
    Integer before = hashes.putIfAbsent(insert.table + " " + insert.token, insert.block.hash());
    if (before != null && before != insert.block.hash() && !excused) {
      throw new Broken(
          Promise.ONE_TOKEN_ONE_BLOCK, insert.token + " came with other bytes than before");
    }
  }

  private InsertResult unlessAway(Insert insert, Duration timeout) {
    if (world.nanoTime() < awayUntilNanos) {
      return new RetryLater(Wait.UNREACHABLE, 0, "connection refused");
    }
    world.others(2);
    requireAlive();
    if (refusesPoison && insert.table.contains("generic_logs") && insert.block.isPoisoned()) {
      world.count(Fault.DATA_REFUSED);
      return Verdicts.of(VIOLATED_CONSTRAINT, "Constraint `no_poison` is violated");
    }
    if (!faulty || !world.oneIn(4)) {
      return unlessViewBroken(insert);
    }
    return faulty(insert, timeout);
  }

  private InsertResult unlessViewBroken(Insert insert) {
    if (world.nanoTime() < viewBrokenUntilNanos && insert.table.endsWith("_landing")) {
      store(insert, Table.partitions(insert.block).size());
      return Verdicts.of(
          world.oneOf(VIEW), "oops: while pushing to view otel.rollup_mv. (26.7.2.1)");
    }
    store(insert, Integer.MAX_VALUE);
    return new InsertResult.Stored(-1);
  }

  private InsertResult faulty(Insert insert, Duration timeout) {
    return switch (world.between(0, 10)) {
      case 0 -> {
        world.count(Fault.REPLY_LOST);
        store(insert, Integer.MAX_VALUE);
        yield unanswered();
      }
      case 1 -> {
        world.count(Fault.REQUEST_LOST);
        yield unanswered();
      }
      case 2 -> {
        world.count(Fault.SLOW_INSERT);
        world.sleep(Duration.ofMillis(world.between(100, 20_000)));
        yield unlessViewBroken(insert);
      }
      case 3 -> {
        world.count(Fault.STORED_AFTER_TIMEOUT);
        late.add(insert);
        world.sleep(timeout);
        yield unanswered();
      }
      case 4, 5 -> {
        world.count(Fault.STORED_IN_PART);
        store(insert, part(insert));
        yield Verdicts.of(world.oneOf(UNKNOWN), "nobody knows what became of it");
      }
      case 6 -> {
        world.count(Fault.SERVER_CRASH);
        store(insert, part(insert));
        awayUntilNanos = world.nanoTime() + Duration.ofMillis(world.between(1, 20_000)).toNanos();
        yield unanswered();
      }
      case 7 -> {
        world.count(Fault.SERVER_AWAY);
        awayUntilNanos = world.nanoTime() + Duration.ofMillis(world.between(1, 60_000)).toNanos();
        yield new RetryLater(Wait.UNREACHABLE, 0, "connection refused");
      }
      case 8 -> {
        world.count(Fault.PRESSURE);
        int code = world.oneOf(PRESSURE);
        // The memory may be short when the first view is through already.
        store(insert, code == MEMORY_LIMIT ? part(insert) : 0);
        yield Verdicts.of(code, "too much to do");
      }
      case 9 -> {
        world.count(Fault.OPERATOR);
        yield Verdicts.of(world.oneOf(OPERATOR), "someone must act");
      }
      default -> {
        world.count(Fault.VIEW_BROKEN);
        viewBrokenUntilNanos =
            world.nanoTime() + Duration.ofMillis(world.between(1, 30_000)).toNanos();
        yield unlessViewBroken(insert);
      }
    };
  }

  private static InsertResult unanswered() {
    return new RetryLater(Wait.UNKNOWN_STATUS, 0, "the answer was lost");
  }

  private int part(Insert insert) {
    return world.random().nextInt(2 + 2 * Table.partitions(insert.block).size());
  }

  /** Stores so many parts, one after the other; what comes in between may be the end. */
  private void store(Insert insert, int partsMax) {
    int parts = 0;
    for (Table target : targets(insert.table)) {
      for (long partition : Table.partitions(insert.block)) {
        if (parts++ >= partsMax) {
          return;
        }
        if (target.store(insert.block, partition, insert.token)) {
          world.count(Fault.TOKENS_FORGOTTEN);
        }
        world.others(1);
        if (world.isDead() && world.oneIn(3)) {
          return; // ClickHouse notices that its client is gone; or does not
        }
      }
    }
    if (parts < partsMax) {
      noted.add(insert.token);
    }
  }

  @Override
  public Set<String> of(String segment) throws IOException {
    requireAlive();
    if (world.nanoTime() < awayUntilNanos || (faulty && world.oneIn(8))) {
      throw new IOException("cannot be asked");
    }
    String of = segment + "/";
    return noted.stream()
        .filter(token -> token.startsWith(of))
        .map(token -> token.substring(of.length()))
        .collect(Collectors.toSet());
  }

  /** Inserts whose client waits no longer: ClickHouse goes on with them. */
  private final class LateInserts implements World.Actor {
    @Override
    public String name() {
      return "late insert";
    }

    @Override
    public boolean isReady() {
      return !late.isEmpty();
    }

    @Override
    public void step() {
      Insert insert = late.remove(world.random().nextInt(late.size()));
      store(insert, Integer.MAX_VALUE);
    }
  }

  /** The table rows of a kind are in, if any were stored. */
  Optional<Table> target(String table) {
    return Optional.ofNullable(targets.get(table)).map(List::getFirst);
  }
}
