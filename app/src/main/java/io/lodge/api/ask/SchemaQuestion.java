package io.lodge.api.ask;

import io.lodge.query.catalog.SqlNames;
import io.lodge.query.run.QueryFault;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/schema}: the names that SQL is written with. */
final class SchemaQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Set.of();

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    SqlNames names = SqlNames.all(question.execution());
    return Question.Answer.of(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("tables");
      names.tables().forEach(table -> write(json, table));
      json.writeEndArray();
      words(json, "functions", names.functions());
      words(json, "keywords", names.keywords());
      json.writeEndObject();
    });
  }

  private static void write(JsonGenerator json, SqlNames.Table table) {
    json.writeStartObject();
    json.writeStringProperty("database", table.database());
    json.writeStringProperty("name", table.name());
    json.writeArrayPropertyStart("columns");
    for (SqlNames.Column column : table.columns()) {
      json.writeStartObject();
      json.writeStringProperty("name", column.name());
      json.writeStringProperty("type", column.type());
      json.writeStringProperty("comment", column.comment());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void words(JsonGenerator json, String name, List<String> words) {
    json.writeArrayPropertyStart(name);
    words.forEach(json::writeString);
    json.writeEndArray();
  }
}
