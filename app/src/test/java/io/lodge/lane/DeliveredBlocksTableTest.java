package io.lodge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.block.FixedColumn;
import io.lodge.block.NativeBlock;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ClickHouse notes every block that a gateway sends, when all else of it is stored. */
class DeliveredBlocksTableTest {
  private static ClickHouse clickHouse;

  @BeforeAll
  static void connect() throws IOException {
    clickHouse = TestServer.open();
    new Schema(clickHouse).apply();
  }

  @AfterAll
  static void disconnect() {
    clickHouse.close();
  }

  /** What the gateway relies on and no document of ClickHouse's says: so it is tried. */
  @Test
  void aBlockIsNotedOnceAndAfterEveryOtherTarget() throws IOException {
    for (Lane lane : new Lanes().all()) {
      String segment = UUID.randomUUID().toString();
      String query = UUID.randomUUID().toString();
      insertOverThreeDays(lane, segment, query);
      insertOverThreeDays(lane, segment, UUID.randomUUID().toString());
      assertThat(noted(segment)).containsExactly("blk\t" + lane.table() + "\t9");
      assertThat(targetsOf(query)).as(lane.table()).last().isEqualTo("delivered_blocks_0");
      assertThat(targetsOf(query)).containsOnlyOnce("delivered_blocks_0").hasSizeGreaterThan(1);
    }
  }

  @Test
  void aBlockThatAViewDoesNotTakeIsNotNoted() throws IOException {
    Lane logs = new LogsLane();
    for (int round = 0; round < 3; round++) {
      String segment = UUID.randomUUID().toString();
      clickHouse.execute(
          Query.of(
              "CREATE MATERIALIZED VIEW otel.broken_mv ENGINE = Memory AS SELECT"
                  + " throwIf(Body = '') AS n FROM otel.generic_logs_landing"));
      try {
        assertThat(catchThrows(() -> insertOverThreeDays(logs, segment, segment))).isTrue();
      } finally {
        clickHouse.execute(Query.of("DROP VIEW otel.broken_mv SYNC"));
      }
      assertThat(noted(segment)).isEmpty();
      insertOverThreeDays(logs, segment, UUID.randomUUID().toString());
      assertThat(noted(segment)).hasSize(1);
    }
  }

  /** A part went in and ClickHouse died: the resend completes the block, and notes it then. */
  @Test
  void aBlockThatItsOwnTableKnowsAlreadyIsNotedAllTheSame() throws IOException {
    Lane samples = new SamplesLane();
    String segment = UUID.randomUUID().toString();
    insertOverThreeDays(samples, segment, UUID.randomUUID().toString());
    clickHouse.execute(
        Query.of("DELETE FROM otel.delivered_blocks_0 WHERE Segment = '" + segment + "'"));
    assertThat(noted(segment)).isEmpty();
    clickHouse.execute(
        Query.of(
            "ALTER TABLE otel.delivered_blocks_0 MODIFY SETTING non_replicated_deduplication_window = 0"));
    try {
      insertOverThreeDays(samples, segment, UUID.randomUUID().toString());
      assertThat(noted(segment)).hasSize(1);
    } finally {
      clickHouse.execute(
          Query.of(
              "ALTER TABLE otel.delivered_blocks_0 MODIFY SETTING non_replicated_deduplication_window = 100000"));
    }
  }

  @Test
  void anInsertByHandIsNotNoted() throws IOException {
    long before = clickHouse.scalar(Query.of("SELECT count() FROM otel.delivered_blocks_0"));
    clickHouse.execute(
        Query.of("INSERT INTO otel.generic_logs_landing (Body) VALUES ('by hand')")
            .withSetting("async_insert", "0"));
    assertThat(clickHouse.scalar(Query.of("SELECT count() FROM otel.delivered_blocks_0")))
        .isEqualTo(before);
  }

  private interface Insert {
    void run() throws IOException;
  }

  private static boolean catchThrows(Insert insert) {
    try {
      insert.run();
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private static void insertOverThreeDays(Lane lane, String segment, String query)
      throws IOException {
    String column = time(lane).map(NativeBlock.Named::name).orElse(lane.columns().get(0).name());
    String value =
        time(lane)
            .map(named -> "CAST(today() - number %% 3, '%s')".formatted(named.column().type()))
            .orElse("CAST('', '" + lane.columns().get(0).column().type() + "')");
    clickHouse.execute(
        Query.of(
                "INSERT INTO %s (`%s`) SELECT %s FROM numbers(9)"
                    .formatted(lane.table(), column, value))
            .withSetting("async_insert", "0")
            .withSetting("log_comment", query)
            .withSetting("insert_deduplication_token", segment + "/blk"));
  }

  private static Optional<NativeBlock.Named> time(Lane lane) {
    return lane.columns().stream()
        .filter(named -> named.column() instanceof FixedColumn)
        .filter(named -> named.column().type().startsWith("Date"))
        .findFirst();
  }

  private static List<String> noted(String segment) throws IOException {
    return clickHouse.lines(
        Query.of(
                "SELECT Block, Table, Rows FROM otel.delivered_blocks WHERE Segment = {segment:String}")
            .withString("segment", segment));
  }

  /** In the order in which their parts were committed. */
  private static List<String> targetsOf(String query) throws IOException {
    clickHouse.execute(Query.of("SYSTEM FLUSH LOGS part_log, query_log"));
    return clickHouse.lines(
        Query.of(
                "SELECT table FROM system.part_log WHERE event_type = 'NewPart' AND error = 0"
                    + " AND query_id IN (SELECT query_id FROM system.query_log WHERE log_comment = {query:String})"
                    + " ORDER BY event_time_microseconds")
            .withString("query", query));
  }
}
