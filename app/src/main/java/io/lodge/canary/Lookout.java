package io.lodge.canary;

import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Runner;
import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import java.util.HashMap;
import java.util.Map;

/** Asks ClickHouse which records of a run are there. */
final class Lookout {
  private final Runner runner;
  private final String run;

  Lookout(Runner runner, String run) {
    this.runner = runner;
    this.run = run;
  }

  /**
   * How many rows there are of each number, by gateway.
   *
   * @param fromUnixNanos of records sent since then
   */
  Map<String, Map<Long, Integer>> rows(long fromUnixNanos) throws QueryFault, InterruptedException {
    Map<String, Map<Long, Integer>> rows = new HashMap<>();
    for (JsonRow row : runner.begin().all(statement(fromUnixNanos))) {
      rows.computeIfAbsent(row.text("gateway"), gateway -> new HashMap<>())
          .put(row.count("number"), (int) row.count("rows"));
    }
    return rows;
  }

  /** The hour and the service are the table's order: this reads the canary's rows and no others. */
  private Statement statement(long fromUnixNanos) {
    return new Statement(
        """
        SELECT
            ResourceAttributes['%s'] AS gateway,
            toUInt64OrZero(LogAttributes['%s']) AS number,
            count() AS rows
        FROM otel.generic_logs
        WHERE ServiceName = '%s'
            AND EventTime >= {second:DateTime('UTC')}
            AND Timestamp >= {from:DateTime64(9, 'UTC')}
            AND ResourceAttributes['%s'] = {run:String}
        GROUP BY gateway, number\
        """
            .formatted(CanaryRecord.GATEWAY, CanaryRecord.NUMBER, Canary.SERVICE, CanaryRecord.RUN),
        Map.of(
            "second", TimeRange.secondText(fromUnixNanos),
            "from", TimeRange.nanosText(fromUnixNanos),
            "run", run));
  }
}
