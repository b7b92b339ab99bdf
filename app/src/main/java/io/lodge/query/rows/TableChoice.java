package io.lodge.query.rows;

import io.lodge.query.run.Execution;
import io.lodge.query.run.QueryFault;
import io.lodge.query.search.Search;
import io.lodge.query.search.SearchException;
import io.lodge.query.search.SearchFields;
import io.lodge.query.search.SearchParser;
import io.lodge.query.search.SearchSql;
import io.lodge.query.search.SearchTable;
import io.lodge.query.search.ValueTest;
import io.lodge.query.time.TimeRange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The table that a search speaks of: the first that has all columns it names, beginning with the
 * logs. A name that no table has as a column may be an attribute of any.
 */
public final class TableChoice {
  /** Whose: sorting keys and dictionaries tell quickly whether there is such a row. */
  private static final Set<String> OWNERS =
      Set.of("ServiceName", "Namespace", "PodName", "Cluster", "Region", "Cell", "Dataset", "host");

  private TableChoice() {}

  /** By the names alone; nothing is asked. */
  public static RowTable byColumns(String typed) throws QueryFault {
    return candidates(parsed(typed)).getFirst();
  }

  /**
   * By the names, and where several tables have them, the first of these that has a row of the
   * owners that the search insists on: {@code service:clickhouse-01} is about the table where that
   * service is.
   */
  public static RowTable byValues(Execution execution, String typed, TimeRange range)
      throws QueryFault, InterruptedException {
    Search search = parsed(typed);
    List<RowTable> candidates = candidates(search);
    if (candidates.size() > 1) {
      for (RowTable table : candidates) {
        List<Search> owners = owners(search, table.search()).toList();
        if (owners.isEmpty()) {
          break; // nothing to tell them apart by
        }
        if (hasRow(execution, table, owners, range)) {
          return table;
        }
      }
    }
    return candidates.getFirst();
  }

  private static boolean hasRow(
      Execution execution, RowTable table, List<Search> owners, TimeRange range)
      throws QueryFault, InterruptedException {
    Search all = owners.size() == 1 ? owners.getFirst() : new Search.AllOf(owners);
    try {
      Filter filter = new Filter(table, Optional.of(all), SearchSql.of(all, table.search()), range);
      String sql = "SELECT 1 AS one FROM %s WHERE %s LIMIT 1";
      return !execution
          .quietly(filter.statement(sql.formatted(filter.from(), filter.where())))
          .isEmpty();
    } catch (SearchException e) {
      throw QueryFault.of(e);
    }
  }

  /** What every row must be of. */
  private static Stream<Search> owners(Search search, SearchTable table) {
    return switch (search) {
      case Search.AllOf all -> all.parts().stream().flatMap(part -> owners(part, table));
      case Search.Field field ->
          table.columnOf(field.field()).filter(OWNERS::contains).isPresent()
                  && field.test() instanceof ValueTest.Like like
                  && like.value().isExact()
              ? Stream.of(search)
              : Stream.empty();
      case Search.Everything all -> Stream.empty();
      case Search.AnyOf any -> Stream.empty();
      case Search.Not not -> Stream.empty();
      case Search.Text text -> Stream.empty();
      case Search.TextMatches matches -> Stream.empty();
    };
  }

  private static List<RowTable> candidates(Search search) {
    Set<String> names = SearchFields.of(search);
    Set<String> anywhere = new HashSet<>();
    RowTable.all()
        .forEach(table -> names.stream().filter(table.search()::hasColumn).forEach(anywhere::add));
    List<RowTable> all =
        RowTable.all().stream()
            .filter(table -> anywhere.stream().allMatch(table.search()::hasColumn))
            .toList();
    return all.isEmpty() ? List.of(RowTable.LOGS) : all;
  }

  private static Search parsed(String typed) throws QueryFault {
    try {
      return SearchParser.parse(typed);
    } catch (SearchException e) {
      throw QueryFault.of(e);
    }
  }
}
