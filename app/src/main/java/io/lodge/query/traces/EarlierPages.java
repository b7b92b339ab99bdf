package io.lodge.query.traces;

import io.lodge.query.rows.Filter;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells which traces came on the pages before a cursor: those with a matching span that is newer
 * than it. Most traces are short, and their times alone say that they have none.
 */
record EarlierPages(Execution execution, Filter filter, TraceCursor cursor) {
  /** All spans of these began before the cursor's second. */
  private static final String OLDER =
      """
      SELECT TraceId
      FROM otel.otel_traces_trace_id_ts
      WHERE TraceId IN {ids:Array(String)}
      GROUP BY TraceId
      HAVING max(End) < toDateTime({second:UInt32})\
      """;

  private static final String NEWER =
      """
      SELECT DISTINCT TraceId
      FROM %s
      WHERE %s AND TraceId IN {ids:Array(String)}\
      """;

  /** Those of some traces that came before. */
  Set<String> among(Collection<String> ids) throws QueryFault, InterruptedException {
    Set<String> open = new HashSet<>(ids);
    if (open.isEmpty()) {
      return open;
    }
    open.removeAll(
        ids(
            new Statement(
                OLDER,
                Map.of("ids", Statement.array(ids), "second", Long.toString(cursor.second())))));
    if (open.isEmpty() || cursor.before().isEmpty()) {
      return Set.of();
    }
    Filter before = filter.within(cursor.before());
    Map<String, String> values = new LinkedHashMap<>(before.parameters());
    values.put("ids", Statement.array(open));
    return ids(new Statement(NEWER.formatted(before.from(), before.where()), values));
  }

  private Set<String> ids(Statement statement) throws QueryFault, InterruptedException {
    Set<String> ids = new HashSet<>();
    for (JsonRow row : execution.quietly(statement)) {
      ids.add(row.text("TraceId"));
    }
    return ids;
  }
}
