package io.lodge.api.ask;

import io.lodge.query.letters.Letters;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/dead-letters}: letters that are alike, counted. */
final class DeadLettersQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = LetterParameters.and();

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    List<JsonRow> groups =
        Letters.groups(question.execution(), LetterParameters.read(question.parameters()));
    return Question.Answer.of(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("groups");
      groups.forEach(group -> write(json, group));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void write(JsonGenerator json, JsonRow group) {
    json.writeStartObject();
    json.writeStringProperty("kind", group.text("Kind"));
    json.writeStringProperty("reason", group.text("Reason"));
    json.writeStringProperty("service", group.text("ServiceName"));
    json.writeStringProperty("tenant", group.text("Tenant"));
    json.writeStringProperty("letters", group.text("letters"));
    json.writeStringProperty("replayed", group.text("replayed"));
    json.writeNumberProperty("first", group.count("first"));
    json.writeNumberProperty("last", group.count("last"));
    json.writeObjectPropertyStart("example");
    json.writeStringProperty("id", group.text("example"));
    json.writeStringProperty("detail", group.text("detail"));
    json.writeEndObject();
    json.writeEndObject();
  }
}
