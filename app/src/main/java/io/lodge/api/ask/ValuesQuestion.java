package io.lodge.api.ask;

import io.lodge.query.counts.Facet;
import io.lodge.query.run.QueryFault;
import java.util.List;
import java.util.Set;

/** {@code GET /api/values}: a field's values that begin with a text, to complete what is typed. */
final class ValuesQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Parameters.filterAnd("field", "prefix", "limit");

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    int limit = parameters.count("limit", 20, 1_000);
    List<Facet.Value> found =
        Facet.complete(
            question.execution(),
            question.filter(List.of(parameters.text("field"))),
            parameters.text("field"),
            parameters.text("prefix", ""),
            limit + 1);
    List<Facet.Value> values = found.subList(0, Math.min(limit, found.size()));
    return new Question.Answer(
        json -> {
          json.writeStartObject();
          FacetsQuestion.values(json, values);
          json.writeEndObject();
        },
        found.size() > limit);
  }
}
