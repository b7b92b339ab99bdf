package io.lodge.query.search;

import io.lodge.query.search.Search.AllOf;
import io.lodge.query.search.Search.AnyOf;
import io.lodge.query.search.Search.Everything;
import io.lodge.query.search.Search.Field;
import io.lodge.query.search.Search.Not;
import io.lodge.query.search.Search.Text;
import io.lodge.query.search.Search.TextMatches;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A search → the condition of a WHERE clause over one table.
 *
 * @param sql with {@code {sN:Type}} in the place of every value
 * @param parameters the values, in ClickHouse's escaped text form
 */
public record SearchSql(String sql, Map<String, String> parameters) {

  /**
   * Compiles a search.
   *
   * @throws SearchException if it asks for what the table cannot answer, and where
   */
  public static SearchSql of(Search search, SearchTable table) throws SearchException {
    Condition condition = new Condition();
    String sql = new Compiler(table, condition).sql(search);
    return new SearchSql(sql, condition.parameters());
  }

  private record Compiler(SearchTable table, Condition condition) {

    String sql(Search search) throws SearchException {
      return switch (search) {
        case Everything all -> "1";
        case AllOf all -> joined(all.parts(), " AND ");
        case AnyOf any -> joined(any.parts(), " OR ");
        case Not not -> "NOT " + sql(not.part());
        case Text text -> new TextSql(searched(0), condition).has(text.words());
        case TextMatches matches ->
            new TextSql(searched(matches.at()), condition).matches(matches.regex());
        case Field field -> new FieldSql(table, condition, field).sql();
      };
    }

    private String joined(List<Search> parts, String by) throws SearchException {
      StringBuilder sql = new StringBuilder();
      for (Search part : parts) {
        sql.append(sql.isEmpty() ? "(" : by).append(sql(part));
      }
      return sql.append(')').toString();
    }

    private SearchText searched(int at) throws SearchException {
      if (table.text().isEmpty()) {
        throw new SearchException(
            "%s has no text; name a field, one of %s"
                .formatted(
                    table.name(),
                    table.columns().keySet().stream().sorted().collect(Collectors.joining(", "))),
            at,
            at);
      }
      return table.text().get();
    }
  }
}
