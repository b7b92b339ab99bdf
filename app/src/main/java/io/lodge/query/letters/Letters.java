package io.lodge.query.letters;

import io.lodge.clickhouse.Query;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is asked about dead letters. */
public final class Letters {
  private static final int GROUPS_MAX = 1000;

  private Letters() {}

  /**
   * Letters that are alike, the most frequent first: {@code Kind, Reason, ServiceName, Tenant,
   * letters, replayed, first, last, example, detail}.
   */
  public static List<JsonRow> groups(Execution execution, LetterFilter filter)
      throws QueryFault, InterruptedException {
    String sql =
        """
        SELECT Kind, Reason, ServiceName, Tenant,
          uniqExact(Id) AS letters,
          uniqExactIf(Id, Id IN (%s)) AS replayed,
          toUnixTimestamp64Milli(min(ReceivedAt)) AS first,
          toUnixTimestamp64Milli(max(ReceivedAt)) AS last,
          argMax(Id, ReceivedAt) AS example,
          argMax(Detail, ReceivedAt) AS detail
        FROM otel.dead_letters
        WHERE %s
        GROUP BY Kind, Reason, ServiceName, Tenant
        ORDER BY letters DESC, last DESC
        LIMIT %d\
        """
            .formatted(LetterFilter.ENDED, filter.sql(), GROUPS_MAX);
    return execution.all(new Statement(sql, filter.values()));
  }

  /** Ids behind this one, in order, with the {@code bytes} of their records. */
  public static List<JsonRow> page(Execution execution, LetterFilter filter, String after, int max)
      throws QueryFault, InterruptedException {
    Map<String, String> values = new LinkedHashMap<>(filter.values());
    values.put("after", Statement.escaped(after));
    String sql =
        """
        SELECT Id, max(length(Record)) AS bytes
        FROM otel.dead_letters
        WHERE %s AND Id > {after:String}
        GROUP BY Id
        ORDER BY Id
        LIMIT %d\
        """
            .formatted(filter.sql(), max);
    return execution.all(new Statement(sql, values));
  }

  /** Letters whole, the newest first; {@code record} is in base64, {@code received} nanoseconds. */
  public static List<JsonRow> whole(Execution execution, LetterFilter filter, int max)
      throws QueryFault, InterruptedException {
    String sql =
        """
        SELECT Id, toUnixTimestamp64Nano(ReceivedAt) AS received, Kind, Reason, Detail, Tenant,
          ServiceName, Context, Resource, Scope, Parent, Target, RecordOffset, base64Encode(Record) AS record
        FROM otel.dead_letters
        WHERE %s
        ORDER BY ReceivedAt DESC, Id
        LIMIT 1 BY Id
        LIMIT %d\
        """
            .formatted(filter.sql(), max);
    return execution.all(new Statement(sql, filter.values()));
  }

  /** What was done with these letters: {@code Letter, at} in milliseconds, {@code Gateway, …}. */
  public static List<JsonRow> replays(Execution execution, List<String> ids)
      throws QueryFault, InterruptedException {
    String sql =
        """
        SELECT Letter, toUnixTimestamp64Milli(At) AS at, Gateway, Outcome, Detail
        FROM otel.dead_letter_replays
        WHERE Letter IN {ids:Array(String)}
        ORDER BY Letter, At\
        """;
    return execution.all(new Statement(sql, Map.of("ids", LetterFilter.array(ids))));
  }

  /** Letters that a gateway was about to send, as far as known: {@code Letter, Gateway}. */
  public static List<JsonRow> underWay(Execution execution, List<String> ids)
      throws QueryFault, InterruptedException {
    String sql =
        """
        SELECT Letter, Gateway
        FROM otel.dead_letter_replays
        WHERE Letter IN {ids:Array(String)} AND Outcome IN ('begun', 'withdrawn')
        GROUP BY Letter, Gateway
        HAVING argMax(Outcome, At) = 'begun'\
        """;
    return execution.all(new Statement(sql, Map.of("ids", LetterFilter.array(ids))));
  }

  /** The statement that notes what a gateway is doing with letters; may be run twice. */
  public static Query note(List<String> ids, String gateway, String outcome) {
    return Query.of(
            """
            INSERT INTO otel.dead_letter_replays_0 (Letter, At, Gateway, Outcome)
            SELECT arrayJoin({ids:Array(String)}), now64(9), {gateway:String}, {outcome:String}\
            """)
        .with("ids", LetterFilter.array(ids))
        .withString("gateway", gateway)
        .withString("outcome", outcome);
  }

  /** The kind of a row that ClickHouse refused: its record is a block of the Native format. */
  public static final String ROW = "row";

  /** The statement that reads such a record, one JSON object for each of its rows. */
  public static Query rowsOf(byte[] block) {
    String sql =
        "SELECT * FROM format(Native, unhex('%s')) FORMAT JSONEachRow"
            .formatted(HexFormat.of().formatHex(block));
    return Query.of(sql).withSetting("max_query_size", Integer.toString(sql.length() + 1));
  }

  /** How many letters a gateway was about to send, of which nothing more is known. */
  public static long inDoubt(Execution execution, String gateway)
      throws QueryFault, InterruptedException {
    String sql =
        """
        SELECT count() AS letters FROM (
          SELECT Letter FROM otel.dead_letter_replays
          WHERE Gateway = {gateway:String}
          GROUP BY Letter
          HAVING argMax(Outcome, At) = 'begun')\
        """;
    return execution
        .all(new Statement(sql, Map.of("gateway", Statement.escaped(gateway))))
        .getFirst()
        .count("letters");
  }
}
