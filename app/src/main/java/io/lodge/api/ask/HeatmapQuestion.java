package io.lodge.api.ask;

import io.lodge.query.rows.Filter;
import io.lodge.query.run.QueryFault;
import io.lodge.query.traces.Heatmap;
import java.util.List;
import java.util.Set;

/** {@code GET /api/traces/heatmap}: spans by when they began and how long they took. */
final class HeatmapQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = TracesQuestion.spansAnd("buckets");

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    Filter filter = question.asStored(TracesQuestion.spans(parameters), List.of());
    Heatmap map = Heatmap.of(question.execution(), filter, parameters.count("buckets", 60, 500));
    return Question.Answer.counted(
        question.sampled(filter),
        json -> {
          json.writeStartObject();
          json.writeNumberProperty("start", map.buckets().startMillis());
          json.writeNumberProperty("step", map.buckets().stepMillis());
          json.writeNumberProperty("buckets", map.buckets().count());
          json.writeArrayPropertyStart("durations");
          map.durations().forEach(nanos -> json.writeString(Long.toString(nanos)));
          json.writeEndArray();
          json.writeArrayPropertyStart("cells");
          for (Heatmap.Cell cell : map.cells()) {
            json.writeStartArray();
            json.writeNumber(cell.spans());
            json.writeNumber(cell.errors());
            json.writeEndArray();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
