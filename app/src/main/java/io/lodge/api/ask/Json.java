package io.lodge.api.ask;

import io.lodge.query.counts.Sampled;
import io.lodge.query.run.Cost;
import io.lodge.query.run.Guard;
import io.lodge.query.run.Statement;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The parts that answers share, as JSON. 64-bit numbers are text. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** One JSON value and a line break. */
  static byte[] line(Question.Data value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      value.write(json);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  /** The members {@code sql}, {@code parameters} and {@code statement}. */
  static void statement(JsonGenerator json, Statement statement) {
    json.writeStringProperty("sql", statement.sql());
    json.writeObjectPropertyStart("parameters");
    statement.parameters().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeStringProperty("statement", statement.literal());
  }

  /** The members {@code rows_read}, {@code bytes_read} and {@code elapsed_ms}. */
  static void cost(JsonGenerator json, Cost cost) {
    json.writeStringProperty("rows_read", Long.toString(cost.rowsRead()));
    json.writeStringProperty("bytes_read", Long.toString(cost.bytesRead()));
    json.writeNumberProperty("elapsed_ms", cost.elapsed().toMillis());
  }

  /** The member {@code sampled}. */
  static void sampled(JsonGenerator json, Sampled sampled) {
    json.writeObjectPropertyStart("sampled");
    json.writeStringProperty("rows", Long.toString(sampled.rows()));
    json.writeStringProperty("estimate", Long.toString(sampled.estimate()));
    json.writeEndObject();
  }

  /** The members that say how whole an answer is. */
  static void completeness(JsonGenerator json, boolean truncated, Optional<Guard> stoppedBy) {
    json.writeBooleanProperty("truncated", truncated);
    json.writeBooleanProperty("complete", stoppedBy.isEmpty());
    if (stoppedBy.isPresent()) {
      json.writeStringProperty("stopped_by", stoppedBy.get().word());
    } else {
      json.writeNullProperty("stopped_by");
    }
    // One ClickHouse is one cell, and one that does not answer is an error.
    json.writeObjectPropertyStart("cells");
    json.writeNumberProperty("asked", 1);
    json.writeArrayPropertyStart("missing");
    json.writeEndArray();
    json.writeEndObject();
  }
}
