package io.lodge.schema;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.util.List;

/**
 * Columns that were added for keys of attributes, and taken away again. {@link Schema#plan} leaves
 * them alone: it looks only for what this build wants. For any thread.
 */
public final class Promotions {
  private final ClickHouse clickHouse;

  public Promotions(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Adds the column; nothing if it is there already.
   *
   * @throws IOException if ClickHouse refuses it, or has another column of that name
   */
  public void promote(Promotion promotion) throws IOException {
    String there =
        clickHouse
            .text(
                column(
                    "SELECT concat(type, ' ', default_expression, ' ', comment)",
                    promotion.table(),
                    promotion.column()))
            .strip();
    String wanted = promotion.type() + " " + promotion.expression() + " " + Promotion.MARK;
    if (!there.isEmpty() && !there.equals(wanted)) {
      throw new IOException(
          "cannot promote to %s of %s: there is such a column, %s; demote it first"
              .formatted(promotion.column(), promotion.table(), there));
    }
    clickHouse.execute(Query.of(promotion.sql()));
  }

  /**
   * Drops a column that was promoted; the key stays in its map.
   *
   * @param name the key, or the column
   * @throws IOException if ClickHouse refuses it, or the column is none that was promoted
   */
  public void demote(String table, String name) throws IOException {
    Promotion promotion = Promotion.of(table, name, "String");
    String comment =
        clickHouse.text(column("SELECT comment", promotion.table(), promotion.column())).strip();
    if (!comment.equals(Promotion.MARK)) {
      throw new IOException(
          "cannot demote %s of %s: it is no column that was promoted; those are %s"
              .formatted(promotion.column(), promotion.table(), promoted(promotion.table())));
    }
    clickHouse.execute(
        Query.of(
            "ALTER TABLE %s DROP COLUMN IF EXISTS `%s`"
                .formatted(promotion.table(), promotion.column())));
  }

  /** The columns of the stored table that were promoted. */
  private List<String> promoted(String table) throws IOException {
    return clickHouse.lines(
        Query.of(
                "SELECT name FROM system.columns WHERE database || '.' || table = {table:String}"
                    + " AND comment = {mark:String} ORDER BY name")
            .withString("table", table)
            .withString("mark", Promotion.MARK));
  }

  private static Query column(String select, String table, String column) {
    return Query.of(
            select
                + " FROM system.columns WHERE database || '.' || table = {table:String}"
                + " AND name = {column:String} FORMAT TSVRaw")
        .withString("table", table)
        .withString("column", column);
  }
}
