package io.lodge.decode.rows;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.lane.ClickHouseLogsLane;
import java.nio.charset.StandardCharsets;

/**
 * Moves what a ClickHouse log line says from a record's attributes into the columns of its lane:
 * also where an agent, not a rule, has read the line.
 */
final class ClickHouseColumns {
  private static final byte[] QUERY_ID = key("query_id");
  private static final byte[] LOGGER_NAME = key("logger_name");
  private static final byte[] SOURCE_FILE = key("source_file");
  private static final byte[] SOURCE_LINE = key("source_line");
  private static final byte[] LEVEL = key("level");
  private static final byte[] THREAD_NAME = key("thread_name");
  private static final byte[] THREAD_ID = key("thread_id");

  private ClickHouseColumns() {}

  /** Appends these columns of the record's row; what they hold is no attribute any more. */
  static void put(ClickHouseLogsLane lane, AttributeSlices attributes, byte[] body) {
    put(lane.queryId, attributes, body);
    put(lane.loggerName, LOGGER_NAME, attributes, body);
    put(lane.sourceFile, SOURCE_FILE, attributes, body);
    put(lane.sourceLine, SOURCE_LINE, attributes, body);
    put(lane.level, LEVEL, attributes, body);
    put(lane.threadName, THREAD_NAME, attributes, body);
    put(lane.threadId, THREAD_ID, attributes, body);
  }

  private static void put(StringColumn queryId, AttributeSlices attributes, byte[] body) {
    int found = SourceContext.find(attributes, body, QUERY_ID);
    if (found < 0) {
      queryId.putEmpty();
      return;
    }
    int at = attributes.valueAt(found);
    queryId.put(
        attributes.source(body, at), AttributeSlices.index(at), attributes.valueLength(found));
    attributes.remove(found);
  }

  private static void put(
      LowCardinalityColumn column, byte[] key, AttributeSlices attributes, byte[] body) {
    int found = SourceContext.find(attributes, body, key);
    if (found < 0) {
      column.put(body, 0, 0);
      return;
    }
    int at = attributes.valueAt(found);
    column.put(
        attributes.source(body, at), AttributeSlices.index(at), attributes.valueLength(found));
    attributes.remove(found);
  }

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
