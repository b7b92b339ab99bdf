package io.lodge.api.ask;

import io.lodge.query.counts.Facet;
import io.lodge.query.rows.Filter;
import io.lodge.query.run.QueryFault;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/facets}: the most frequent values of several fields. */
final class FacetsQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Parameters.filterAnd("fields", "limit", "own");

  private static final int FIELDS_MAX = 20;

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    List<String> asked = parameters.list("fields");
    Filter filter = question.filter(asked);
    List<String> fields = asked.isEmpty() ? Facet.defaultFields(filter.table()) : asked;
    if (fields.size() > FIELDS_MAX) {
      throw QueryFault.badRequest(
          "unexpected fields; got %d want at most %d".formatted(fields.size(), FIELDS_MAX));
    }
    int limit = parameters.count("limit", 10, 1_000);
    List<Facet> facets =
        parameters.choice("own", List.of("applied", "lifted")).equals("lifted")
            ? Facet.ofEachAlone(question.execution(), filter, fields, limit)
            : Facet.of(question.execution(), filter, fields, limit);
    boolean more = facets.stream().anyMatch(facet -> facet.distinct() > facet.values().size());
    return new Question.Answer(
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("facets");
          facets.forEach(facet -> write(json, facet));
          json.writeEndArray();
          json.writeEndObject();
        },
        more,
        question.sampled(filter));
  }

  private static void write(JsonGenerator json, Facet facet) {
    json.writeStartObject();
    json.writeStringProperty("field", facet.field());
    values(json, facet.values());
    json.writeStringProperty("distinct", Long.toString(facet.distinct()));
    json.writeStringProperty("other", Long.toString(facet.other()));
    json.writeEndObject();
  }

  /** The member {@code values}. */
  static void values(JsonGenerator json, List<Facet.Value> values) {
    json.writeArrayPropertyStart("values");
    for (Facet.Value value : values) {
      json.writeStartObject();
      json.writeStringProperty("value", value.value());
      json.writeStringProperty("count", Long.toString(value.count()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
