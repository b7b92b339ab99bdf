package io.lodge.api.ask;

import io.lodge.query.run.QueryFault;
import io.lodge.query.traces.ServiceMap;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/services}: how services do, and who calls whom. */
final class ServicesQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Set.of("from", "to", "service");

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    String service = parameters.text("service", "");
    ServiceMap map = ServiceMap.of(question.execution(), parameters.range(), service);
    return Question.Answer.of(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("services");
      map.services().forEach(one -> write(json, one));
      json.writeEndArray();
      json.writeArrayPropertyStart("edges");
      map.edges().forEach(edge -> write(json, edge));
      json.writeEndArray();
      json.writeNumberProperty("edges_share", map.edgesShare());
      if (!service.isEmpty()) {
        json.writeArrayPropertyStart("operations");
        map.operations().forEach(operation -> write(json, operation));
        json.writeEndArray();
      }
      json.writeEndObject();
    });
  }

  private static void write(JsonGenerator json, ServiceMap.OfService one) {
    json.writeStartObject();
    json.writeStringProperty("name", one.name());
    text(json, "spans", one.spans());
    text(json, "requests", one.requests());
    text(json, "errors", one.errors());
    json.writeNumberProperty("rate", one.rate());
    json.writeNumberProperty("error_rate", one.errorRate());
    text(json, "p50", one.p50());
    text(json, "p95", one.p95());
    text(json, "p99", one.p99());
    text(json, "logs", one.logs());
    text(json, "log_errors", one.logErrors());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, ServiceMap.Edge edge) {
    json.writeStartObject();
    json.writeStringProperty("from", edge.from());
    json.writeStringProperty("to", edge.to());
    text(json, "calls", edge.calls());
    text(json, "errors", edge.errors());
    text(json, "p95", edge.p95());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, ServiceMap.Operation operation) {
    json.writeStartObject();
    json.writeStringProperty("name", operation.name());
    json.writeStringProperty("kind", operation.kind());
    text(json, "spans", operation.spans());
    text(json, "errors", operation.errors());
    text(json, "p50", operation.p50());
    text(json, "p95", operation.p95());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, long number) {
    json.writeStringProperty(name, Long.toString(number));
  }
}
