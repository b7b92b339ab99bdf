package io.lodge.query.rows;

import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.FieldValue;
import io.lodge.query.search.SearchSql;
import io.lodge.query.time.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows around one, of the same source, the same service, or all. */
public final class Context {
  private final Execution execution;
  private final Filter filter;
  private final RowAddress row;

  /** Whose rows are shown around a row. */
  public enum Scope {
    /** What wrote the row: its service, pod, container and host. */
    SOURCE,
    SERVICE,
    EVERYTHING
  }

  private Context(Execution execution, Filter filter, RowAddress row) {
    this.execution = execution;
    this.filter = filter;
    this.row = row;
  }

  /**
   * The surroundings of a row, from a range of time.
   *
   * @throws QueryFault if there is no such row
   */
  public static Context of(
      Execution execution, RowTable table, RowAddress row, Scope scope, TimeRange range)
      throws QueryFault, InterruptedException {
    List<String> fields =
        switch (scope) {
          case SOURCE -> table.source();
          case SERVICE -> List.of("service");
          case EVERYTHING -> List.of();
        };
    List<FieldValue> values = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      values.add(FieldValue.of(table.search(), fields.get(i), "f" + i));
    }
    List<String> own = read(execution, table, row, values);
    List<String> conditions = new ArrayList<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      conditions.add("%s = {c%d:String}".formatted(values.get(i).sql(), i));
      parameters.putAll(values.get(i).parameters());
      parameters.put("c" + i, Statement.escaped(own.get(i)));
    }
    String sql = conditions.isEmpty() ? "1" : String.join(" AND ", conditions);
    Filter filter = new Filter(table, Optional.empty(), new SearchSql(sql, parameters), range);
    return new Context(execution, filter, row);
  }

  /** The values of the row itself. */
  private static List<String> read(
      Execution execution, RowTable table, RowAddress row, List<FieldValue> values)
      throws QueryFault, InterruptedException {
    TimeRange moment = new TimeRange(row.nanos(), row.nanos() + 1);
    Filter there = new Filter(table, Optional.empty(), new SearchSql("1", Map.of()), moment);
    Map<String, String> parameters = new LinkedHashMap<>(there.parameters());
    values.forEach(value -> parameters.putAll(value.parameters()));
    parameters.put("id", row.hash());
    List<String> columns = new ArrayList<>(List.of("1 AS found"));
    for (int i = 0; i < values.size(); i++) {
      columns.add("toString(%s) AS v%d".formatted(values.get(i).sql(), i));
    }
    String sql =
        "SELECT %s\nFROM %s\nWHERE %s AND %s = {id:UInt64}\nLIMIT 1"
            .formatted(String.join(", ", columns), there.from(), there.where(), table.id());
    List<JsonRow> rows = execution.all(new Statement(sql, parameters));
    if (rows.isEmpty()) {
      throw QueryFault.notFound(
          "cannot find the row %s at %s in %s: it may have expired"
              .formatted(row.id(), TimeRange.nanosText(row.nanos()), there.from()));
    }
    List<String> own = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      own.add(rows.getFirst().text("v" + i));
    }
    return own;
  }

  /** The rows before it, the newest last. */
  public List<byte[]> before(int limit) throws QueryFault, InterruptedException {
    List<byte[]> rows = collect(true, limit);
    return rows.reversed();
  }

  /** The rows after it, the oldest first. */
  public List<byte[]> after(int limit) throws QueryFault, InterruptedException {
    return collect(false, limit);
  }

  private List<byte[]> collect(boolean newestFirst, int limit)
      throws QueryFault, InterruptedException {
    RowList rows = new RowList();
    RowSearch search = RowSearch.behind(execution, filter, row, newestFirst, limit, rows);
    execution.show(search.plan());
    RowPage page = search.run();
    if (page.stoppedBy().isPresent()) {
      throw QueryFault.limit(
          page.stoppedBy().get(),
          "cannot find the rows around this one: %s is used up"
              .formatted(page.stoppedBy().get().word()));
    }
    return rows.all();
  }
}
