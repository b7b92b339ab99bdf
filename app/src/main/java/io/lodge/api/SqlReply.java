package io.lodge.api;

import java.io.InputStream;

/** What ClickHouse said to a statement. */
public sealed interface SqlReply {

  /**
   * It runs; its rows follow.
   *
   * @param rows the answer as ClickHouse formats it; a failure in mid-stream is an {@code
   *     IOException} from reading it; closing it early cancels the query
   * @param queryId ClickHouse's {@code query_id}
   * @param contentType of the format, as ClickHouse gives it; empty if unknown
   * @param summary {@code X-ClickHouse-Summary}; empty if unknown
   */
  record Rows(InputStream rows, String queryId, String contentType, String summary)
      implements SqlReply {}

  /**
   * It was refused, or ClickHouse cannot be reached.
   *
   * @param clickhouseCode ClickHouse's error code; 0 if it gave none
   * @param message for the person who asked
   */
  record Refused(int clickhouseCode, String message) implements SqlReply {}
}
