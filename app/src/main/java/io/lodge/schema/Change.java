package io.lodge.schema;

/**
 * One step between what a server has and what this build wants.
 *
 * @param what the step in words, {@code add column EventName to otel.generic_logs_0}
 * @param sql the statement that takes it; safe to run twice, and beside another node running it;
 *     empty if no statement can, and a person must decide
 */
public record Change(String what, String sql) {

  /** A difference that ALTER cannot mend. */
  static Change byHand(String what) {
    return new Change(what, "");
  }

  /** Whether a person must decide: {@link Schema#apply} reports such a step and leaves it. */
  public boolean byHand() {
    return sql.isEmpty();
  }

  /** Whether something is missing as a whole, a table or a view. */
  public boolean creates() {
    return sql.startsWith("CREATE");
  }
}
