package io.lodge.api.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.query.run.Cost;
import io.lodge.query.run.Execution;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Rows;
import io.lodge.query.run.SqlText;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * {@code POST /api/sql?stream=1}: a statement's columns and rows line by line, and how far it is.
 */
final class SqlQuestion implements Question.Streamed {
  static final Set<String> PARAMETERS = Set.of("stream", "limit", Parameters.VALUES);

  private static final int ROWS_DEFAULT = 10_000;
  private static final int ROWS_MAX = 1_000_000;

  @Override
  public void answer(Question question, Lines out) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    int limit = parameters.count("limit", ROWS_DEFAULT, ROWS_MAX);
    if (question.body().isBlank()) {
      throw QueryFault.badRequest("unexpected empty body; want one SQL statement");
    }
    SqlText typed = new SqlText(question.body(), parameters.values());
    int count = 0;
    boolean more = false;
    try (Rows rows = question.execution().open(typed, cost -> progress(out, cost))) {
      boolean begun = false;
      while (!more && rows.next()) {
        if (!begun) {
          begun = true;
          meta(out, rows);
        }
        more = count == limit;
        if (!more) {
          out.row(rows.json());
          count++;
        }
      }
      if (!begun) {
        meta(out, rows);
      }
    } catch (QueryFault e) {
      throw e.ofTyped();
    }
    end(out, question.execution(), count, more);
  }

  private static void meta(Lines out, Rows rows) throws InterruptedException {
    out.line(json -> {
      json.writeStartObject();
      json.writeName("meta");
      json.writeRawValue(new String(rows.meta(), UTF_8));
      json.writeEndObject();
    });
  }

  private static void progress(Lines out, Cost cost) throws InterruptedException {
    out.line(json -> {
      json.writeStartObject();
      json.writeObjectPropertyStart("progress");
      Json.cost(json, cost);
      json.writeStringProperty("total_rows", Long.toString(cost.rowsToRead()));
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void end(Lines out, Execution execution, int count, boolean more)
      throws InterruptedException {
    out.line(json -> end(json, execution.cost(), count, more));
  }

  private static void end(JsonGenerator json, Cost cost, int count, boolean more) {
    json.writeStartObject();
    json.writeObjectPropertyStart("end");
    json.writeNumberProperty("rows", count);
    Json.cost(json, cost);
    Json.completeness(json, more, Optional.empty());
    json.writeEndObject();
    json.writeEndObject();
  }
}
