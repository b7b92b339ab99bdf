package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.JsonIds;
import io.lodge.decode.rows.LogFields;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.wire.JsonReader;

/** Reads one {@code LogRecord} from JSON. All of its text lies in {@link LogFields#text}. */
final class JsonRecordReader {
  private static final String SEVERITY_PREFIX = "SEVERITY_NUMBER_";
  private static final String[] SEVERITIES = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
  private static final int NUMBERS_PER_SEVERITY = 4;

  private final LogFields fields = new LogFields();
  private final ByteSink text = fields.text;
  private final JsonValueReader values = new JsonValueReader(text);

  /** Forgets what a payload that was refused has left. */
  void reset() {
    values.reset();
  }

  /** Reads the record that begins here. The result is valid until the next call. */
  LogFields read(JsonReader in) throws MalformedPayloadException {
    fields.clear();
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      field(in, name);
    }
    if (values.takeTooDeep()) {
      fields.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
    return fields;
  }

  private void field(JsonReader in, String name) throws MalformedPayloadException {
    int from = text.length();
    switch (name) {
      case "timeUnixNano", "time_unix_nano" -> fields.timeUnixNanos = in.uint64();
      case "observedTimeUnixNano", "observed_time_unix_nano" ->
          fields.observedTimeUnixNanos = in.uint64();
      case "severityNumber", "severity_number" -> fields.severityNumber = severityNumber(in);
      case "severityText", "severity_text" -> {
        in.string(text);
        fields.severityTextAt = ~from;
        fields.severityTextLength = text.length() - from;
      }
      case "body" -> {
        values.value(in);
        fields.bodyAt = values.valueAt();
        fields.bodyLength = values.valueLength();
      }
      case "attributes" -> values.keyValues(in, fields.attributes);
      case "droppedAttributesCount", "dropped_attributes_count" ->
          fields.droppedAttributes = in.uint32();
      case "flags" -> fields.flags = in.uint32();
      case "traceId", "trace_id" -> {
        if (!JsonIds.read(in, text)) {
          fields.rejection = Rejection.traceIdText();
        }
        fields.traceIdAt = ~from;
        fields.traceIdLength = text.length() - from;
      }
      case "spanId", "span_id" -> {
        if (!JsonIds.read(in, text)) {
          fields.rejection = Rejection.spanIdText();
        }
        fields.spanIdAt = ~from;
        fields.spanIdLength = text.length() - from;
      }
      case "eventName", "event_name" -> {
        in.string(text);
        fields.eventNameAt = ~from;
        fields.eventNameLength = text.length() - from;
      }
      default -> in.skip();
    }
  }

  /** A number, or the name of one; a name that no version of OTLP has is as good as none. */
  private static int severityNumber(JsonReader in) throws MalformedPayloadException {
    if (in.isString()) {
      String name = in.string();
      if (name.startsWith(SEVERITY_PREFIX)) {
        return severityNumber(name.substring(SEVERITY_PREFIX.length()));
      }
    }
    return Math.clamp(in.int64(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static int severityNumber(String name) {
    for (int i = 0; i < SEVERITIES.length; i++) {
      if (name.startsWith(SEVERITIES[i])) {
        String step = name.substring(SEVERITIES[i].length());
        int first = i * NUMBERS_PER_SEVERITY + 1;
        return switch (step) {
          case "" -> first;
          case "2" -> first + 1;
          case "3" -> first + 2;
          case "4" -> first + 3;
          default -> 0;
        };
      }
    }
    return 0;
  }
}
