package io.lodge.api.ask;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowPage;
import io.lodge.query.run.QueryFault;
import io.lodge.query.traces.SpanFilter;
import io.lodge.query.traces.TraceSearch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code GET /api/traces}: traces of which a span matches, the newest first, as they are found. */
final class TracesQuestion implements Question.Streamed {
  static final Set<String> PARAMETERS = spansAnd("limit", "cursor");

  private static final Map<String, String> STATUSES =
      Map.of("error", "Error", "ok", "Ok", "unset", "Unset");

  /** The parameters of {@link #spans}, and more. */
  static Set<String> spansAnd(String... more) {
    Set<String> names =
        new TreeSet<>(
            Set.of(
                "q",
                "from",
                "to",
                "service",
                "operation",
                "min_duration",
                "max_duration",
                "status"));
    names.addAll(List.of(more));
    return names;
  }

  /** The spans that a request means. */
  static Filter spans(Parameters parameters) throws QueryFault {
    String status = parameters.text("status", "");
    String stored = STATUSES.getOrDefault(status.toLowerCase(Locale.ROOT), "");
    if (stored.isEmpty() && !status.isEmpty()) {
      throw QueryFault.badRequest(
          "unexpected status; got %s want one of error, ok, unset".formatted(status));
    }
    return new SpanFilter(
            parameters.text("q", ""),
            parameters.text("service", ""),
            parameters.text("operation", ""),
            parameters.text("min_duration", ""),
            parameters.text("max_duration", ""),
            stored)
        .within(parameters.range());
  }

  @Override
  public void answer(Question question, Lines out) throws QueryFault, InterruptedException {
    Filter filter = question.asStored(spans(question.parameters()), List.of());
    TraceSearch search =
        TraceSearch.page(
            question.execution(),
            filter,
            question.parameters().text("cursor", ""),
            question.parameters().count("limit", 100, 1_000),
            new SearchQuestion.Sink(out));
    out.first(json -> SearchQuestion.plan(json, filter.within(search.range()), search.plan()));
    RowPage page = search.run();
    out.line(json -> SearchQuestion.end(json, page, question.execution().cost()));
  }
}
