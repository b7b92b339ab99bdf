package io.lodge.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final int OLDER = Revision.OF_THIS_BUILD - 1;

  private static ClickHouse clickHouse;
  private static Schema schema;

  @BeforeAll
  static void connect() {
    clickHouse = TestServer.open();
    schema = new Schema(clickHouse);
  }

  @AfterAll
  static void disconnect() {
    clickHouse.close();
  }

  @BeforeEach
  void emptyServer() throws IOException {
    run("DROP DATABASE IF EXISTS otel SYNC");
    run("DROP DATABASE IF EXISTS analytics SYNC");
  }

  @Test
  void plansEverythingForAnEmptyServerAndNothingAfterApply() throws IOException {
    List<Change> plan = schema.plan();
    assertThat(plan)
        .extracting(Change::what)
        .containsExactly(
            "create database otel",
            "create table otel.schema_revisions",
            "create table otel.generic_logs_0",
            "create table otel.generic_logs_landing",
            "create materialized view otel.generic_logs_mv",
            "create table otel.generic_logs",
            "create table otel.generic_logs_counts_0",
            "create materialized view otel.generic_logs_counts_mv",
            "create table otel.generic_logs_counts",
            "create table otel.dead_letters_0",
            "create table otel.dead_letters",
            "create table otel.dead_letter_replays_0",
            "create table otel.dead_letter_replays",
            "create table otel.otel_traces_0",
            "create table otel.otel_traces_trace_id_ts_0",
            "create table otel.otel_traces_landing",
            "create materialized view otel.otel_traces_mv",
            "create materialized view otel.otel_traces_trace_id_ts_mv",
            "create table otel.otel_traces",
            "create table otel.otel_traces_trace_id_ts",
            "create table otel.otel_metrics_gauge_0",
            "create table otel.otel_metrics_gauge_landing",
            "create materialized view otel.otel_metrics_gauge_mv",
            "create table otel.otel_metrics_gauge",
            "create table otel.otel_metrics_sum_0",
            "create table otel.otel_metrics_sum_landing",
            "create materialized view otel.otel_metrics_sum_mv",
            "create table otel.otel_metrics_sum",
            "create table otel.otel_metrics_histogram_0",
            "create table otel.otel_metrics_histogram_landing",
            "create materialized view otel.otel_metrics_histogram_mv",
            "create table otel.otel_metrics_histogram",
            "create table otel.otel_metrics_exponential_histogram_0",
            "create table otel.otel_metrics_exponential_histogram_landing",
            "create materialized view otel.otel_metrics_exponential_histogram_mv",
            "create table otel.otel_metrics_exponential_histogram",
            "create table otel.otel_metrics_summary_0",
            "create table otel.otel_metrics_summary_landing",
            "create materialized view otel.otel_metrics_summary_mv",
            "create table otel.otel_metrics_summary",
            "create table otel.prom_series_0",
            "create table otel.prom_series",
            "create table otel.prom_samples_0",
            "create table otel.prom_samples",
            "create table otel.prom_histograms_0",
            "create table otel.prom_histograms",
            "create table otel.prom_exemplars_0",
            "create table otel.prom_exemplars",
            "create table otel.prom_metadata_0",
            "create table otel.prom_metadata",
            "create table otel.wide_events_0",
            "create table otel.wide_events_landing",
            "create materialized view otel.wide_events_mv",
            "create table otel.wide_events",
            "create database analytics",
            "create table analytics.events_0",
            "create table analytics.sessions_0",
            "create table analytics.events_hourly_0",
            "create table analytics.token_usage_daily_0",
            "create table analytics.events_landing",
            "create materialized view analytics.events_mv",
            "create materialized view analytics.sessions_mv",
            "create materialized view analytics.events_hourly_mv",
            "create materialized view analytics.token_usage_daily_mv",
            "create table analytics.events",
            "create table analytics.sessions",
            "create table analytics.events_hourly",
            "create table analytics.token_usage_daily",
            "create table otel.server_text_log_0",
            "create table otel.server_text_log_landing",
            "create materialized view otel.server_text_log_mv",
            "create table otel.server_text_log",
            "create table otel.keeper_log_0",
            "create table otel.keeper_log_landing",
            "create materialized view otel.keeper_log_mv",
            "create table otel.keeper_log",
            "create table otel.delivered_blocks_0",
            "create table otel.delivered_blocks",
            "create table otel.delivered_blocks_landing",
            "create table otel.delivered_blocks_next",
            "create materialized view otel.delivered_blocks_next_mv",
            "create materialized view otel.delivered_blocks_mv",
            "create table otel.delivery_ledger_0",
            "create table otel.delivery_ledger",
            "create materialized view otel.delivered_from_generic_logs_landing_mv",
            "create materialized view otel.delivered_from_otel_traces_landing_mv",
            "create materialized view otel.delivered_from_otel_metrics_gauge_landing_mv",
            "create materialized view otel.delivered_from_otel_metrics_sum_landing_mv",
            "create materialized view otel.delivered_from_otel_metrics_histogram_landing_mv",
            "create materialized view otel.delivered_from_otel_metrics_exponential_histogram_landing_mv",
            "create materialized view otel.delivered_from_otel_metrics_summary_landing_mv",
            "create materialized view otel.delivered_from_prom_series_0_mv",
            "create materialized view otel.delivered_from_prom_samples_0_mv",
            "create materialized view otel.delivered_from_prom_histograms_0_mv",
            "create materialized view otel.delivered_from_prom_exemplars_0_mv",
            "create materialized view otel.delivered_from_prom_metadata_0_mv",
            "create materialized view otel.delivered_from_wide_events_landing_mv",
            "create materialized view otel.delivered_from_events_landing_mv",
            "create materialized view otel.delivered_from_server_text_log_landing_mv",
            "create materialized view otel.delivered_from_keeper_log_landing_mv",
            "create materialized view otel.delivered_from_dead_letters_0_mv",
            "create materialized view otel.delivered_from_dead_letter_replays_0_mv",
            "create materialized view otel.delivered_from_delivery_ledger_0_mv");
    assertThat(schema.plan()).as("a plan changes nothing").isEqualTo(plan);
    assertThat(schema.apply()).isEqualTo(plan);
    assertThat(schema.plan()).isEmpty();
    assertThat(schema.apply()).isEmpty();
  }

  @Test
  void letsFourNodesApplyAtOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      emptyServer();
      try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<List<Change>> apply = () -> new Schema(clickHouse).apply();
        for (Future<List<Change>> node : nodes.invokeAll(Collections.nCopies(4, apply))) {
          node.get();
        }
      }
      assertThat(schema.plan()).isEmpty();
    }
  }

  @Test
  void evolvesAnOlderSchemaWhileRowsComeInAndLosesNone() throws Exception {
    new Schema(clickHouse, olderStatements(), OLDER).apply();
    insert(log(0, "2080-11-18 10:00:00", "before"));
    AtomicBoolean stop = new AtomicBoolean();
    int inserted;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> writer = threads.submit(() -> insertUntil(stop));
      List<Future<List<Change>>> nodes =
          threads.invokeAll(Collections.nCopies(4, () -> new Schema(clickHouse).apply()));
      for (Future<List<Change>> node : nodes) {
        node.get();
      }
      stop.set(true);
      inserted = writer.get();
    }
    assertThat(schema.plan()).isEmpty();
    insert(log(1_000_000, "2080-11-18 10:00:00", "after"));
    assertThat(scalar("SELECT count() FROM otel.generic_logs WHERE Namespace = 'ns'"))
        .isEqualTo(inserted + 2);
    assertThat(scalar("SELECT uniqExact(Body) FROM otel.generic_logs")).isEqualTo(inserted + 2);
    assertThat(text("SELECT EventName, Region FROM otel.generic_logs WHERE Body = 'after'"))
        .isEqualTo("event\teu-west-1\n");
  }

  @Test
  void plansWhatAnOlderSchemaLacksTargetBeforeView() throws IOException {
    new Schema(clickHouse, olderStatements(), OLDER).apply();
    assertThat(schema.plan())
        .extracting(Change::what)
        .satisfies(steps -> {
          assertThat(steps).hasSize(11);
          assertThat(steps.get(0)).startsWith("change column Body of otel.generic_logs_0");
          assertThat(steps.get(1)).startsWith("add column EventName to otel.generic_logs_0");
          assertThat(steps.get(2)).startsWith("add column Region to otel.generic_logs_0");
          assertThat(steps.get(3)).startsWith("add index idx_trace_id");
          assertThat(steps.get(4)).startsWith("set the retention of otel.generic_logs_0");
          assertThat(steps.get(5)).startsWith("set ttl_only_drop_parts");
          assertThat(steps.get(6)).startsWith("add column EventName to otel.generic_logs_landing");
          assertThat(steps.get(7)).startsWith("replace the query of view otel.generic_logs_mv");
          assertThat(steps.get(8)).startsWith("create table otel.generic_logs_counts_0");
        });
  }

  @Test
  void changesNothingWhereANewerBuildWas() throws IOException {
    schema.apply();
    Schema older = new Schema(clickHouse, olderStatements(), OLDER);
    assertThatThrownBy(older::apply)
        .isInstanceOf(NewerSchemaException.class)
        .hasMessageContaining("revision %d".formatted(Revision.OF_THIS_BUILD));
    assertThat(schema.plan()).isEmpty();
    assertThat(older.plan()).as("all it needs is there").noneMatch(Change::creates);
    run("DROP VIEW otel.generic_logs_mv");
    assertThat(older.plan()).as("a landing table forgets").anyMatch(Change::creates);
    run("DELETE FROM otel.schema_revisions WHERE Revision > " + OLDER);
    assertThat(older.apply()).as("on purpose it goes back").isNotEmpty();
  }

  @Test
  void hasARevisionOfItsOwnForEveryChangeOfAFile() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String statement : Schema.statements()) {
      digest.update(SqlText.normal(statement).getBytes(UTF_8));
    }
    assertThat(Revision.OF_THIS_BUILD + " " + HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("a file changed: raise Revision.OF_THIS_BUILD by one, and write the new line here")
        .isEqualTo("7 e9a8bb9f814f9fb3");
  }

  @Test
  void leavesToPeopleWhatNoAlterCanDo() throws IOException {
    List<String> other =
        Schema.statements().stream()
            .map(sql ->
                sql.replace(
                    "ORDER BY (toStartOfHour(EventTime), Namespace, ServiceName, PodName, Timestamp)",
                    "ORDER BY (Namespace, ServiceName, PodName, Timestamp)"))
            .toList();
    new Schema(clickHouse, other, OLDER).apply();
    List<Change> plan = schema.plan();
    assertThat(plan).hasSize(1).allMatch(Change::byHand);
    assertThat(plan.getFirst().what()).startsWith("cannot change ORDER BY of otel.generic_logs_0");
    assertThat(schema.apply()).isEmpty();
  }

  @Test
  void leavesAnOperatorsOwnColumnsAndIndexesAlone() throws IOException {
    schema.apply();
    run("ALTER TABLE otel.generic_logs_0 ADD COLUMN Own String DEFAULT LogAttributes['own']");
    run("ALTER TABLE otel.generic_logs_0 ADD INDEX own Own TYPE bloom_filter GRANULARITY 1");
    assertThat(schema.plan()).isEmpty();
    insert(log(1, "2080-11-18 10:00:00", "x"));
    assertThat(text("SELECT Own FROM otel.generic_logs")).isEqualTo("mine\n");
  }

  @Test
  void fillsEveryColumnOfTheTarget() throws IOException {
    schema.apply();
    insert(log(7, "2080-11-18 23:59:59.123456789", "hello"));
    String row =
        text(
            """
            SELECT Timestamp, EventDate, EventTime, Namespace, PodName, ContainerName, NodeName,
              Cluster, Cell, Region, CloudProvider, SeverityNumber, Body, EventName, Tenant, ReceivedAt
            FROM otel.generic_logs FORMAT CSV\
            """);
    assertThat(row)
        .isEqualTo(
            """
            "2080-11-18 23:59:59.123456789","2080-11-18","2080-11-18 23:59:59","ns","pod","box","node",\
            "cluster","cell-1","eu-west-1","aws",7,"hello","event","default","2080-11-18 23:59:59.500000000"
            """);
    assertThat(
            scalar(
                """
                SELECT count() FROM system.columns AS landing
                LEFT ANTI JOIN (SELECT name, type FROM system.columns
                  WHERE database = 'otel' AND table = 'generic_logs_0') AS target
                USING (name, type)
                WHERE database = 'otel' AND table = 'generic_logs_landing'\
                """))
        .as("columns of the landing table that the target lacks")
        .isZero();
  }

  @Test
  void dropsWholePartsWhenTheyHaveExpired() throws Exception {
    schema.apply();
    run(
        "INSERT INTO otel.generic_logs_landing (Timestamp, Body) SELECT now() - toIntervalDay(200), 'old'");
    run("INSERT INTO otel.generic_logs_landing (Timestamp, Body) SELECT now(), 'new'");
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (scalar("SELECT count() FROM otel.generic_logs WHERE Body = 'old'") > 0) {
      assertThat(Instant.now()).isBefore(deadline);
      run("OPTIMIZE TABLE otel.generic_logs_0 FINAL");
      Thread.sleep(50);
    }
    assertThat(text("SELECT Body FROM otel.generic_logs")).isEqualTo("new\n");
  }

  @Test
  void readsTheSameThroughTheReadName() throws IOException {
    schema.apply();
    insert(log(1, "2080-11-18 10:00:00", "x"));
    assertThat(text("SELECT Body, _part FROM otel.generic_logs PREWHERE PodName = 'pod'"))
        .startsWith("x\t20801118_");
  }

  @Test
  void readsOneDayOfThreeWhicheverTimeColumnIsFiltered() throws IOException {
    schema.apply();
    for (int day = 17; day <= 19; day++) {
      insert(log(day, "2080-11-%d 10:00:00".formatted(day), "x"));
    }
    for (String filter :
        List.of(
            "Timestamp >= '2080-11-18 09:00:00' AND Timestamp < '2080-11-18 11:00:00'",
            "EventTime >= '2080-11-18 09:00:00' AND EventTime < '2080-11-18 11:00:00'",
            "EventDate = '2080-11-18'",
            "toDate(Timestamp) = '2080-11-18'")) {
      assertThat(text("EXPLAIN indexes = 1 SELECT Body FROM otel.generic_logs WHERE " + filter))
          .as(filter)
          .containsPattern("(Parts|Granules): 1/3");
    }
  }

  @Test
  void leavesATableTheGranularityItWasCreatedWith() throws IOException {
    List<String> older =
        Schema.statements().stream()
            .map(sql -> sql.replaceAll(",\\s*(--.*\\s*)*index_granularity = \\d+", ""))
            .toList();
    assertThat(older).isNotEqualTo(Schema.statements());
    new Schema(clickHouse, older, OLDER).apply();
    assertThat(schema.plan()).as("no ALTER changes it").isEmpty();
    assertThat(schema.apply()).isEmpty();
  }

  /**
   * As an earlier build might have left it: two columns, an index and a setting are missing, and
   * the counts.
   */
  private static List<String> olderStatements() throws IOException {
    return Schema.statements().stream()
        .filter(sql -> !sql.contains(" EXISTS otel.generic_logs_counts"))
        .map(sql -> sql.contains(" EXISTS otel.generic_logs") ? older(sql) : sql)
        .toList();
  }

  private static String older(String sql) {
    return sql.replaceAll("(?m)^ *`?(EventName|Region)`? .*\\n", "")
        .replaceAll("(?m)^ *(EventName,|ResourceAttributes\\['cloud.region'\\].*)\\n", "")
        .replaceAll("(?m)^ *INDEX idx_trace_id .*\\n", "")
        .replace("`Body` String CODEC(ZSTD(1))", "`Body` String CODEC(LZ4)")
        .replace("TTL EventTime + toIntervalDay(180)", "TTL EventTime + toIntervalDay(3650)")
        .replaceAll("(?m)^ *ttl_only_drop_parts = 1,\\n", "");
  }

  private static int insertUntil(AtomicBoolean stop) throws IOException {
    int inserted = 0;
    while (!stop.get()) {
      inserted++;
      insert(log(inserted, "2080-11-18 10:00:00", "row " + inserted));
    }
    return inserted;
  }

  private static String log(int n, String time, String body) {
    return """
    {"Timestamp":"%s","ObservedTimestamp":"%s","SeverityNumber":%d,"Body":"%s","EventName":"event",
     "ServiceName":"shop","Tenant":"default","ReceivedAt":"2080-11-18 23:59:59.5",
     "LogAttributes":{"own":"mine"},
     "ResourceAttributes":{"k8s.namespace.name":"ns","k8s.pod.name":"pod","k8s.container.name":"box",
      "k8s.node.name":"node","k8s.cluster.name":"cluster","lodge.cell":"cell-1",
      "cloud.region":"eu-west-1","cloud.provider":"aws"}}
    """
        .formatted(time, time, n % 25, body);
  }

  private static void insert(String json) throws IOException {
    clickHouse.execute(
        Query.of("INSERT INTO otel.generic_logs_landing FORMAT JSONEachRow " + json)
            .withSetting("async_insert", "0"));
  }

  private static void run(String sql) throws IOException {
    clickHouse.execute(Query.of(sql));
  }

  private static long scalar(String sql) throws IOException {
    return clickHouse.scalar(Query.of(sql));
  }

  private static String text(String sql) throws IOException {
    return clickHouse.text(Query.of(sql));
  }
}
