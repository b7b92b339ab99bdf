package io.lodge.query.run;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.ResultStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

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
    Map<String, String> needed = new HashMap<>(FORMAT_SETTINGS);
    needed.putAll(statement.settings());
    String sql = statement.sql() + "\nFORMAT " + format;
    return send(sql, statement.parameters(), needed, timeLeft);
  }

  /** Sends a statement as somebody typed it. */
  ResultStream send(SqlText typed, Duration timeLeft) throws IOException {
    return send(typed.sql(), typed.parameters(), SqlText.SETTINGS, timeLeft);
  }

  private ResultStream send(
      String sql, Map<String, String> parameters, Map<String, String> needed, Duration timeLeft)
      throws IOException {
    Map<String, String> settings = profile.settings(limits.settings(timeLeft), needed);
    try {
      // ClickHouse itself ends the statement; the longer wait is for a server that is gone.
      return reader.query(new Query(sql, parameters, settings), timeLeft.plusSeconds(10));
    } catch (IOException e) {
      throw profile.explained(e, needed);
    }
  }

  /** The settings that statements may be sent with, whoever asks. */
  static SortedSet<String> needed() {
    SortedSet<String> needed = new TreeSet<>(FORMAT_SETTINGS.keySet());
    needed.addAll(SqlText.SETTINGS.keySet());
    needed.addAll(GROUP_SETTINGS);
    needed.remove("default_format"); // part of the request, and no setting
    return needed;
  }

  /** Of {@link Statement#settings}. */
  private static final Set<String> GROUP_SETTINGS =
      Set.of("max_rows_to_group_by", "group_by_overflow_mode");

  /** 64-bit numbers as text, and times as decimal seconds: both exact in any JSON reader. */
  private static final Map<String, String> FORMAT_SETTINGS =
      Map.of(
          "output_format_json_quote_64bit_integers", "1",
          "output_format_json_quote_denormals", "0",
          "output_format_json_escape_forward_slashes", "0",
          "date_time_output_format", "unix_timestamp",
          "http_write_exception_in_output_format", "0");
}
