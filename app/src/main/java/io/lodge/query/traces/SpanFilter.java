package io.lodge.query.traces;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowTable;
import io.lodge.query.run.QueryFault;
import io.lodge.query.search.Glob;
import io.lodge.query.search.Search;
import io.lodge.query.search.SearchException;
import io.lodge.query.search.SearchParser;
import io.lodge.query.search.SearchSql;
import io.lodge.query.search.ValueTest;
import io.lodge.query.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which spans are meant: a search, and what people choose from lists. An empty text asks for
 * nothing.
 *
 * @param typed a search over spans
 * @param service whole name
 * @param operation whole name of the span
 * @param minDuration such as {@code 250ms}: at least
 * @param maxDuration at most
 * @param status {@code Error}, {@code Ok} or {@code Unset}
 */
public record SpanFilter(
    String typed,
    String service,
    String operation,
    String minDuration,
    String maxDuration,
    String status) {

  /** The filter over the spans that began in a range. */
  public Filter within(TimeRange range) throws QueryFault {
    List<Search> parts = new ArrayList<>();
    is(parts, "ServiceName", service);
    is(parts, "SpanName", operation);
    is(parts, "StatusCode", status);
    bound(parts, "min_duration", ValueTest.Comparison.AT_LEAST, minDuration);
    bound(parts, "max_duration", ValueTest.Comparison.AT_MOST, maxDuration);
    try {
      Search search = SearchParser.parse(typed);
      if (!(search instanceof Search.Everything) || parts.isEmpty()) {
        parts.add(search);
      }
      Search all = parts.size() == 1 ? parts.getFirst() : new Search.AllOf(parts);
      return new Filter(
          RowTable.TRACES, Optional.of(all), SearchSql.of(all, RowTable.TRACES.search()), range);
    } catch (SearchException e) {
      throw QueryFault.of(e);
    }
  }

  private static void is(List<Search> parts, String column, String value) {
    if (!value.isEmpty()) {
      parts.add(new Search.Field(column, new ValueTest.Like(Glob.of(value)), 0));
    }
  }

  private static void bound(
      List<Search> parts, String parameter, ValueTest.Comparison comparison, String value)
      throws QueryFault {
    if (value.isEmpty()) {
      return;
    }
    Search.Field part =
        new Search.Field(
            "Duration", new ValueTest.Compare(comparison, new ValueTest.Bound(value, 0)), 0);
    try {
      // Alone: what is wrong with it has no place in what was typed.
      SearchSql.of(part, RowTable.TRACES.search());
    } catch (SearchException e) {
      throw QueryFault.badRequest(
          "unexpected %s; got %s want a duration such as 250ms or 1.5s"
              .formatted(parameter, value));
    }
    parts.add(part);
  }
}
