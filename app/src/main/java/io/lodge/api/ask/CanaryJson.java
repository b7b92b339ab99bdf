package io.lodge.api.ask;

import io.lodge.canary.CanaryReport;
import io.lodge.canary.CanaryReport.OfGateway;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The block {@code canary} of {@code /api/ledger}; null where it is off. */
final class CanaryJson {
  private CanaryJson() {}

  static void write(JsonGenerator json, Optional<CanaryReport> report) {
    json.writeName("canary");
    if (report.isEmpty()) {
      json.writeNull();
      return;
    }
    CanaryReport canary = report.get();
    json.writeStartObject();
    json.writeStringProperty("run", canary.run());
    text(json, "every_ms", canary.every().toMillis());
    text(json, "late_ms", canary.late().toMillis());
    json.writeBooleanProperty("answering", canary.answering());
    json.writeArrayPropertyStart("gateways");
    canary.gateways().forEach(of -> gateway(json, of, canary.standing(of)));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void gateway(JsonGenerator json, OfGateway of, CanaryReport.Standing standing) {
    json.writeStartObject();
    json.writeStringProperty("gateway", of.gateway());
    json.writeBooleanProperty("own", of.own());
    json.writeStringProperty("standing", standing.toString().toLowerCase(Locale.ROOT));
    text(json, "sent", of.sent());
    text(json, "found", of.found());
    text(json, "waiting", of.waiting());
    text(json, "missing", of.missing());
    text(json, "unknown", of.unknown());
    text(json, "refused", of.refused());
    text(json, "unanswered", of.unanswered());
    text(json, "late", of.late());
    text(json, "duplicates", of.duplicates());
    millis(json, "oldest_waiting_ms", of.oldestWaiting());
    millis(json, "last_delay_ms", of.lastDelay());
    millis(json, "worst_delay_ms", of.worstDelay());
    json.writeStringProperty("trouble", of.trouble());
    json.writeEndObject();
  }

  private static void millis(JsonGenerator json, String name, Optional<Duration> duration) {
    if (duration.isPresent()) {
      text(json, name, duration.get().toMillis());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void text(JsonGenerator json, String name, long number) {
    json.writeStringProperty(name, Long.toString(number));
  }
}
