package io.lodge.query.run;

import java.time.Duration;
import java.util.Map;

/**
 * What one question may take; ClickHouse enforces it, with an error and never a shortened answer.
 *
 * @param timeMax {@code query.max_time}
 * @param memoryBytesMax {@code query.max_memory}
 * @param rowsMax {@code query.max_rows}: rows of the answer
 * @param concurrentMax {@code query.max_concurrent}: questions of one user at once
 */
public record QueryLimits(Duration timeMax, long memoryBytesMax, long rowsMax, int concurrentMax) {

  /** As ClickHouse's settings, for a statement that has all of the time. */
  public Map<String, String> settings() {
    return settings(timeMax);
  }

  /** The same with what is left of the time, in whole seconds and at least one. */
  Map<String, String> settings(Duration left) {
    return Map.of(
        "max_execution_time", Long.toString(Math.max(1, left.plusMillis(999).toSeconds())),
        "max_memory_usage", Long.toString(memoryBytesMax),
        "max_result_rows", Long.toString(rowsMax),
        "result_overflow_mode", "throw");
  }
}
