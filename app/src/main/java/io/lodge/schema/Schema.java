package io.lodge.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.ClickHouseException;
import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The tables this build wants, and the way from what a server has to them.
 *
 * <p>Any number of nodes may apply at once, while gateways insert: every statement may run twice,
 * and who loses a race looks again. Order within one plan is the files' order: a target is altered
 * before the landing table, and that before the view which joins them, so that at every moment each
 * inserted row fits all three. For any thread.
 */
public final class Schema {
  /** In the order in which they are applied; one statement each. */
  static final List<String> FILES =
      List.of(
          "010_otel.sql",
          "011_schema_revisions.sql",
          "020_generic_logs_0.sql",
          "021_generic_logs_landing.sql",
          "022_generic_logs_mv.sql",
          "023_generic_logs.sql",
          "024_generic_logs_counts_0.sql",
          "025_generic_logs_counts_mv.sql",
          "026_generic_logs_counts.sql",
          "030_dead_letters_0.sql",
          "031_dead_letters.sql",
          "032_dead_letter_replays_0.sql",
          "033_dead_letter_replays.sql",
          "040_otel_traces_0.sql",
          "041_otel_traces_trace_id_ts_0.sql",
          "042_otel_traces_landing.sql",
          "043_otel_traces_mv.sql",
          "044_otel_traces_trace_id_ts_mv.sql",
          "045_otel_traces.sql",
          "046_otel_traces_trace_id_ts.sql",
          "050_otel_metrics_gauge_0.sql",
          "050_otel_metrics_gauge_landing.sql",
          "050_otel_metrics_gauge_mv.sql",
          "050_otel_metrics_gauge.sql",
          "051_otel_metrics_sum_0.sql",
          "051_otel_metrics_sum_landing.sql",
          "051_otel_metrics_sum_mv.sql",
          "051_otel_metrics_sum.sql",
          "052_otel_metrics_histogram_0.sql",
          "052_otel_metrics_histogram_landing.sql",
          "052_otel_metrics_histogram_mv.sql",
          "052_otel_metrics_histogram.sql",
          "053_otel_metrics_exponential_histogram_0.sql",
          "053_otel_metrics_exponential_histogram_landing.sql",
          "053_otel_metrics_exponential_histogram_mv.sql",
          "053_otel_metrics_exponential_histogram.sql",
          "054_otel_metrics_summary_0.sql",
          "054_otel_metrics_summary_landing.sql",
          "054_otel_metrics_summary_mv.sql",
          "054_otel_metrics_summary.sql",
          "060_prom_series_0.sql",
          "061_prom_series.sql",
          "062_prom_samples_0.sql",
          "063_prom_samples.sql",
          "064_prom_histograms_0.sql",
          "065_prom_histograms.sql",
          "066_prom_exemplars_0.sql",
          "067_prom_exemplars.sql",
          "068_prom_metadata_0.sql",
          "069_prom_metadata.sql",
          "070_wide_events_0.sql",
          "071_wide_events_landing.sql",
          "072_wide_events_mv.sql",
          "073_wide_events.sql",
          "080_analytics.sql",
          "081_events_0.sql",
          "082_sessions_0.sql",
          "083_events_hourly_0.sql",
          "084_token_usage_daily_0.sql",
          "085_events_landing.sql",
          "086_events_mv.sql",
          "087_sessions_mv.sql",
          "088_events_hourly_mv.sql",
          "089_token_usage_daily_mv.sql",
          "090_events.sql",
          "091_sessions.sql",
          "092_events_hourly.sql",
          "093_token_usage_daily.sql",
          "100_server_text_log_0.sql",
          "101_server_text_log_landing.sql",
          "102_server_text_log_mv.sql",
          "103_server_text_log.sql",
          "104_keeper_log_0.sql",
          "105_keeper_log_landing.sql",
          "106_keeper_log_mv.sql",
          "107_keeper_log.sql",
          "110_delivered_blocks_0.sql",
          "111_delivered_blocks.sql",
          "112_delivered_blocks_landing.sql",
          "113_delivered_blocks_next.sql",
          "114_delivered_blocks_next_mv.sql",
          "115_delivered_blocks_mv.sql",
          "120_delivery_ledger_0.sql",
          "121_delivery_ledger.sql");

  /** The view behind each table that gateways insert into, applied last. */
  private static final String NOTING_FILE = "116_delivered_from_mv.sql";

