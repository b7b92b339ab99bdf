package io.lodge.query.run;

import java.util.Locale;
import java.util.Optional;

/** What a question is limited by. */
public enum Guard {
  /** {@code query.max_time}. */
  TIME,
  /** {@code query.max_memory}. */
  MEMORY,
  /** {@code query.max_rows}. */
  ROWS,
  /** {@code query.max_concurrent}. */
  CONCURRENCY;

  /** As answers name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The guard that a ClickHouse error code speaks of. Source: ClickHouse, ErrorCodes.cpp. */
  public static Optional<Guard> of(int clickhouseCode) {
    return switch (clickhouseCode) {
      // TIMEOUT_EXCEEDED, TOO_SLOW
      case 159, 160 -> Optional.of(TIME);
      // MEMORY_LIMIT_EXCEEDED
      case 241 -> Optional.of(MEMORY);
      // TOO_MANY_ROWS, TOO_MANY_BYTES, TOO_MANY_ROWS_OR_BYTES
      case 158, 307, 396 -> Optional.of(ROWS);
      // TOO_MANY_SIMULTANEOUS_QUERIES, QUOTA_EXCEEDED
      case 201, 202 -> Optional.of(CONCURRENCY);
      default -> Optional.empty();
    };
  }
}
