package io.lodge.api.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.query.rows.Context;
import io.lodge.query.rows.RowAddress;
import io.lodge.query.run.QueryFault;
import io.lodge.query.time.TimeRange;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/context}: the rows before and after one. */
final class ContextQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Set.of("table", "time", "id", "before", "after", "scope");

  private static final int ROWS_MAX = 1_000;

  /** Further away nothing surrounds a row any more. */
  private static final long REACH_NANOS = Duration.ofDays(7).toNanos();

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    RowAddress row = RowAddress.of(parameters.text("time"), parameters.text("id"));
    String scope = parameters.choice("scope", List.of("source", "service", "everything"));
    Context context =
        Context.of(
            question.execution(),
            parameters.table(),
            row,
            Context.Scope.valueOf(scope.toUpperCase(Locale.ROOT)),
            new TimeRange(Math.max(0, row.nanos() - REACH_NANOS), row.nanos() + REACH_NANOS));
    List<byte[]> before = context.before(parameters.count("before", 50, ROWS_MAX));
    List<byte[]> after = context.after(parameters.count("after", 50, ROWS_MAX));
    return Question.Answer.of(json -> {
      json.writeStartObject();
      rows(json, "before", before);
      rows(json, "after", after);
      json.writeEndObject();
    });
  }

  private static void rows(JsonGenerator json, String name, List<byte[]> rows) {
    json.writeArrayPropertyStart(name);
    rows.forEach(row -> json.writeRawValue(new String(row, UTF_8)));
    json.writeEndArray();
  }
}
