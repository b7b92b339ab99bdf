package io.lodge.query.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The levels people speak of, as OpenTelemetry's ranges of severity numbers. Source: OpenTelemetry
 * logs data model, "SeverityNumber" and its examples for other systems.
 */
enum Severity {
  TRACE(1, "trace trce verbose finest"),
  DEBUG(5, "debug dbug fine"),
  INFO(9, "info information informational notice log"),
  WARN(13, "warn warning"),
  ERROR(17, "error err eror severe"),
  FATAL(21, "fatal critical crit alert emerg emergency panic");

  private final int first;

  /** Apart by spaces. */
  private final String names;

  Severity(int first, String names) {
    this.first = first;
    this.names = names;
  }

  /** The level's lowest number; its highest is three more. */
  int first() {
    return first;
  }

  int last() {
    return first + 3;
  }

  /** What programs call it, in lower case: for records that carry a text alone. */
  List<String> names() {
    return List.of(names.split(" "));
  }

  static Optional<Severity> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Severity severity : values()) {
      if (severity.names().contains(lower)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}
