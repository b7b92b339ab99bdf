package io.lodge.api.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.query.run.QueryFault;
import io.lodge.query.traces.Trace;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/trace/{id}}: the spans of a trace, and its logs. */
final class TraceQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Set.of("id");

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Trace trace = Trace.of(question.execution(), question.parameters().text("id"));
    return new Question.Answer(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("trace_id", trace.id());
          json.writeStringProperty("start", Long.toString(trace.startNanos()));
          json.writeStringProperty("duration", Long.toString(trace.durationNanos()));
          rows(json, "spans", trace.spans());
          rows(json, "logs", trace.logs());
          json.writeBooleanProperty("truncated", trace.truncated());
          json.writeBooleanProperty("logs_truncated", trace.logsTruncated());
          json.writeEndObject();
        },
        trace.truncated() || trace.logsTruncated());
  }

  private static void rows(JsonGenerator json, String name, List<byte[]> rows) {
    json.writeArrayPropertyStart(name);
    rows.forEach(row -> json.writeRawValue(new String(row, UTF_8)));
    json.writeEndArray();
  }
}
