package io.lodge.query.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.schema.Schema;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Which tables can be held against the ledger is written down here and follows from the schema. */
class CountedTableTest {
  @Test
  void everyTableWhoseRowsSayWhenAndForWhomTheyWereReceivedIsCounted() throws IOException {
    try (ClickHouse clickHouse = TestServer.open()) {
      new Schema(clickHouse).apply();
      assertThat(CountedTable.ALL)
          .extracting(CountedTable::name)
          .containsExactlyInAnyOrderElementsOf(
              clickHouse.lines(
                  Query.of(
                      """
                      SELECT database || '.' || replaceRegexpOne(table, '_0$', '') FROM system.columns
                      WHERE table LIKE '%\\_0' AND database IN ('otel', 'analytics')
                      GROUP BY database, table
                      HAVING countIf(name IN ('ReceivedAt', 'Tenant', 'ServiceName')) = 3\
                      """)));
    }
  }

  @Test
  void everyCountedTableExpiresAsItIsSaidToHere() throws IOException {
    try (ClickHouse clickHouse = TestServer.open()) {
      new Schema(clickHouse).apply();
      for (CountedTable table : CountedTable.ALL) {
        String ttl =
            clickHouse
                .text(
                    Query.of(
                            "SELECT extract(create_table_query, ' TTL (.*?) SETTINGS') FROM"
                                + " system.tables WHERE database || '.' || table = {table:String}"
                                + " FORMAT TSVRaw")
                        .withString("table", table.name() + "_0"))
                .strip();
        assertThat(ttl).as(table.name()).endsWith("toIntervalDay(" + table.keptDays() + ")");
      }
    }
  }
}
