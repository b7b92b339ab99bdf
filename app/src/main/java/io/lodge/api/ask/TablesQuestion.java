package io.lodge.api.ask;

import io.lodge.query.catalog.StoredTable;
import io.lodge.query.run.QueryFault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/tables}: what is stored, and for how long. */
final class TablesQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Set.of();

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    List<StoredTable> tables = StoredTable.all(question.execution());
    return Question.Answer.of(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("tables");
      tables.forEach(table -> write(json, table));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void write(JsonGenerator json, StoredTable table) {
    json.writeStartObject();
    json.writeStringProperty("database", table.database());
    json.writeStringProperty("name", table.name());
    json.writeStringProperty("read_name", table.readName());
    json.writeStringProperty("engine", table.engine());
    json.writeStringProperty("rows", Long.toString(table.rows()));
    json.writeStringProperty("bytes", Long.toString(table.bytes()));
    json.writeStringProperty("uncompressed", Long.toString(table.uncompressedBytes()));
    json.writeNumberProperty("parts", table.parts());
    json.writeNumberProperty("partitions", table.partitions());
    millis(json, "oldest", table.oldestMillis());
    millis(json, "newest", table.newestMillis());
    millis(json, "written", table.writtenMillis());
    json.writeStringProperty("ttl", table.ttl());
    json.writeEndObject();
  }

  private static void millis(JsonGenerator json, String name, Optional<Long> millis) {
    if (millis.isPresent()) {
      json.writeNumberProperty(name, millis.get());
    } else {
      json.writeNullProperty(name);
    }
  }
}
