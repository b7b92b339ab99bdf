package io.lodge.route.when;

import java.util.Optional;

/** What kind of record a rule acts on, whatever protocol it came by. */
public enum Signal {
  /** Log records: OTLP's, Loki's lines, syslog's messages. */
  LOGS("logs"),
  /** Spans: OTLP's and Zipkin's. */
  TRACES("traces"),
  /** Wide events: JSON objects, and Elasticsearch's documents. */
  EVENTS("events");

  private final String word;

  Signal(String word) {
    this.word = word;
  }

  /** The name in rules and conditions. */
  public String word() {
    return word;
  }

  /** The signal with this name. */
  public static Optional<Signal> of(String word) {
    for (Signal signal : values()) {
      if (signal.word.equals(word)) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}
