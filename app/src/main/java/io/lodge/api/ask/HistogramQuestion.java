package io.lodge.api.ask;

import io.lodge.query.counts.Histogram;
import io.lodge.query.rows.Filter;
import io.lodge.query.run.QueryFault;
import java.util.Set;

/** {@code GET /api/histogram}: rows counted by time and by a field. */
final class HistogramQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Parameters.filterAnd("buckets", "by");

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    Filter filter = question.filter(parameters.list("by"));
    Histogram histogram =
        Histogram.of(
            question.execution(),
            filter,
            parameters.text("by", Histogram.defaultField(filter.table())),
            parameters.count("buckets", 60, 2_000));
    return Question.Answer.counted(
        question.sampled(filter),
        json -> {
          json.writeStartObject();
          json.writeNumberProperty("start", histogram.buckets().startMillis());
          json.writeNumberProperty("step", histogram.buckets().stepMillis());
          json.writeArrayPropertyStart("groups");
          histogram.groups().forEach(json::writeString);
          json.writeEndArray();
          json.writeArrayPropertyStart("buckets");
          long time = histogram.buckets().startMillis();
          for (long[] counts : histogram.counts()) {
            json.writeStartObject();
            json.writeNumberProperty("t", time);
            json.writeArrayPropertyStart("counts");
            for (long count : counts) {
              json.writeNumber(count);
            }
            json.writeEndArray();
            json.writeEndObject();
            time += histogram.buckets().stepMillis();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
