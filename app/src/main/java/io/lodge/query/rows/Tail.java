package io.lodge.query.rows;

import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Rows;
import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rows as they land. Gateways deliver blocks beside each other, so a row may land after one that
 * was received later: each look goes back a while, and what was given already is left out. For one
 * thread.
 */
public final class Tail {
  /** A block is stored within seconds of its first row, as long as ClickHouse is there. */
  private static final long BACK_NANOS = Duration.ofSeconds(15).toNanos();

  /** Rows with older times are not news, even when they land now. */
  private static final long OLD_NANOS = Duration.ofHours(1).toNanos();

  /** And clocks ahead of ours. */
  private static final long AHEAD_NANOS = Duration.ofHours(1).toNanos();

  /** Shown of one look: more than that nobody reads in a second. */
  private static final int ROWS_MAX = 500;

  /** Looked at one by one; of the others only the number is known. */
  private static final int LOOKED_AT_MAX = 5_000;

  private final RowTable table;
  private final Filter filter;
  private final RowText text;
  private final long beganNanos;
  private Set<String> given = new HashSet<>();

  /** Rows received until then were not all looked at: they are counted, and never shown. */
  private long countedUntilNanos;

  /** How many rows were shown or counted, by the second they were received in. */
  private final NavigableMap<Long, Long> accounted = new TreeMap<>();

  /**
   * A tail that begins now.
   *
   * @param filter its range is not looked at
   */
  public Tail(Filter filter, long nowNanos) {
    this.filter = filter;
    table = filter.table();
    text = new RowText(table.times());
    beganNanos = nowNanos;
  }

  /**
   * What one look found.
   *
   * @param rows that landed since the last look, the oldest first
   * @param gap rows that landed too and are left out, because there are so many
   */
  public record News(List<byte[]> rows, long gap) {}

  /** Looks once. */
  public News look(Execution execution, long nowNanos) throws QueryFault, InterruptedException {
    Filter recent = filter.within(new TimeRange(nowNanos - OLD_NANOS, nowNanos + AHEAD_NANOS));
    long floorNanos = Math.max(beganNanos, nowNanos - BACK_NANOS);
    accounted.headMap(second(floorNanos)).clear();
    Map<String, String> values = new LinkedHashMap<>(recent.parameters());
    values.put("since", TimeRange.nanosText(floorNanos));
    String where =
        "%s AND %s >= {since:DateTime64(9, 'UTC')}".formatted(recent.where(), table.received());
    // Counted before they are looked at: what lands between is shown, and not counted twice.
    Map<Long, Long> stored =
        countedUntilNanos >= floorNanos ? count(execution, recent, where, values) : Map.of();
    int most = Math.clamp(execution.limits().rowsMax(), 1, LOOKED_AT_MAX);
    Look look = new Look(most);
    Statement statement =
        new Statement(
            "SELECT %s\nFROM %s\nWHERE %s\nORDER BY %s DESC\nLIMIT %d"
                .formatted(table.select(), recent.from(), where, table.received(), most),
            values);
    try (Rows open = execution.open(statement)) {
      while (open.next()) {
        look.take(text.read(open.json()));
      }
    }
    if (look.found == most) {
      countedUntilNanos = Math.max(countedUntilNanos, text.receivedNanos());
      stored = stored.isEmpty() ? count(execution, recent, where, values) : stored;
    }
    given = look.inSight;
    Collections.reverse(look.rows);
    return new News(look.rows, look.gap + leftOut(stored));
  }

  /** The rows of one look, the newest first. */
  private final class Look {
    private final int most;
    private final List<byte[]> rows = new ArrayList<>();
    private final Set<String> inSight = new HashSet<>();
    private int found;
    private long gap;

    Look(int most) {
      this.most = most;
    }

    void take(byte[] json) {
      found++;
      String address = text.nanos() + "/" + text.id();
      boolean known = given.contains(address);
      inSight.add(address);
      // The last one that is looked at may have others of its time behind it.
      if (known || text.receivedNanos() <= countedUntilNanos || found == most) {
        return;
      }
      accounted.merge(second(text.receivedNanos()), 1L, Long::sum);
      if (rows.size() < ROWS_MAX) {
        rows.add(RowText.withId(text.id(), json));
      } else {
        gap++;
      }
    }
  }

  /** What is stored beyond what was shown or counted, which it then is. */
  private long leftOut(Map<Long, Long> stored) {
    long left = 0;
    for (Map.Entry<Long, Long> second : stored.entrySet()) {
      if (second.getKey() > second(countedUntilNanos)) {
        continue; // all of it was looked at
      }
      long before = accounted.getOrDefault(second.getKey(), 0L);
      left += Math.max(0, second.getValue() - before);
      accounted.put(second.getKey(), Math.max(before, second.getValue()));
    }
    return left;
  }

  private static Map<Long, Long> count(
      Execution execution, Filter recent, String where, Map<String, String> values)
      throws QueryFault, InterruptedException {
    Map<Long, Long> counts = new HashMap<>();
    Statement statement =
        new Statement(
            "SELECT toUnixTimestamp(%s) AS second, count() AS count\nFROM %s\nWHERE %s\nGROUP BY second"
                .formatted(recent.table().received(), recent.from(), where),
            values);
    for (JsonRow row : execution.quietly(statement)) {
      counts.put(row.count("second"), row.count("count"));
    }
    return counts;
  }

  private static long second(long nanos) {
    return Math.floorDiv(nanos, 1_000_000_000L);
  }
}
