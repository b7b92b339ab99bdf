package io.lodge.query.catalog;

import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.Promoted;
import io.lodge.query.search.SearchTable;
import io.lodge.schema.PromotedColumn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which attributes have columns of their own now, and from what time on their rows have them
 * stored. Columns are asked for each time, so that one that was dropped is not read; times are
 * asked for again after a while, as they only become earlier and decide nothing but speed. For any
 * thread.
 */
public final class PromotedColumns {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private static final String COLUMNS =
      """
      SELECT name, type, default_expression AS expression
      FROM system.columns
      WHERE database = {database:String} AND table = {table:String} AND comment = {mark:String}
      ORDER BY position\
      """;

  /** On the node that is asked; a table that is read by another name has {@code _0} behind it. */
  private static final String TIMES =
      """
      SELECT
          arrayJoin({columns:Array(String)}) AS column,
          countIf(NOT has(stored, column) AND latest = 0) AS without_time,
          maxIf(latest, NOT has(stored, column)) AS last
      FROM
      (
          SELECT table, name, toUInt32(max(max_time)) AS latest, groupArray(column) AS stored
          FROM system.parts_columns
          WHERE active AND database = {database:String} AND table IN ({table:String}, concat({table:String}, '_0'))
          GROUP BY table, name
      )
      GROUP BY column\
      """;

  private final long freshNanos;
  private final Map<String, Times> timesByTable = new ConcurrentHashMap<>();

  /** Since when columns are stored, as it was some time ago. */
  private record Times(long askedNanos, Map<String, Long> sinceByColumn) {}

  /**
   * Nothing is known yet.
   *
   * @param fresh how long a column's time is not asked for again
   */
  public PromotedColumns(Duration fresh) {
    freshNanos = fresh.toNanos();
  }

  /** The table as searches may read it now. */
  public SearchTable of(Execution execution, SearchTable table)
      throws QueryFault, InterruptedException {
    try {
      List<PromotedColumn> columns = columns(execution, table.name());
      return columns.isEmpty()
          ? table
          : table.withPromoted(promoted(columns, since(execution, table.name(), columns)));
    } catch (QueryFault e) {
      if (e.kind() == QueryFault.Kind.NOT_ALLOWED) {
        return table; // its maps tell the same
      }
      throw e;
    }
  }

  private static List<Promoted> promoted(
      List<PromotedColumn> columns, Map<String, Long> sinceByColumn) {
    List<Promoted> promoted = new ArrayList<>();
    for (PromotedColumn column : columns) {
      long nanos = sinceByColumn.getOrDefault(column.column(), Long.MAX_VALUE);
      holds(column.type())
          .ifPresent(holds ->
              promoted.add(
                  new Promoted(column.map(), column.key(), column.column(), holds, nanos)));
    }
    return promoted;
  }

  /** Columns of other types are for SQL: no search can do with what is left in them. */
  private static Optional<Promoted.Holds> holds(String type) {
    return switch (type) {
      case "String", "LowCardinality(String)" -> Optional.of(Promoted.Holds.TEXT);
      case "Float64" -> Optional.of(Promoted.Holds.NUMBER_OR_ZERO);
      case "Nullable(Float64)" -> Optional.of(Promoted.Holds.NUMBER_OR_NULL);
      default -> Optional.empty();
    };
  }

  private static List<PromotedColumn> columns(Execution execution, String table)
      throws QueryFault, InterruptedException {
    Map<String, String> values = names(table);
    values.put("mark", PromotedColumn.mark());
    return execution.quietly(new Statement(COLUMNS, values)).stream()
        .flatMap(row ->
            PromotedColumn.of(row.text("name"), row.text("type"), row.text("expression")).stream())
        .toList();
  }

  private Map<String, Long> since(Execution execution, String table, List<PromotedColumn> columns)
      throws QueryFault, InterruptedException {
    List<String> names = columns.stream().map(PromotedColumn::column).toList();
    Times known = timesByTable.get(table);
    long now = System.nanoTime();
    if (known == null
        || now - known.askedNanos > freshNanos
        || !known.sinceByColumn.keySet().containsAll(names)) {
      known = new Times(now, ask(execution, table, names));
      timesByTable.put(table, known);
    }
    return known.sinceByColumn;
  }

  private static Map<String, Long> ask(Execution execution, String table, List<String> columns)
      throws QueryFault, InterruptedException {
    Map<String, String> values = names(table);
    values.put("columns", Statement.array(columns));
    Map<String, Long> since = new HashMap<>();
    columns.forEach(column -> since.put(column, 0L)); // of a table without rows
    for (JsonRow row : execution.quietly(new Statement(TIMES, values))) {
      boolean known = row.count("without_time") == 0;
      long last = row.count("last");
      since.put(
          row.text("column"), known ? (last == 0 ? 0 : (last + 1) * SECOND_NANOS) : Long.MAX_VALUE);
    }
    return since;
  }

  private static Map<String, String> names(String table) {
    int dot = table.indexOf('.');
    Map<String, String> values = new HashMap<>();
    values.put("database", table.substring(0, dot));
    values.put("table", table.substring(dot + 1));
    return values;
  }
}
