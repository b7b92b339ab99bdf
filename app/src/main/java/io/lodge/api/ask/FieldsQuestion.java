package io.lodge.api.ask;

import io.lodge.query.counts.Field;
import io.lodge.query.run.QueryFault;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/fields}: the fields that the newest rows have. */
final class FieldsQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Parameters.filterAnd("prefix");

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    Field.Found found =
        Field.of(question.execution(), question.filter(List.of()), parameters.text("prefix", ""));
    return new Question.Answer(json -> write(json, found.fields()), found.more());
  }

  private static void write(JsonGenerator json, List<Field> fields) {
    json.writeStartObject();
    json.writeArrayPropertyStart("fields");
    for (Field field : fields) {
      json.writeStartObject();
      json.writeStringProperty("name", field.name());
      json.writeStringProperty("column", field.column());
      json.writeStringProperty("kind", field.kind());
      json.writeStringProperty("source", field.source());
      json.writeStringProperty("count", Long.toString(field.count()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
