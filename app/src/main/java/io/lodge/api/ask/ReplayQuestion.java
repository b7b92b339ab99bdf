package io.lodge.api.ask;

import io.lodge.query.letters.LetterFilter;
import io.lodge.query.run.QueryFault;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * {@code POST /api/dead-letters/replay}: sends letters again. It writes, so it asks for an ingest
 * key, and sends what is of that key's tenant.
 */
final class ReplayQuestion implements Question.Whole {
  static final String PATH = "/api/dead-letters/replay";
  static final Set<String> PARAMETERS = LetterParameters.and("after", "as", "dry_run");

  private final LetterDesk desk;

  ReplayQuestion(LetterDesk desk) {
    this.desk = desk;
  }

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters in = question.parameters();
    LetterFilter filter = LetterParameters.read(in).open();
    if (desk.keys().tenantOf("").isEmpty()) {
      String tenant = desk.keys().tenantOf(question.presented()).orElse("");
      if (!filter.tenant().isEmpty() && !filter.tenant().equals(tenant)) {
        throw QueryFault.badRequest(
            "cannot send letters of tenant %s again: the key is of another; send an ingest key of that tenant"
                .formatted(filter.tenant()));
      }
      filter = filter.ofTenant(tenant);
    }
    boolean dryRun = in.choice("dry_run", List.of("0", "1")).equals("1");
    LetterDesk.Report report =
        desk.replay(
            question.execution(),
            new LetterDesk.Order(filter, in.text("after", ""), in.text("as", ""), dryRun));
    return new Question.Answer(json -> write(json, report, dryRun), report.next().isPresent());
  }

  private static void write(JsonGenerator json, LetterDesk.Report report, boolean dryRun) {
    json.writeStartObject();
    json.writeBooleanProperty("dry_run", dryRun);
    json.writeStringProperty("sent", Long.toString(report.sent()));
    json.writeArrayPropertyStart("held_back");
    for (LetterDesk.HeldBack held : report.heldBack()) {
      json.writeStartObject();
      json.writeStringProperty("kind", held.kind());
      json.writeStringProperty("reason", held.reason());
      json.writeStringProperty("why", held.why());
      json.writeStringProperty("letters", Long.toString(held.letters()));
      json.writeStringProperty("example", held.example());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringProperty("next", report.next().orElse(""));
    json.writeEndObject();
  }
}
