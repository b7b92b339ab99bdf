package io.lodge.api;

import java.time.Duration;
import java.util.Map;

/**
 * What one statement may take; ClickHouse enforces it, with an error and never a shortened answer.
 *
 * @param timeMax {@code query.max_time}
 * @param memoryBytesMax {@code query.max_memory}
 * @param rowsMax {@code query.max_rows}: rows of the answer
 */
public record SqlLimits(Duration timeMax, long memoryBytesMax, long rowsMax) {

  /** As ClickHouse's settings. */
  Map<String, String> settings() {
    return Map.of(
        "max_execution_time", Long.toString(Math.max(1, timeMax.toSeconds())),
        "max_memory_usage", Long.toString(memoryBytesMax),
        "max_result_rows", Long.toString(rowsMax),
        "result_overflow_mode", "throw");
  }
}
