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
}
