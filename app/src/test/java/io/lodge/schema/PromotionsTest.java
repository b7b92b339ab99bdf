package io.lodge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys become columns, and rows stored before, after and merged answer alike. */
class PromotionsTest {
  private static ClickHouse clickHouse;
  private static Promotions promotions;

  @BeforeAll
  static void connect() {
    clickHouse = TestServer.open();
    promotions = new Promotions(clickHouse);
  }

  @AfterAll
  static void disconnect() {
    clickHouse.close();
  }

  @BeforeEach
  void freshTables() throws IOException {
    run("DROP DATABASE IF EXISTS otel SYNC");
    new Schema(clickHouse).apply();
  }

  private static void run(String sql) throws IOException {
    clickHouse.execute(Query.of(sql));
  }

  private static List<String> lines(String sql) throws IOException {
    return clickHouse.lines(Query.of(sql));
  }

  /** A thousand events as a gateway would insert them. */
  private static void insertEvents(int first) throws IOException {
    run(
        """
        INSERT INTO otel.wide_events_landing
        SELECT now64(9), 'web', 'shop',
               map('region', 'r' || toString(number %% 3), 'size', toString(number), 'it''s', 'odd'),
               map('size', number), 'default', now64(9), 1
        FROM numbers(%d, 1000)
        """
            .formatted(first));
  }

  private static List<String> answer(String region, String size) throws IOException {
    return lines(
        "SELECT %s AS r, count(), sum(%s) FROM otel.wide_events GROUP BY r ORDER BY r"
            .formatted(region, size));
  }

  @Test
  void rowsBeforeAndAfterAnswerAlikeAlsoWhenMerged() throws IOException {
    insertEvents(0);
    promotions.promote(Promotion.of("wide_events", "region", "LowCardinality(String)"));
    promotions.promote(Promotion.of("otel.wide_events", "size", "Float64"));
    promotions.promote(Promotion.of("wide_events", "it's", "Nullable(UInt8)"));
    insertEvents(1000);
    List<String> want = answer("labels['region']", "numbers['size']");
    assertThat(want).hasSize(3);
    assertThat(answer("region", "size")).isEqualTo(want);
    assertThat(lines("SELECT count() FROM otel.wide_events WHERE region = 'r1'"))
        .containsExactly("667");

    run("OPTIMIZE TABLE otel.wide_events_0 FINAL");
    assertThat(
            lines(
                "SELECT rows FROM system.parts_columns WHERE database = 'otel'"
                    + " AND table = 'wide_events_0' AND active AND column = 'region'"))
        .as("one part, merged, that holds the column")
        .containsExactly("2000");
    assertThat(answer("region", "size")).isEqualTo(want);
    assertThat(lines("SELECT DISTINCT it_s FROM otel.wide_events")).containsExactly("\\N");
    assertThat(new Schema(clickHouse).plan()).as("promoted columns are no drift").isEmpty();

    promotions.demote("wide_events", "region");
    assertThat(answer("labels['region']", "size")).isEqualTo(want);
    assertThatThrownBy(() -> answer("region", "size")).hasMessageContaining("region");
  }

  @Test
  void logsAndTracesHaveThemToo() throws IOException {
    run(
        "INSERT INTO otel.generic_logs_landing (Timestamp, ResourceAttributes, LogAttributes)"
            + " SELECT now64(9), map('k8s.deployment.name', 'api', 'cores', '8'), map('user', 'u1')");
    promotions.promote(
        Promotion.of(
            "generic_logs", "ResourceAttributes.k8s.deployment.name", "LowCardinality(String)"));
    promotions.promote(Promotion.of("generic_logs", "ResourceAttributes.cores", "UInt16"));
    promotions.promote(Promotion.of("generic_logs", "user", "String"));
    promotions.promote(Promotion.of("otel_traces", "http.route", "LowCardinality(String)"));
    assertThat(lines("SELECT k8s_deployment_name, cores + 1, user FROM otel.generic_logs"))
        .containsExactly("api\t9\tu1");
    assertThat(lines("SELECT count(http_route) FROM otel.otel_traces")).containsExactly("0");
    assertThat(new Schema(clickHouse).plan()).isEmpty();
  }

  @Test
  void promotesTwiceButNotOverAnotherColumn() throws IOException {
    Promotion region = Promotion.of("wide_events", "region", "String");
    promotions.promote(region);
    promotions.promote(region);
    assertThatThrownBy(() -> promotions.promote(Promotion.of("wide_events", "region", "UInt8")))
        .hasMessageContaining("demote it first");
    assertThatThrownBy(() -> promotions.promote(Promotion.of("wide_events", "host", "String")))
        .hasMessageContaining("there is such a column");
    assertThatThrownBy(() -> promotions.demote("wide_events", "host"))
        .hasMessage(
            "cannot demote host of otel.wide_events_0: it is no column that was promoted;"
                + " those are [region]");
  }

  @Test
  void takesNoStatementForAType() {
    assertThatThrownBy(() -> Promotion.of("wide_events", "a", "String) , DROP COLUMN labels --"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Promotion.of("dead_letters", "a", "String"))
        .hasMessageContaining("want one of wide_events, generic_logs, otel_traces");
  }
}
