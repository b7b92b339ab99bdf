package io.lodge;

import io.lodge.api.SqlReply;
import io.lodge.api.SqlRequest;
import io.lodge.api.SqlSource;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.ClickHouseException;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.ResultStream;
import io.lodge.query.run.ReaderProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The API's statements, run on ClickHouse as the user that reads. */
final class ClickHouseSql implements SqlSource {
  private final ClickHouse reader;
  private final ReaderProfile profile;
  private final Duration stallMax;

  /**
   * @param timeMax the longest a statement may run
   */
  ClickHouseSql(ClickHouse reader, ReaderProfile profile, Duration timeMax) {
    this.reader = reader;
    this.profile = profile;
    // ClickHouse itself ends the statement; this is for a server that is gone.
    stallMax = timeMax.plusSeconds(10);
  }

  @Override
  public SqlReply run(SqlRequest request) {
    try {
      Map<String, String> settings = profile.settings(request.settings());
      if (!request.format().isEmpty()) {
        settings.put("default_format", request.format());
      }
      ResultStream rows =
          reader.query(new Query(request.sql(), request.parameters(), settings), stallMax);
      return new SqlReply.Rows(rows, rows.queryId(), rows.contentType(), rows.summary());
    } catch (IOException e) {
      return new SqlReply.Refused(codeOf(e), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int codeOf(IOException failure) {
    return failure instanceof ClickHouseException refused ? refused.code() : 0;
  }
}
