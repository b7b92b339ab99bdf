package io.lodge.api.ask;

import io.lodge.query.letters.Letters;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/dead-letters/letters}: letters whole, the newest first. */
final class LettersQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = LetterParameters.and("limit");

  private static final int LIMIT_MAX = 100;

  private final LetterDesk desk;

  LettersQuestion(LetterDesk desk) {
    this.desk = desk;
  }

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    int limit = question.parameters().count("limit", 10, LIMIT_MAX);
    List<JsonRow> letters =
        Letters.whole(
            question.execution(), LetterParameters.read(question.parameters()), limit + 1);
    boolean more = letters.size() > limit;
    List<JsonRow> shown = letters.subList(0, Math.min(limit, letters.size()));
    Map<String, List<JsonRow>> replays =
        Letters.replays(question.execution(), shown.stream().map(row -> row.text("Id")).toList())
            .stream()
            .collect(Collectors.groupingBy(row -> row.text("Letter")));
    return new Question.Answer(
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("letters");
          shown.forEach(row -> write(json, row, replays.getOrDefault(row.text("Id"), List.of())));
          json.writeEndArray();
          json.writeEndObject();
        },
        more);
  }

  private void write(JsonGenerator json, JsonRow row, List<JsonRow> replays) {
    byte[] record = Base64.getDecoder().decode(row.text("record"));
    LetterDesk.Shown shown = desk.show(row.text("Kind"), record);
    json.writeStartObject();
    json.writeStringProperty("id", row.text("Id"));
    json.writeStringProperty("received", row.text("received"));
    json.writeStringProperty("kind", row.text("Kind"));
    json.writeStringProperty("reason", row.text("Reason"));
    json.writeStringProperty("detail", row.text("Detail"));
    json.writeStringProperty("service", row.text("ServiceName"));
    json.writeStringProperty("tenant", row.text("Tenant"));
    json.writeStringProperty("context", row.text("Context"));
    json.writeStringProperty("resource", row.text("Resource"));
    json.writeStringProperty("scope", row.text("Scope"));
    json.writeStringProperty("parent", row.text("Parent"));
    json.writeStringProperty("target", row.text("Target"));
    json.writeStringProperty("offset", row.text("RecordOffset"));
    json.writeNumberProperty("bytes", record.length);
    json.writeStringProperty("form", shown.form().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("record", shown.text());
    json.writeArrayPropertyStart("replays");
    for (JsonRow replay : replays) {
      json.writeStartObject();
      json.writeNumberProperty("at", replay.count("at"));
      json.writeStringProperty("gateway", replay.text("Gateway"));
      json.writeStringProperty("outcome", replay.text("Outcome"));
      json.writeStringProperty("detail", replay.text("Detail"));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
