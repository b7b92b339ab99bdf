package io.lodge.query.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.query.run.Cost;
import io.lodge.query.run.Guard;
import io.lodge.query.run.QueryLimits;
import io.lodge.query.run.ReaderProfile;
import io.lodge.query.run.Runner;
import io.lodge.query.time.TimeRange;
import io.lodge.schema.Schema;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pages that a guard ends. */
class PagingTest {
  private static final Duration TIME_MAX = Duration.ofSeconds(6);

  /** More than ClickHouse and the connection hold while nobody reads. */
  private static final int ROWS = 200_000;

  private static final int LIMIT = 150_000;
  private static final int SKIPPED = 1_000;

  private static final long NANOS = 1_795_258_800_000_000_000L;

  /** Takes a row, and no other until the time is over. */
  private static final class SlowSink implements RowSink {
    private boolean waited;

    @Override
    public void row(byte[] json) throws InterruptedException {
      if (!waited) {
        waited = true;
        Thread.sleep(TIME_MAX.plusSeconds(1));
      }
    }

    @Override
    public void progress(TimeRange searched, Cost cost) {}
  }

  @Test
  void aGuardAmongRowsOfOneTimeLosesNoneOfThem() throws Exception {
    try (ClickHouse clickHouse = TestServer.open()) {
      clickHouse.execute(Query.of("DROP DATABASE IF EXISTS otel SYNC"));
      new Schema(clickHouse).apply();
      clickHouse.execute(
          Query.of(
              """
              INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, ServiceName, Body)
              SELECT toDateTime64('2026-11-21 11:00:00', 9, 'UTC'), now64(9), 'copies', repeat('x', 2000)
              FROM numbers(%d)
              """
                  .formatted(ROWS)));
      RowPage page = paged(clickHouse);
      assertThat(page.stoppedBy()).contains(Guard.TIME);
      assertThat(page.rows()).isBetween(1, LIMIT - 1);
      assertThat(page.next().orElseThrow()).endsWith("-" + (SKIPPED + page.rows()));
    }
  }

  private static RowPage paged(ClickHouse clickHouse) throws Exception {
    QueryLimits limits = new QueryLimits(TIME_MAX, 4L << 30, 1_000_000, 8);
    Runner runner = new Runner(clickHouse, new ReaderProfile(clickHouse), limits);
    TimeRange range = new TimeRange(NANOS - 1_000_000_000, NANOS + 1_000_000_000);
    Filter filter = Filter.of(RowTable.LOGS, "", range);
    String id =
        Long.toUnsignedString(
            clickHouse.scalar(
                Query.of(
                    "SELECT reinterpretAsInt64(%s) FROM otel.generic_logs LIMIT 1"
                        .formatted(RowTable.LOGS.id()))));
    Cursor cursor = new Cursor(range, NANOS, id, SKIPPED);
    return RowSearch.page(runner.begin(), filter, cursor.toString(), true, LIMIT, new SlowSink())
        .run();
  }
}
