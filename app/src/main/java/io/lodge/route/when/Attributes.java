package io.lodge.route.when;

/** Whose attributes: a map of text to text, as ClickHouse's columns have them. */
public enum Attributes {
  RESOURCE("resource.attributes", Level.RESOURCE),
  SCOPE("scope.attributes", Level.SCOPE),
  RECORD("record.attributes", Level.RECORD);

  private final String path;
  private final Level level;

  Attributes(String path, Level level) {
    this.path = path;
    this.level = level;
  }

  /** The name in conditions. */
  public String path() {
    return path;
  }

  Level level() {
    return level;
  }

  /** Whether this signal's records have them: an event has no source but its own fields. */
  boolean isOf(Signal signal) {
    return this == RECORD || signal != Signal.EVENTS;
  }
}
