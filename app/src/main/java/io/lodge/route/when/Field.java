package io.lodge.route.when;

import static io.lodge.route.when.Signal.EVENTS;
import static io.lodge.route.when.Signal.LOGS;
import static io.lodge.route.when.Signal.TRACES;

import java.util.Set;

/**
 * What a condition can ask for, beside attributes, and of which signals' records. Schema URLs are
 * not among it: on OTLP's wire they stand behind the records.
 */
public enum Field {
  /** {@link Signal#word}. */
  SIGNAL("signal", Level.REQUEST, false, LOGS, TRACES, EVENTS),
  TENANT("tenant", Level.REQUEST, false, LOGS, TRACES, EVENTS),
  SCOPE_NAME("scope.name", Level.SCOPE, false, LOGS, TRACES),
  SCOPE_VERSION("scope.version", Level.SCOPE, false, LOGS, TRACES),
  BODY("record.body", Level.RECORD, false, LOGS),
  SEVERITY_TEXT("record.severity_text", Level.RECORD, false, LOGS),
  SEVERITY_NUMBER("record.severity_number", Level.RECORD, true, LOGS),
  EVENT_NAME("record.event_name", Level.RECORD, false, LOGS),
  /** 32 hexadecimal digits; empty where there is none. */
  TRACE_ID("record.trace_id", Level.RECORD, false, LOGS, TRACES),
  /** 16 hexadecimal digits; empty where there is none. */
  SPAN_ID("record.span_id", Level.RECORD, false, LOGS, TRACES),
  FLAGS("record.flags", Level.RECORD, true, LOGS, TRACES),
  /** 16 hexadecimal digits; empty for a root span. */
  PARENT_SPAN_ID("record.parent_span_id", Level.RECORD, false, TRACES),
  /** The span's name. */
  NAME("record.name", Level.RECORD, false, TRACES),
  /** {@code Server}, {@code Client} and so on, as stored. */
  KIND("record.kind", Level.RECORD, false, TRACES),
  /** {@code Unset}, {@code Ok} or {@code Error}. */
  STATUS_CODE("record.status_code", Level.RECORD, false, TRACES),
  STATUS_MESSAGE("record.status_message", Level.RECORD, false, TRACES),
  /** How long the span took; 0 where one of its times is missing. */
  DURATION_NANOS("record.duration_nanos", Level.RECORD, true, TRACES),
  /** Which stream of events it belongs to. */
  DATASET("record.dataset", Level.RECORD, false, EVENTS);

  private final String path;
  private final Level level;
  private final boolean number;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
  private final Set<Signal> signals;

  Field(String path, Level level, boolean number, Signal... signals) {
    this.path = path;
    this.level = level;
    this.number = number;
    this.signals = Set.of(signals);
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

  /** Whether this signal's records have it. */
  boolean isOf(Signal signal) {
    return signals.contains(signal);
  }
}
