package io.lodge.query.rows;

import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.FieldValue;
import io.lodge.query.search.Search;
import io.lodge.query.search.SearchException;
import io.lodge.query.search.SearchParser;
import io.lodge.query.search.SearchSql;
import io.lodge.query.search.SearchTable;
import io.lodge.query.time.TimeRange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows a question is about: a search over a table, within a range of time.
 *
 * @param asked the search as parsed; empty where the condition is no search's
 * @param search compiled for the table
 */
public record Filter(RowTable table, Optional<Search> asked, SearchSql search, TimeRange range) {

  /** The filter of a search as typed. */
  public static Filter of(RowTable table, String typed, TimeRange range) throws QueryFault {
    try {
      Search search = SearchParser.parse(typed);
      return new Filter(table, Optional.of(search), compiled(search, table, range), range);
    } catch (SearchException e) {
      throw QueryFault.of(e);
    }
  }

  private static SearchSql compiled(Search search, RowTable table, TimeRange range)
      throws SearchException {
    return SearchSql.of(search, table.search().since(range.fromNanos()));
  }

  /** The same within another range: what it reads of promoted attributes depends on it. */
  public Filter within(TimeRange other) {
    return table.search().promoted().isEmpty()
        ? new Filter(table, asked, search, other)
        : compiledAgain(table, other);
  }

  /** The same where attributes have columns of their own. */
  public Filter with(SearchTable promoted) {
    return compiledAgain(table.with(promoted), range);
  }

  private Filter compiledAgain(RowTable as, TimeRange within) {
    if (asked.isEmpty()) {
      return new Filter(as, asked, search, within);
    }
    try {
      return new Filter(as, asked, compiled(asked.get(), as, within), within);
    } catch (SearchException e) {
      throw new IllegalStateException("unexpected: a search that was compiled once is wrong", e);
    }
  }

  /** The value of a field of these rows. */
  public FieldValue value(String field, String place) {
    return FieldValue.of(table.search().since(range.fromNanos()), field, place);
  }

  /** The same where the search says nothing of a field by itself. */
  public Filter without(String field) {
    if (asked.isEmpty()) {
      return this;
    }
    Search rest = OwnTerms.without(asked.get(), table.search(), field);
    if (rest.equals(asked.get())) {
      return this;
    }
    try {
      return new Filter(table, Optional.of(rest), SearchSql.of(rest, table.search()), range);
    } catch (SearchException e) {
      throw new IllegalStateException("a part of a search that was compiled", e);
    }
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
    return where("");
  }

  /**
   * The same where a statement has several ranges.
   *
   * @param prefix of the names of this range's bounds
   */
  public String where(String prefix) {
    SearchTable columns = table.search();
    String time = columns.time();
    String exact =
        "%1$s >= {%2$sfrom:DateTime64(9, 'UTC')} AND %1$s < {%2$sto:DateTime64(9, 'UTC')}"
            .formatted(time, prefix);
    String coarse =
        columns
            .coarseTime()
            .map(seconds ->
                "%1$s >= {%2$sfrom_second:DateTime('UTC')} AND %1$s <= {%2$sto_second:DateTime('UTC')} AND "
                    .formatted(seconds, prefix))
            .orElse("");
    return coarse + exact + (search.sql().equals("1") ? "" : " AND " + search.sql());
  }

  /** The values of {@link #where}. */
  public Map<String, String> parameters() {
    return parameters("");
  }

  /** The values of {@link #where(String)}. */
  public Map<String, String> parameters(String prefix) {
    Map<String, String> values = new LinkedHashMap<>();
    if (table.search().coarseTime().isPresent()) {
      values.put(prefix + "from_second", TimeRange.secondText(range.fromNanos()));
      values.put(prefix + "to_second", TimeRange.secondText(range.toNanos()));
    }
    values.put(prefix + "from", TimeRange.nanosText(range.fromNanos()));
    values.put(prefix + "to", TimeRange.nanosText(range.toNanos()));
    values.putAll(search.parameters());
    return values;
  }

  /** A statement over these rows. */
  public Statement statement(String sql) {
    return new Statement(sql, parameters());
  }
}
