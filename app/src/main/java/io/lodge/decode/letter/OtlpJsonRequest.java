package io.lodge.decode.letter;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.JsonText;
import io.lodge.model.PayloadKind;
import java.nio.charset.StandardCharsets;

/** The same as {@link OtlpProtobufRequest} in OTLP's JSON. */
final class OtlpJsonRequest {
  private final ByteSink out = new ByteSink(1024);

  private OtlpJsonRequest() {}

  static byte[] of(PayloadKind kind, Letter letter) {
    return switch (kind) {
      case OTLP_LOGS_JSON -> new OtlpJsonRequest().write("Logs", "logRecords", letter);
      case OTLP_TRACES_JSON -> new OtlpJsonRequest().write("Spans", "spans", letter);
      default -> new OtlpJsonRequest().write("Metrics", "metrics", letter);
    };
  }

  private byte[] write(String signal, String records, Letter letter) {
    SavedSource resource = SavedSource.parse("resource", letter.resource());
    SavedSource scope = SavedSource.parse("scope", letter.scope());
    plain("{\"resource" + signal + "\":[{");
    source("resource", resource);
    plain(",\"scope" + signal + "\":[{");
    source("scope", scope);
    plain(",\"" + records + "\":[");
    if (signal.equals("Metrics")) {
      metric(letter);
    } else {
      record(letter);
    }
    plain("]}]}]}");
    return ProtobufSink.copy(out);
  }

  /** A member, and the schema's URL beside it. */
  private void source(String member, SavedSource saved) {
    plain("\"" + member + "\":{\"attributes\":");
    attributes(saved, "attributes");
    text(",\"name\":", saved.text("name"));
    text(",\"version\":", saved.text("version"));
    plain(",\"droppedAttributesCount\":");
    JsonText.putLong(out, Integer.toUnsignedLong(saved.number("dropped")));
    plain("}");
    text(",\"schemaUrl\":", saved.text("schemaUrl"));
  }

  private void metric(Letter letter) {
    SavedSource metric = SavedSource.parse("metric", letter.parent());
    plain("{\"metadata\":");
    attributes(metric, "metadata");
    text(",\"name\":", metric.text("name"));
    text(",\"description\":", metric.text("description"));
    text(",\"unit\":", metric.text("unit"));
    plain(",\"" + metric.text("kind") + "\":{");
    text("\"aggregationTemporality\":", metric.text("temporality"), ",");
    plain(metric.text("monotonic").equals("true") ? "\"isMonotonic\":true," : "");
    plain("\"dataPoints\":[");
    record(letter);
    plain("]}}");
  }

  private void attributes(SavedSource saved, String name) {
    String before = "[{\"key\":";
    for (SavedSource.Pair pair : saved.map(name)) {
      plain(before);
      quoted(pair.key());
      plain(",\"value\":{\"stringValue\":");
      quoted(pair.value());
      plain("}}");
      before = ",{\"key\":";
    }
    plain(saved.map(name).isEmpty() ? "[]" : "]");
  }

  private void record(Letter letter) {
    out.putBytes(letter.record(), 0, letter.record().length);
  }

  private void text(String name, String value) {
    if (!value.isEmpty()) {
      plain(name);
      quoted(value);
    }
  }

  /** A member whose value is a number. */
  private void text(String name, String number, String behind) {
    if (!number.isEmpty()) {
      plain(name + number + behind);
    }
  }

  private void quoted(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    JsonText.putQuoted(out, utf8, 0, utf8.length);
  }

  private void plain(String text) {
    JsonText.putAscii(out, text);
  }
}
