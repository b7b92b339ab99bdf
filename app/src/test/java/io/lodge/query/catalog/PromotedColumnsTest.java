package io.lodge.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowTable;
import io.lodge.query.run.Execution;
import io.lodge.query.run.QueryLimits;
import io.lodge.query.run.ReaderProfile;
import io.lodge.query.run.Runner;
import io.lodge.query.search.LogTables;
import io.lodge.query.search.Promoted;
import io.lodge.query.search.SearchTable;
import io.lodge.query.time.TimeRange;
import io.lodge.schema.Promotion;
import io.lodge.schema.Promotions;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promotions made and taken back while Lodge runs. */
class PromotedColumnsTest {
  private static final long OLD = nanos("2026-11-21T10:00:00Z");
  private static final long NEW = nanos("2026-11-21T11:00:00Z");
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final ClickHouse clickHouse = TestServer.open();
  private final Promotions promotions = new Promotions(clickHouse);
  private final Runner runner =
      new Runner(
          clickHouse,
          new ReaderProfile(clickHouse),
          new QueryLimits(Duration.ofSeconds(30), 2L << 30, 1_000_000, 8));
  private final PromotedColumns columns = new PromotedColumns(Duration.ZERO);

  @BeforeEach
  void empty() throws IOException {
    clickHouse.execute(Query.of("DROP DATABASE IF EXISTS otel SYNC"));
    new Schema(clickHouse).apply();
    clickHouse.execute(Query.of("SYSTEM STOP MERGES otel.generic_logs_0"));
  }

  @AfterEach
  void close() {
    clickHouse.close();
  }

  @Test
  void aColumnIsReadFromTheTimeOnThatAllRowsHaveIt() throws Exception {
    insert("2026-11-21 10:30:00");
    assertThat(now().promoted()).isEmpty();
    promotions.promote(Promotion.of("generic_logs", "user", "String"));
    insert("2026-11-21 11:30:00");

    Promoted user =
        new Promoted(
            "LogAttributes", "user", "user", Promoted.Holds.TEXT, nanos("2026-11-21T10:30:01Z"));
    assertThat(now().promoted()).containsExactly(user);
    assertThat(sql(NEW)).contains("`user` = ").contains("indexHint(LogAttributes[");
    assertThat(sql(OLD)).isEqualTo(sql(LogTables.logs(), OLD));
    assertThat(found(OLD)).isEqualTo(1);
    assertThat(found(NEW)).isEqualTo(1);

    clickHouse.execute(Query.of("SYSTEM START MERGES otel.generic_logs_0"));
    clickHouse.execute(Query.of("OPTIMIZE TABLE otel.generic_logs_0 FINAL"));
    assertThat(sql(OLD)).as("a merge stored the column").contains("`user` = ");
    assertThat(found(OLD)).isEqualTo(1);

    promotions.demote("generic_logs", "user");
    assertThat(now().promoted()).isEmpty();
    assertThat(found(OLD)).isEqualTo(1);
  }

  @Test
  void timesAreNotAskedForEachTimeButColumnsAre() throws Exception {
    PromotedColumns remembering = new PromotedColumns(Duration.ofHours(1));
    insert("2026-11-21 10:30:00");
    promotions.promote(Promotion.of("generic_logs", "user", "String"));
    long since = since(remembering);
    clickHouse.execute(Query.of("TRUNCATE TABLE otel.generic_logs_0"));
    assertThat(since(remembering)).isEqualTo(since);
    promotions.promote(Promotion.of("generic_logs", "size", "Float64"));
    assertThat(since(remembering)).as("asked again for a new column").isZero();
    promotions.demote("generic_logs", "user");
    assertThat(remembering.of(begin(), LogTables.logs()).promoted())
        .extracting(Promoted::column)
        .containsExactly("size");
  }

  @Test
  void keysAreReadWhateverIsInThem() throws Exception {
    insert("2026-11-21 11:30:00");
    for (String key : List.of("it's", "back\\slash", "ResourceAttributes.k8s.deployment.name")) {
      promotions.promote(Promotion.of("generic_logs", key, "LowCardinality(String)"));
    }
    promotions.promote(Promotion.of("generic_logs", "ratio", "Nullable(Float64)"));
    promotions.promote(Promotion.of("generic_logs", "port", "UInt16"));
    assertThat(now().promoted())
        .as("all but the port: a number of 16 bits does not tell what its text was")
        .extracting(one -> one.map() + " " + one.key() + " " + one.holds())
        .containsExactly(
            "LogAttributes it's TEXT",
            "LogAttributes back\\slash TEXT",
            "ResourceAttributes k8s.deployment.name TEXT",
            "LogAttributes ratio NUMBER_OR_NULL");
  }

  private long since(PromotedColumns known) throws Exception {
    return known.of(begin(), LogTables.logs()).promoted().getFirst().sinceNanos();
  }

  private void insert(String time) throws IOException {
    clickHouse.execute(
        Query.of(
            "INSERT INTO otel.generic_logs_landing (Timestamp, LogAttributes) VALUES ('%s', {'user':'u1','it\\'s':'x'})"
                .formatted(time)));
  }

  private Execution begin() {
    return runner.begin();
  }

  private SearchTable now() throws Exception {
    return columns.of(begin(), LogTables.logs());
  }

  private static String sql(SearchTable table, long from) throws Exception {
    return Filter.of(RowTable.LOGS, "attributes.user:u1", new TimeRange(from, from + HOUR))
        .with(table)
        .where();
  }

  private String sql(long from) throws Exception {
    return sql(now(), from);
  }

  private long found(long from) throws Exception {
    Filter filter =
        Filter.of(RowTable.LOGS, "attributes.user:u1", new TimeRange(from, from + HOUR))
            .with(now());
    return begin()
        .all(
            filter.statement(
                "SELECT count() AS count FROM %s WHERE %s"
                    .formatted(filter.from(), filter.where())))
        .getFirst()
        .count("count");
  }

  private static long nanos(String time) {
    return Instant.parse(time).toEpochMilli() * 1_000_000;
  }
}
