package io.lodge.api.ask;

import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /api/system}: what is received, waiting, stored and refused. It answers without
 * ClickHouse too: that is when people ask.
 */
final class SystemQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Set.of();

  private static final Statement VERSION = new Statement("SELECT version() AS version", Map.of());

  private static final Statement DEAD_LETTERS =
      new Statement(
          """
          SELECT Reason AS reason, count() AS count
          FROM otel.dead_letters
          WHERE ReceivedAt >= now() - toIntervalDay(1)
          GROUP BY reason
          ORDER BY count DESC, reason
          LIMIT 100\
          """,
          Map.of());

  private final Supplier<SystemStatus> status;

  SystemQuestion(Supplier<SystemStatus> status) {
    this.status = status;
  }

  @Override
  public Question.Answer answer(Question question) throws InterruptedException {
    SystemStatus now = status.get();
    // One that hangs takes questions and answers none: whoever asks then wants the rest at once.
    List<JsonRow> version =
        now.notReady().isEmpty() ? known(question.execution(), VERSION) : List.of();
    List<JsonRow> deadLetters =
        version.isEmpty() ? List.of() : known(question.execution(), DEAD_LETTERS);
    return Question.Answer.of(json -> {
      json.writeStartObject();
      json.writeStringProperty("version", now.version());
      json.writeNumberProperty("uptime_ms", now.uptime().toMillis());
      clickHouse(json, now, version.isEmpty() ? "" : version.getFirst().text("version"));
      received(json, now);
      journal(json, now.journal());
      delivered(json, now.delivered());
      json.writeArrayPropertyStart("dead_letters");
      for (JsonRow row : deadLetters) {
        json.writeStartObject();
        json.writeStringProperty("reason", row.text("reason"));
        text(json, "count", row.count("count"));
        json.writeEndObject();
      }
      json.writeEndArray();
      memory(json, now.memory());
      json.writeEndObject();
    });
  }

  /** Empty if ClickHouse does not say. */
  private static List<JsonRow> known(Execution execution, Statement statement)
      throws InterruptedException {
    try {
      return execution.all(statement);
    } catch (QueryFault unanswered) {
      return List.of();
    }
  }

  private static void clickHouse(JsonGenerator json, SystemStatus now, String version) {
    json.writeObjectPropertyStart("clickhouse");
    json.writeStringProperty("version", version);
    json.writeStringProperty("url_kind", now.embedded() ? "embedded" : "url");
    json.writeBooleanProperty("ready", !version.isEmpty() && now.notReady().isEmpty());
    json.writeStringProperty("reason", now.notReady().orElse(""));
    json.writeEndObject();
  }

  private static void received(JsonGenerator json, SystemStatus now) {
    json.writeArrayPropertyStart("ingest");
    for (SystemStatus.Received one : now.received()) {
      json.writeStartObject();
      json.writeStringProperty("protocol", one.protocol());
      text(json, "accepted", one.accepted());
      text(json, "rejected", one.rejected());
      text(json, "refused", one.refused());
      json.writeNumberProperty("rate", one.perSecond());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("kinds");
    for (SystemStatus.OfKind kind : now.kinds()) {
      json.writeStartObject();
      json.writeStringProperty("kind", kind.kind());
      text(json, "records", kind.records());
      text(json, "bytes", kind.bytes());
      text(json, "dead_letters", kind.deadLetters());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void journal(JsonGenerator json, SystemStatus.Waiting journal) {
    json.writeObjectPropertyStart("journal");
    json.writeNumberProperty("segments", journal.segments());
    text(json, "bytes", journal.bytes());
    text(json, "budget_bytes", journal.budgetBytes());
    json.writeNumberProperty("waiting", journal.waiting());
    if (journal.oldest().isPresent()) {
      text(json, "oldest_age_ms", journal.oldest().get().toMillis());
    } else {
      json.writeNullProperty("oldest_age_ms");
    }
    text(json, "waiting_bytes", journal.waitingBytes());
    json.writeNumberProperty("drain_bytes_per_second", journal.drainBytesPerSecond());
    if (journal.drainLeft().isPresent()) {
      text(json, "drain_left_ms", journal.drainLeft().get().toMillis());
    } else {
      json.writeNullProperty("drain_left_ms");
    }
    json.writeNumberProperty("quarantine_files", journal.quarantineFiles());
    text(json, "quarantine_bytes", journal.quarantineBytes());
    journal
        .bucket()
        .ifPresentOrElse(bucket -> bucket(json, bucket), () -> json.writeNullProperty("bucket"));
    json.writeEndObject();
  }

  private static void bucket(JsonGenerator json, SystemStatus.InBucket bucket) {
    json.writeObjectPropertyStart("bucket");
    json.writeNumberProperty("segments", bucket.segments());
    text(json, "bytes", bucket.bytes());
    text(json, "budget_bytes", bucket.budgetBytes());
    text(json, "moved", bucket.moved());
    text(json, "fetched", bucket.fetched());
    json.writeNumberProperty("quarantined", bucket.quarantined());
    text(json, "failures", bucket.failures());
    if (bucket.trouble().isPresent()) {
      json.writeStringProperty("trouble", bucket.trouble().get());
    } else {
      json.writeNullProperty("trouble");
    }
    json.writeEndObject();
  }

  private static void delivered(JsonGenerator json, SystemStatus.Delivered delivered) {
    json.writeObjectPropertyStart("delivered");
    text(json, "rows", delivered.rows());
    text(json, "blocks", delivered.blocks());
    text(json, "raw_bytes", delivered.rawBytes());
    text(json, "compressed_bytes", delivered.compressedBytes());
    text(json, "retries", delivered.retries());
    text(json, "failures", delivered.refusals());
    json.writeEndObject();
  }

  private static void memory(JsonGenerator json, SystemStatus.Memory memory) {
    json.writeObjectPropertyStart("memory");
    text(json, "budget", memory.budgetBytes());
    text(json, "used", memory.usedBytes());
    text(json, "heap", memory.heapBytes());
    text(json, "heap_max", memory.heapMaxBytes());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, long number) {
    json.writeStringProperty(name, Long.toString(number));
  }
}
