package io.lodge.api;

import java.io.IOException;

/** Runs statements, as a user who may only read. */
@FunctionalInterface
public interface SqlSource {

  /**
   * Sends the statement and waits for the first of the answer. Blocks its (virtual) thread; an
   * interrupt, which says that nobody waits any more, ends it and the query.
   */
  SqlReply run(SqlRequest request) throws InterruptedException;

  /** ClickHouse's error code in a failure of reading the rows of a reply; 0 if it has none. */
  default int codeOf(IOException failure) {
    return 0;
  }
}
