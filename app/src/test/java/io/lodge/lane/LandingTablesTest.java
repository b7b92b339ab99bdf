package io.lodge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.schema.Schema;
import java.io.IOException;
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
                        + " AND default_kind = '' ORDER BY position")
                .withString("table", lane.table());
        List<String> ours =
            lane.columns().stream()
                .map(named -> named.name() + " " + named.column().type())
                .toList();
        assertThat(ours).as(lane.table()).isEqualTo(clickHouse.lines(query));
      }
    }
  }
}
