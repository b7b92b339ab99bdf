package io.lodge.api.ask;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowPage;
import io.lodge.query.rows.RowSearch;
import io.lodge.query.rows.RowSink;
import io.lodge.query.run.Cost;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/search}: rows, the newest first, as they are found. */
final class SearchQuestion implements Question.Streamed {
  static final Set<String> PARAMETERS = Parameters.filterAnd("limit", "cursor", "order");

  @Override
  public void answer(Question question, Lines out) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    Filter filter = question.filter(List.of());
    RowSearch search =
        RowSearch.page(
            question.execution(),
            filter,
            parameters.text("cursor", ""),
            parameters.choice("order", List.of("desc", "asc")).equals("desc"),
            parameters.count("limit", 200, 10_000),
            new Sink(out));
    out.first(json -> plan(json, filter.within(search.range()), search.plan()));
    RowPage page = search.run();
    out.line(json -> end(json, page, question.execution().cost()));
  }

  /** The line that says what will be asked. */
  static void plan(JsonGenerator json, Filter filter, Statement statement) {
    json.writeStartObject();
    json.writeObjectPropertyStart("plan");
    json.writeStringProperty("table", filter.from());
    range(json, filter.range());
    Json.statement(json, statement);
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Rows and progress as lines. */
  record Sink(Lines out) implements RowSink {
    @Override
    public void row(byte[] json) throws InterruptedException {
      out.row(json);
    }

    @Override
    public void progress(TimeRange searched, Cost cost) throws InterruptedException {
      out.line(json -> {
        json.writeStartObject();
        json.writeObjectPropertyStart("progress");
        range(json, searched);
        Json.cost(json, cost);
        json.writeStringProperty("total_rows", Long.toString(cost.rowsToRead()));
        json.writeEndObject();
        json.writeEndObject();
      });
    }
  }

  private static void range(JsonGenerator json, TimeRange range) {
    json.writeNumberProperty("from", range.fromMillis());
    json.writeNumberProperty("to", range.toMillis());
  }

  /** The last line. */
  static void end(JsonGenerator json, RowPage page, Cost cost) {
    json.writeStartObject();
    json.writeObjectPropertyStart("end");
    json.writeNumberProperty("rows", page.rows());
    Json.cost(json, cost);
    Json.completeness(json, page.truncated(), page.stoppedBy());
    json.writeObjectPropertyStart("searched");
    range(json, page.searched());
    json.writeEndObject();
    if (page.next().isPresent()) {
      json.writeStringProperty("next", page.next().get());
    } else {
      json.writeNullProperty("next");
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
