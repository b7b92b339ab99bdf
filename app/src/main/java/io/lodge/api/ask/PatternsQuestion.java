package io.lodge.api.ask;

import io.lodge.query.counts.Patterns;
import io.lodge.query.rows.Filter;
import io.lodge.query.run.QueryFault;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/patterns}: the kinds of lines there are, and which of them are new. */
final class PatternsQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Parameters.filterAnd("limit");

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    Filter filter = question.filter(List.of());
    Patterns patterns =
        Patterns.of(question.execution(), filter, parameters.count("limit", 50, 1_000));
    return new Question.Answer(
        json -> write(json, patterns), patterns.more(), question.sampled(filter));
  }

  private static void write(JsonGenerator json, Patterns patterns) {
    json.writeStartObject();
    json.writeBooleanProperty("sampled", patterns.sampled());
    json.writeNumberProperty("sample_rows", patterns.sampleRows());
    json.writeArrayPropertyStart("patterns");
    patterns.patterns().forEach(pattern -> write(json, pattern));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Patterns.Pattern pattern) {
    json.writeStartObject();
    json.writeStringProperty("template", pattern.template());
    json.writeStringProperty("count", Long.toString(pattern.count()));
    json.writeNumberProperty("share", pattern.share());
    json.writeStringProperty("level", pattern.level());
    json.writeObjectPropertyStart("example");
    pattern
        .example()
        .values()
        .forEach((name, value) -> json.writeStringProperty(name, value.toString()));
    json.writeEndObject();
    json.writeArrayPropertyStart("trend");
    pattern.trend().forEach(json::writeNumber);
    json.writeEndArray();
    json.writeBooleanProperty("new", pattern.isNew());
    json.writeStringProperty("previous", Long.toString(pattern.previous()));
    json.writeEndObject();
  }
}
