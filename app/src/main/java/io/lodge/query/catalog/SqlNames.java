package io.lodge.query.catalog;

import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import java.util.List;
import java.util.Map;

/** The names that SQL is written with. */
public record SqlNames(List<Table> tables, List<String> functions, List<String> keywords) {

  /** A table and its columns in their order. */
  public record Table(String database, String name, List<Column> columns) {}

  /** A column. */
  public record Column(String name, String type, String comment) {}

  private static final Statement COLUMNS =
      new Statement(
          """
          SELECT
              database, table,
              arrayMap(
                  c -> CAST((c.2, c.3, c.4), 'Tuple(name String, type String, comment String)'),
                  arraySort(groupArray((position, name, type, comment)))) AS columns
          FROM system.columns
          WHERE database NOT IN ('system', 'INFORMATION_SCHEMA', 'information_schema')
            AND NOT startsWith(table, '.')
          GROUP BY database, table
          ORDER BY database, table\
          """,
          Map.of());

  private static final Statement FUNCTIONS =
      new Statement("SELECT DISTINCT name FROM system.functions ORDER BY name", Map.of());

  private static final Statement KEYWORDS =
      new Statement("SELECT DISTINCT keyword AS name FROM system.keywords ORDER BY name", Map.of());

  /** All that the user may see, but for ClickHouse's own tables. */
  public static SqlNames all(Execution execution) throws QueryFault, InterruptedException {
    List<Table> tables =
        execution.all(COLUMNS).stream()
            .map(row ->
                new Table(
                    row.text("database"),
                    row.text("table"),
                    row.objects("columns").stream().map(SqlNames::column).toList()))
            .toList();
    return new SqlNames(tables, names(execution, FUNCTIONS), names(execution, KEYWORDS));
  }

  private static Column column(JsonRow column) {
    return new Column(column.text("name"), column.text("type"), column.text("comment"));
  }

  private static List<String> names(Execution execution, Statement statement)
      throws QueryFault, InterruptedException {
    return execution.all(statement).stream().map(row -> row.text("name")).toList();
  }
}
