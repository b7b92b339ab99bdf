package io.lodge.simulation;

/** What must hold whatever fails. */
enum Promise {
  /** What was acknowledged is stored, in dead letters, or in quarantine where a person finds it. */
  ACKNOWLEDGED_IS_KEPT,
  /** A bit that turns over costs the payload it is in, and no other. */
  INTACT_IS_SALVAGED,
  /** No row is stored twice while ClickHouse knows the tokens. */
  EXACTLY_ONCE,
  /** Nothing is stored that nobody sent, or that was refused for good. */
  NOTHING_MADE_UP,
  /** Of a request without an answer there is all or nothing. */
  ALL_OR_NOTHING,
  /** Every table behind a landing table has the same rows. */
  VIEWS_AGREE,
  /** A token names the same bytes for ever. */
  ONE_TOKEN_ONE_BLOCK,
  /** Records are changed by the rules they were accepted under. */
  RULES_ARE_KEPT,
  /** Each stored sample has its series' labels. */
  SERIES_ARE_KEPT,
  /** Nothing goes to quarantine without a cause, or without a note of it. */
  QUARANTINE_HAS_A_CAUSE,
  /** After a failed sync the process stops and acknowledges nothing more. */
  FAILED_SYNC_IS_FATAL,
  /** Answers say what is in the body. */
  ANSWERS_ARE_TRUE,
  /** Every budget is empty when all is stored. */
  BUDGETS_RETURN,
  /** Counters add up. */
  COUNTERS_ADD_UP,
  /** When nothing fails any more, all that waits is stored. */
  DRAINS,
  /** No thread of the pipeline ends by a bug. */
  NO_BUG
}
