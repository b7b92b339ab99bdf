package io.lodge.query.counts;

import io.lodge.query.rows.Filter;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.search.SearchSql;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that stand for more than themselves, since a routing rule kept one of several.
 *
 * @param rows of them
 * @param estimate how many records all counted rows stand for
 */
public record Sampled(long rows, long estimate) {

  /** What the filter's rows stand for; empty if each stands for itself. */
  public static Optional<Sampled> of(Execution execution, Filter filter)
      throws QueryFault, InterruptedException {
    boolean canBe = filter.table().columns().contains("SampleRate");
    if (!canBe || !anyInRange(execution, filter)) {
      return Optional.empty();
    }
    JsonRow sums =
        execution
            .quietly(
                filter.statement(
                    "SELECT countIf(SampleRate > 1) AS rows, sum(SampleRate) AS estimate FROM %s WHERE %s"
                        .formatted(filter.from(), filter.where())))
            .getFirst();
    return sums.count("rows") == 0
        ? Optional.empty()
        : Optional.of(new Sampled(sums.count("rows"), sums.count("estimate")));
  }

  /** Without the search, which may be dear: nearly always there is none. */
  private static boolean anyInRange(Execution execution, Filter filter)
      throws QueryFault, InterruptedException {
    Filter range =
        new Filter(filter.table(), Optional.empty(), new SearchSql("1", Map.of()), filter.range());
    List<JsonRow> one =
        execution.quietly(
            range.statement(
                "SELECT 1 AS one FROM %s WHERE %s AND SampleRate > 1 LIMIT 1"
                    .formatted(range.from(), range.where())));
    return !one.isEmpty();
  }
}
