package io.lodge.query.rows;

import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.SearchException;
import io.lodge.query.search.SearchParser;
import io.lodge.query.search.SearchSql;
import io.lodge.query.search.SearchTable;
import io.lodge.query.time.TimeRange;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which rows a question is about: a search over a table, within a range of time.
 *
 * @param search compiled for the table
 */
public record Filter(RowTable table, SearchSql search, TimeRange range) {

  /** The filter of a search as typed. */
  public static Filter of(RowTable table, String typed, TimeRange range) throws QueryFault {
    try {
      return new Filter(table, SearchSql.of(SearchParser.parse(typed), table.search()), range);
    } catch (SearchException e) {
      throw QueryFault.of(e);
    }
  }

  /** The same within another range. */
  public Filter within(TimeRange other) {
    return new Filter(table, search, other);
  }

  /** The table's name in SQL. */
  public String from() {
    return table.search().name();
  }

  /**
   * The condition, without WHERE. The seconds that lead the sorting key come first, and the exact
   * bounds after them.
   */
  public String where() {
    SearchTable columns = table.search();
    String time = columns.time();
    String exact =
        "%1$s >= {from:DateTime64(9, 'UTC')} AND %1$s < {to:DateTime64(9, 'UTC')}".formatted(time);
    String coarse =
        columns
            .coarseTime()
            .map(seconds ->
                "%1$s >= {from_second:DateTime('UTC')} AND %1$s <= {to_second:DateTime('UTC')} AND "
                    .formatted(seconds))
            .orElse("");
    return coarse + exact + (search.sql().equals("1") ? "" : " AND " + search.sql());
  }

  /** The values of {@link #where}. */
  public Map<String, String> parameters() {
    Map<String, String> values = new LinkedHashMap<>();
    if (table.search().coarseTime().isPresent()) {
      values.put("from_second", TimeRange.secondText(range.fromNanos()));
      values.put("to_second", TimeRange.secondText(range.toNanos()));
    }
    values.put("from", TimeRange.nanosText(range.fromNanos()));
    values.put("to", TimeRange.nanosText(range.toNanos()));
    values.putAll(search.parameters());
    return values;
  }

  /** A statement over these rows. */
  public Statement statement(String sql) {
    return new Statement(sql, parameters());
  }
}
