package io.lodge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lane and its table are written down in two rooms: here they are held together. */
class LandingTablesTest {

  @Test
  void everyLaneHasTheColumnsOfItsTable() throws IOException {
    try (ClickHouse clickHouse = TestServer.open()) {
      new Schema(clickHouse).apply();
      for (Lane lane : new Lanes().all()) {
        Query query =
            Query.of(
                    "SELECT name || ' ' || type FROM system.columns"
                        + " WHERE database || '.' || table = {table:String}"
                        + " AND default_kind IN ('', 'DEFAULT') ORDER BY position")
                .withString("table", lane.table());
        List<String> ours =
            lane.columns().stream()
                .map(named -> named.name() + " " + named.column().type())
                .toList();
        assertThat(ours).as(lane.table()).isEqualTo(clickHouse.lines(query));
      }
    }
  }

  @Test
  void everyLanesTableNotesItsBlocks() throws IOException {
    try (ClickHouse clickHouse = TestServer.open()) {
      new Schema(clickHouse).apply();
      Query query =
          Query.of(
              "SELECT database || '.' || name FROM system.tables"
                  + " WHERE arrayExists(view -> view LIKE 'delivered\\_from\\_%', dependencies_table)");
      assertThat(clickHouse.lines(query))
          .containsExactlyInAnyOrderElementsOf(
              new Lanes().all().stream().map(Lane::table).toList());
    }
  }

  @Test
  void everyLaneKnowsHowLongItsTableKeepsRows() throws IOException {
    try (ClickHouse clickHouse = TestServer.open()) {
      new Schema(clickHouse).apply();
      for (Lane lane : new Lanes().all()) {
        Lane.Retention retention = lane.retention();
        if (retention != null) {
          Query query =
              Query.of(
                      "SELECT extract(create_table_query, ' TTL (.*?) SETTINGS') FROM system.tables"
                          + " WHERE database || '.' || table = {table:String} FORMAT TSVRaw")
                  .withString("table", lane.table().replace("_landing", "_0"));
          assertThat(clickHouse.text(query).strip())
              .as(lane.table())
              .matches(
                  retention.kept().isZero()
                      ? "expires_at"
                      : ".* \\+ toIntervalDay\\(%d\\)".formatted(retention.kept().toDays()));
        }
      }
    }
  }

  @Test
  void aRowIsExpiredOnceItIsOlderThanItsTableKeepsRows() {
    Instant now = Instant.parse("2026-11-21T00:00:00Z");
    SamplesLane samples = new SamplesLane();
    samples.timestamp.putLong(now.minus(Duration.ofDays(401)).toEpochMilli());
    samples.timestamp.putLong(now.minus(Duration.ofDays(399)).toEpochMilli());
    AnalyticsLane events = new AnalyticsLane();
    events.expiresAt.putInt((int) now.getEpochSecond() - 1);
    events.expiresAt.putInt((int) 4_000_000_000L);
    TracesLane spans = new TracesLane();
    spans.timestamp.putLong(now.minus(Duration.ofDays(31)).toEpochMilli() * 1_000_000);
    assertThat(samples.rowsExpired(now)).isOne();
    assertThat(events.rowsExpired(now)).isOne();
    assertThat(spans.rowsExpired(now)).isOne();
  }
}
