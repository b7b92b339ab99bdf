package io.lodge.lane;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import java.time.Duration;

/**
 * Columns of {@code otel.server_text_log_landing} and {@code otel.keeper_log_landing}: those of all
 * logs, then what a line of ClickHouse's own log says. They are named as LogHouse does.
 */
public final class ClickHouseLogsLane extends LogsLane {
  public static final String SERVER_TABLE = "otel.server_text_log_landing";
  public static final String KEEPER_TABLE = "otel.keeper_log_landing";

  public final StringColumn queryId = add("query_id", new StringColumn());
  public final LowCardinalityColumn loggerName = add("logger_name", new LowCardinalityColumn());
  public final LowCardinalityColumn sourceFile = add("source_file", new LowCardinalityColumn());
  public final LowCardinalityColumn sourceLine = add("source_line", new LowCardinalityColumn());
  public final LowCardinalityColumn level = add("level", new LowCardinalityColumn());
  public final LowCardinalityColumn threadName = add("thread_name", new LowCardinalityColumn());
  public final LowCardinalityColumn threadId = add("thread_id", new LowCardinalityColumn());

  private ClickHouseLogsLane(String table, Duration kept) {
    super(table, kept);
  }

  static ClickHouseLogsLane server() {
    return new ClickHouseLogsLane(SERVER_TABLE, Duration.ofDays(180));
  }

  static ClickHouseLogsLane keeper() {
    return new ClickHouseLogsLane(KEEPER_TABLE, Duration.ofDays(7));
  }
}
