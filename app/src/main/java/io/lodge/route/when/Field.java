package io.lodge.route.when;

/**
 * What a condition can ask for, beside attributes. Schema URLs are not among it: on OTLP's wire
 * they stand behind the records.
 */
public enum Field {
  /** {@code logs}. */
  SIGNAL("signal", Level.REQUEST, false),
  TENANT("tenant", Level.REQUEST, false),
  SCOPE_NAME("scope.name", Level.SCOPE, false),
  SCOPE_VERSION("scope.version", Level.SCOPE, false),
  BODY("record.body", Level.RECORD, false),
  SEVERITY_TEXT("record.severity_text", Level.RECORD, false),
  SEVERITY_NUMBER("record.severity_number", Level.RECORD, true),
  EVENT_NAME("record.event_name", Level.RECORD, false),
  /** 32 hexadecimal digits; empty where there is none. */
  TRACE_ID("record.trace_id", Level.RECORD, false),
  /** 16 hexadecimal digits; empty where there is none. */
  SPAN_ID("record.span_id", Level.RECORD, false),
  FLAGS("record.flags", Level.RECORD, true);

  private final String path;
  private final Level level;
  private final boolean number;

  Field(String path, Level level, boolean number) {
    this.path = path;
    this.level = level;
    this.number = number;
  }

  /** The name in conditions. */
  public String path() {
    return path;
  }

  Level level() {
    return level;
  }

  /** Whether it is a whole number; else it is text. */
  boolean isNumber() {
    return number;
  }
}
