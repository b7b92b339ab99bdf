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
    List<Facet.Value> values =
        Facet.complete(
            question.execution(),
            parameters.filter(),
            parameters.text("field"),
            parameters.text("prefix", ""),
            parameters.count("limit", 20, 1_000));
    return Question.Answer.of(json -> {
      json.writeStartObject();
      FacetsQuestion.values(json, values);
      json.writeEndObject();
    });
  }
}