  /** Every table that gateways insert into: a test holds it to the lanes. */
  static final List<String> INSERTED =
      List.of(
          "otel.generic_logs_landing",
          "otel.otel_traces_landing",
          "otel.otel_metrics_gauge_landing",
          "otel.otel_metrics_sum_landing",
          "otel.otel_metrics_histogram_landing",
          "otel.otel_metrics_exponential_histogram_landing",
          "otel.otel_metrics_summary_landing",
          "otel.prom_series_0",
          "otel.prom_samples_0",
          "otel.prom_histograms_0",
          "otel.prom_exemplars_0",
          "otel.prom_metadata_0",
          "otel.wide_events_landing",
          "analytics.events_landing",
          "otel.server_text_log_landing",
          "otel.keeper_log_landing",
          "otel.dead_letters_0",
          "otel.dead_letter_replays_0",
          "otel.delivery_ledger_0");

  /** Each lost race costs a round; more than this many means that two builds pull apart. */
  private static final int ROUNDS_MAX = 20;

  /**
   * What a server answers when another node was faster: duplicate column, index or table, an ALTER
   * that met another one, a lock that was held.
   */
  private static final Set<Integer> LOST_RACE = Set.of(10, 15, 36, 44, 57, 82, 218, 473, 517);

  private final ClickHouse clickHouse;
  private final List<String> statements;
  private final Revision revision;

  public Schema(ClickHouse clickHouse) {
    this(clickHouse, statements(), Revision.OF_THIS_BUILD);
  }

  Schema(ClickHouse clickHouse, List<String> statements, int revision) {
    this.clickHouse = clickHouse;
    this.statements = statements;
    this.revision = new Revision(clickHouse, revision);
  }

  /** All that this build wants, in order. */
  static List<String> statements() {
    Stream<String> files = FILES.stream().map(Schema::read);
    return Stream.concat(files, INSERTED.stream().map(Schema::noting)).toList();
  }

  private static String noting(String table) {
    String name = table.substring(table.indexOf('.') + 1);
    return read(NOTING_FILE).replace("{table}", table).replace("{name}", name);
  }

  /** What {@link #apply} would do now, in order; empty if the server has everything. */
  public List<Change> plan() throws IOException {
    List<Ddl> wanted = new ArrayList<>();
    for (String statement : statements) {
      wanted.add(Ddl.parse(formatted(statement)));
    }
    Map<String, Ddl> actual = actual();
    List<Change> changes = new ArrayList<>();
    for (Ddl ddl : wanted) {
      changes.addAll(Difference.between(ddl, actual.get(ddl.name())));
    }
    return changes;
  }

  /**
   * Takes every step of the plan that a statement can take, and answers with those taken here.
   * Steps by hand stay in {@link #plan}.
   *
   * @throws NewerSchemaException if a newer build's schema is there: nothing is changed
   */
  public List<Change> apply() throws IOException {
    Set<Change> done = new LinkedHashSet<>();
    List<Change> todo = List.of();
    for (int round = 0; round < ROUNDS_MAX; round++) {
      revision.claim();
      todo = plan().stream().filter(change -> !change.byHand()).toList();
      if (todo.isEmpty()) {
        return List.copyOf(done);
      }
      run(todo, done);
    }
    throw new IOException(
        "cannot bring the schema up to date: after %d rounds still to do: %s; stop nodes of other versions"
            .formatted(ROUNDS_MAX, todo.stream().map(Change::what).toList()));
  }

  private void run(List<Change> todo, Set<Change> done) throws IOException {
    for (Change change : todo) {
      try {
        clickHouse.execute(Query.of(change.sql()));
        done.add(change);
      } catch (ClickHouseException e) {
        if (!LOST_RACE.contains(e.code())) {
          throw new IOException("cannot %s: %s".formatted(change.what(), e.getMessage()), e);
        }
        pause();
        return; // look again: another node is at work
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(20, 200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot apply the schema: interrupted", e);
    }
  }

  /** As the server itself would write it: only then can it be compared. */
  private String formatted(String statement) throws IOException {
    return clickHouse.text(
        Query.of("SELECT formatQuerySingleLine({sql:String}) FORMAT TSVRaw")
            .withString("sql", SqlText.normal(statement)));
  }

  private Map<String, Ddl> actual() throws IOException {
    Map<String, Ddl> found = new HashMap<>();
    for (String name : clickHouse.lines(Query.of("SELECT name FROM system.databases"))) {
      found.put(name, Ddl.parse("CREATE DATABASE " + name));
    }
    String tables =
        "SELECT formatQuerySingleLine(create_table_query) FROM system.tables"
            + " WHERE database IN ('otel', 'analytics') AND create_table_query != '' FORMAT TSVRaw";
    for (String line : clickHouse.lines(Query.of(tables))) {
      if (line.startsWith("CREATE TABLE") || line.startsWith("CREATE MATERIALIZED VIEW")) {
        Ddl ddl = Ddl.parse(line);
        found.put(ddl.name(), ddl);
      }
    }
    return found;
  }

  private static String read(String file) {
    try (InputStream in = Schema.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file + " from the jar", e);
    }
  }
}
