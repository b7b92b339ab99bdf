package io.lodge.query.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.query.run.QueryLimits;
import io.lodge.query.run.ReaderProfile;
import io.lodge.query.run.Runner;
import io.lodge.query.time.TimeRange;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tail shows and counts when more lands than it shows. */
class TailTest {
  private static final long BEGAN = 1_795_262_400L; // 2026-11-21 12:00:00
  private static final long SECOND = 1_000_000_000;

  private ClickHouse clickHouse;
  private Runner runner;
  private Tail tail;

  @BeforeEach
  void begin() throws Exception {
    clickHouse = TestServer.open();
    clickHouse.execute(Query.of("DROP DATABASE IF EXISTS otel SYNC"));
    new Schema(clickHouse).apply();
    QueryLimits limits = new QueryLimits(Duration.ofSeconds(30), 2L << 30, 3_000, 8);
    runner = new Runner(clickHouse, new ReaderProfile(clickHouse), limits);
    Filter all = Filter.of(RowTable.LOGS, "", new TimeRange(BEGAN * SECOND, BEGAN * SECOND + 1));
    tail = new Tail(all, BEGAN * SECOND);
  }

  @AfterEach
  void close() {
    clickHouse.close();
  }

  private void land(String body, int rows, long receivedSecond) throws IOException {
    clickHouse.execute(
        Query.of(
            """
            INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, Body)
            SELECT toDateTime64('2026-11-21 12:00:00', 9, 'UTC'), fromUnixTimestamp64Nano(toInt64(%d + number)), concat('%s', toString(number))
            FROM numbers(%d)
            """
                .formatted((BEGAN + receivedSecond) * SECOND, body, rows)));
  }

  private Tail.News look(long second) throws Exception {
    return tail.look(runner.begin(), (BEGAN + second) * SECOND);
  }

  @Test
  void everyRowThatLandsIsShownOrCountedOnce() throws Exception {
    land("many", 20_000, 3);
    Tail.News first = look(4);
    assertThat(first.rows()).hasSize(500);
    assertThat(first.gap()).isEqualTo(19_500);
    assertThat(look(5)).isEqualTo(new Tail.News(List.of(), 0));
    land("late", 7, 1);
    land("fresh", 9, 5);
    Tail.News second = look(6);
    assertThat(second.rows()).hasSize(9);
    assertThat(second.gap()).isEqualTo(7);
    land("again", 20_000, 7);
    Tail.News third = look(8);
    assertThat(third.rows()).hasSize(500);
    assertThat(third.gap()).isEqualTo(19_500);
    Tail.News last = look(30);
    assertThat(last.rows()).isEmpty();
    assertThat(last.gap()).isZero();
  }

  @Test
  void lateRowsAreShownWhileFewLand() throws Exception {
    land("on time", 600, 5);
    assertThat(look(6).gap()).isEqualTo(100);
    land("late", 3, 1);
    Tail.News news = look(7);
    assertThat(news.rows()).hasSize(3);
    assertThat(news.gap()).isZero();
  }

  @Test
  void anIndexLeavesOlderRowsOut() throws Exception {
    for (int second = 0; second < 3; second++) {
      land("old", 100_000, second);
    }
    land("new", 10, 60);
    String read =
        """
        SELECT count() FROM (EXPLAIN indexes = 1 SELECT count() FROM otel.generic_logs_0
          WHERE ReceivedAt >= fromUnixTimestamp64Nano(toInt64(%d))) WHERE explain LIKE '%%idx_received_at%%'
        """
            .formatted((BEGAN + 60) * SECOND);
    assertThat(clickHouse.scalar(Query.of(read))).isPositive();
  }
}
