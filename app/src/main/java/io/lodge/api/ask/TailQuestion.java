package io.lodge.api.ask;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RegexCheck;
import io.lodge.query.rows.Tail;
import io.lodge.query.run.Execution;
import io.lodge.query.run.QueryFault;
import io.lodge.query.time.TimeRange;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/** {@code GET /api/tail}: rows as they land, until the client leaves. */
final class TailQuestion implements Question.Streamed {
  static final Set<String> PARAMETERS = Set.of("q", "table");

  private static final Duration LOOK_EACH = Duration.ofSeconds(1);
  private static final long BEAT_NANOS = Duration.ofSeconds(4).toNanos();

  private final LongSupplier unixNanos;

  TailQuestion(LongSupplier unixNanos) {
    this.unixNanos = unixNanos;
  }

  @Override
  public void answer(Question question, Lines out) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    long beganNanos = parameters.nowNanos();
    Filter filter =
        Filter.of(
            parameters.table(),
            parameters.text("q", ""),
            new TimeRange(beganNanos, beganNanos + 1));
    RegexCheck.of(question.execution(), filter);
    Tail tail = new Tail(filter, beganNanos);
    beat(out, question.execution(), beganNanos);
    long beatNanos = System.nanoTime();
    while (true) {
      Execution look = question.execution().another();
      Tail.News news = tail.look(look, unixNanos.getAsLong());
      for (byte[] row : news.rows()) {
        out.row(row);
      }
      out.flush();
      if (news.gap() > 0) {
        out.line(json -> {
          json.writeStartObject();
          json.writeObjectPropertyStart("gap");
          json.writeNumberProperty("rows", news.gap());
          json.writeEndObject();
          json.writeEndObject();
        });
      }
      if (System.nanoTime() - beatNanos > BEAT_NANOS) {
        beat(out, look, beganNanos);
        beatNanos = System.nanoTime();
      }
      Thread.sleep(LOOK_EACH);
    }
  }

  private void beat(Lines out, Execution execution, long beganNanos) throws InterruptedException {
    TimeRange watched = new TimeRange(beganNanos, unixNanos.getAsLong());
    out.line(json -> {
      json.writeStartObject();
      json.writeObjectPropertyStart("progress");
      json.writeNumberProperty("from", watched.fromMillis());
      json.writeNumberProperty("to", watched.toMillis());
      Json.cost(json, execution.cost());
      json.writeStringProperty("total_rows", "0");
      json.writeEndObject();
      json.writeEndObject();
    });
  }
}
