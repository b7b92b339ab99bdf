package io.lodge.query.run;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.ResultStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Runs questions on ClickHouse, as the user that only reads. For any thread. */
public final class Runner {
  private final ClickHouse reader;
  private final ReaderProfile profile;
  private final QueryLimits limits;

  public Runner(ClickHouse reader, ReaderProfile profile, QueryLimits limits) {
    this.reader = reader;
    this.profile = profile;
    this.limits = limits;
  }

  public QueryLimits limits() {
    return limits;
  }

  /** A question begins: its clock runs. */
  public Execution begin() {
    return new Execution(this, System.nanoTime());
  }

  /**
   * Sends a statement.
   *
   * @param timeLeft ClickHouse ends the statement after it
   */
  ResultStream send(Statement statement, String format, Duration timeLeft) throws IOException {
    Map<String, String> settings = profile.settings(limits.settings(timeLeft));
    settings.putAll(FORMAT_SETTINGS);
    String sql = statement.sql() + "\nFORMAT " + format;
    // ClickHouse itself ends the statement; the longer wait is for a server that is gone.
    return reader.query(new Query(sql, statement.parameters(), settings), timeLeft.plusSeconds(10));
  }

  /** Sends a statement as somebody typed it. */
  ResultStream send(SqlText typed, Duration timeLeft) throws IOException {
    Map<String, String> settings = profile.settings(limits.settings(timeLeft));
    settings.putAll(SqlText.SETTINGS);
    return reader.query(
        new Query(typed.sql(), typed.parameters(), settings), timeLeft.plusSeconds(10));
  }

  /** 64-bit numbers as text, and times as decimal seconds: both exact in any JSON reader. */
  private static final Map<String, String> FORMAT_SETTINGS =
      Map.of(
          "output_format_json_quote_64bit_integers", "1",
          "output_format_json_quote_denormals", "0",
          "output_format_json_escape_forward_slashes", "0",
          "date_time_output_format", "unix_timestamp",
          "http_write_exception_in_output_format", "0");
}
