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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Of one look: more than that nobody reads in a second. */
  private static final int ROWS_MAX = 500;

  private final RowTable table;
  private final Filter filter;
  private final RowText text;
  private Set<String> given = new LinkedHashSet<>();
  private long sinceNanos;

  /**
   * A tail that begins now.
   *
   * @param filter its range is not looked at
   */
  public Tail(Filter filter, long nowNanos) {
    this.filter = filter;
    table = filter.table();
    text = new RowText(table.times());
    sinceNanos = nowNanos;
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
    long floorNanos = Math.max(sinceNanos, nowNanos - BACK_NANOS);
    Map<String, String> values = new LinkedHashMap<>(recent.parameters());
    values.put("since", TimeRange.nanosText(floorNanos));
    String where = recent.where() + " AND ReceivedAt >= {since:DateTime64(9, 'UTC')}";
    List<byte[]> rows = new ArrayList<>();
    Set<String> inSight = new LinkedHashSet<>();
    long found = 0;
    long known = 0;
    Statement statement =
        new Statement(
            "SELECT %s\nFROM %s\nWHERE %s\nORDER BY ReceivedAt DESC\nLIMIT %d"
                .formatted(table.select(), recent.from(), where, ROWS_MAX + given.size()),
            values);
    try (Rows open = execution.open(statement)) {
      while (open.next()) {
        byte[] json = text.read(open.json());
        found++;
        String address = text.nanos() + "/" + text.id();
        inSight.add(address);
        if (given.contains(address)) {
          known++;
        } else if (rows.size() < ROWS_MAX) {
          rows.add(RowText.withId(text.id(), json));
        }
      }
    }
    long gap = 0;
    if (found - known > rows.size() || found == ROWS_MAX + given.size()) {
      gap = Math.max(0, count(execution, recent, where, values) - known - rows.size());
      // What was left out stays so: the next look begins here.
      sinceNanos = nowNanos;
    }
    given = inSight;
    Collections.reverse(rows);
    return new News(rows, gap);
  }

  private static long count(
      Execution execution, Filter recent, String where, Map<String, String> values)
      throws QueryFault, InterruptedException {
    List<JsonRow> counted =
        execution.all(
            new Statement(
                "SELECT count() AS count FROM %s WHERE %s".formatted(recent.from(), where),
                values));
    return counted.getFirst().count("count");
  }
}
