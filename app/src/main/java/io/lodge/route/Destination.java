package io.lodge.route;

import java.util.Optional;

/** The tables that a rule can send log records to. */
public enum Destination {
  GENERIC_LOGS("generic_logs"),
  SERVER_TEXT_LOG("server_text_log"),
  KEEPER_LOG("keeper_log");

  private final String word;

  Destination(String word) {
    this.word = word;
  }

  /** The name in rules, and of the table that is read. */
  public String word() {
    return word;
  }

  static Optional<Destination> of(String word) {
    for (Destination destination : values()) {
      if (destination.word.equals(word)) {
        return Optional.of(destination);
      }
    }
    return Optional.empty();
  }
}
