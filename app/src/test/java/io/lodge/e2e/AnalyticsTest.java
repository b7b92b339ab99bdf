package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Product-analytics events, as HIP-47's producers and SDKs send them, and what is made of them. */
class AnalyticsTest {
  private static final NodeProject CLIENTS = new NodeProject("js-events");

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() throws Exception {
    CLIENTS.install();
    Path retention = Files.writeString(folder.resolve("retention.yaml"), "81: 1\n");
    lodge =
        RunningLodge.start(
            folder,
            "journal.segment_age=50ms",
            "analytics.team_retention.file=" + retention,
            "analytics.team_retention.refresh=100ms");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  private static Http.Answer insert(String rows) {
    String query =
        URLEncoder.encode("INSERT INTO events FORMAT JSONEachRow", StandardCharsets.UTF_8);
    return Http.post(
        URI.create(lodge.at().otlpHttpUrl() + "/?query=" + query),
        rows,
        "content-type",
        "application/json");
  }

  private static String event(int team, String uuid, String event, String time, String more) {
    return "{\"uuid\":\"%s\",\"team_id\":%d,\"event\":\"%s\",\"timestamp\":\"%s\",\"distinct_id\":\"u\"%s}\n"
        .formatted(uuid, team, event, time, more);
  }

  private static String uuid(int n) {
    return "00000000-0000-4000-8000-%012d".formatted(n);
  }

  @Test
  void rowsOfTheStandardAreAnsweredAsClickHouseDoes() {
    Http.Answer answer =
        insert(
            """
            {"uuid":"%s","team_id":1,"event":"$pageview","timestamp":"2080-11-20T12:00:00.000Z","distinct_id":"user_42","properties":"{\\"url\\":\\"/dashboard\\"}"}
            {"uuid":"%s","team_id":1,"event":"$pageview","timestamp":"2080-11-20T12:00:01.000Z","distinct_id":"user_43","properties":"{\\"url\\":\\"/settings\\"}"}
            {"team_id":"one"}
            """
                .formatted(uuid(1), uuid(2)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("X-ClickHouse-Summary")).contains("\"written_rows\":\"2\"");
    assertThat(answer.header("X-Lodge-Rejected")).isEqualTo("1");
    Http.Answer bad = insert("{\"team_id\":");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.text()).startsWith("Code: 27. DB::Exception: ");
    assertThat(bad.header("X-ClickHouse-Exception-Code")).isEqualTo("27");
    assertThat(Http.post(URI.create(lodge.at().otlpHttpUrl() + "/?query=SELECT+1"), "").status())
        .isEqualTo(404);
    assertThat(Http.get(lodge.at().otlpHttpUrl().resolve("/ping")).text()).isEqualTo("Ok.\n");
    lodge.awaitEmptyJournal();
    assertThat(
            lodge
                .reader()
                .rows(
                    "SELECT toString(uuid), event, toString(timestamp), distinct_id, url,"
                        + " toString(expires_at) FROM analytics.events WHERE team_id = 1"
                        + " ORDER BY uuid"))
        .containsExactly(
            List.of(
                uuid(1),
                "$pageview",
                "2080-11-20 12:00:00.000",
                "user_42",
                "/dashboard",
                "2081-11-20 12:00:00"),
            List.of(
                uuid(2),
                "$pageview",
                "2080-11-20 12:00:01.000",
                "user_43",
                "/settings",
                "2081-11-20 12:00:01"));
  }

  @Test
  void whatASdkCapturesIsStoredWithoutPrompts() throws Exception {
    CLIENTS.node("posthog.mjs", lodge.at().otlpHttpUrl().toString());
    lodge.awaitEmptyJournal();
    Sql sql = lodge.reader();
    assertThat(
            sql.rows(
                "SELECT count(), uniq(uuid), uniq(distinct_id), uniq(url), min(timestamp),"
                    + " max(timestamp), any(browser), any(utm_source) FROM analytics.events"
                    + " WHERE team_id = 7 AND event = '$pageview'"))
        .containsExactly(
            List.of(
                "25",
                "25",
                "5",
                "25",
                "2080-11-20 10:00:00.000",
                "2080-11-20 10:00:24.000",
                "Firefox",
                "news"));
    assertThat(
            sql.rows(
                "SELECT model, provider, tokens_prompt, tokens_completion, cost_usd,"
                    + " position(properties, 'secret') FROM analytics.events"
                    + " WHERE team_id = 7 AND event = '$ai_generation'"))
        .containsExactly(List.of("m-large", "acme", "12", "34", "0.0025", "0"));
    assertThat(lodge.metric("lodge_ingest_fields_removed_total")).isEqualTo(2);
  }

  @Test
  void lateAndRepeatedEventsAreMergedIntoTheirSession() {
    String session = ",\"session_id\":\"s1\",\"url\":\"%s\"";
    insert(event(20, uuid(11), "$pageview", "2080-11-20T12:10:00Z", session.formatted("/b")));
    lodge.awaitEmptyJournal();
    String late = event(20, uuid(12), "$pageview", "2080-11-20T12:00:00Z", session.formatted("/a"));
    insert(late + event(20, uuid(13), "click", "2080-11-20T12:30:00Z", session.formatted("/c")));
    lodge.awaitEmptyJournal();
    insert(late); // once more
    lodge.awaitEmptyJournal();
    Sql sql = lodge.reader();
    assertThat(
            sql.rows(
                "SELECT toString(min(session_start)), dateDiff('second', min(session_start),"
                    + " max(session_end)), uniqMerge(event_count), uniqIfMerge(pageview_count),"
                    + " argMinMerge(entry_url), argMaxMerge(exit_url) FROM analytics.sessions"
                    + " WHERE team_id = 20 GROUP BY team_id, session_id, distinct_id"))
        .containsExactly(List.of("2080-11-20 12:00:00.000", "1800", "3", "2", "/a", "/c"));
    assertThat(
            sql.rows(
                "SELECT event, toString(hour), sum(count), uniqCombined64Merge(unique_events),"
                    + " uniqCombined64Merge(unique_users) FROM analytics.events_hourly"
                    + " WHERE team_id = 20 GROUP BY event, hour ORDER BY event"))
        .containsExactly(
            List.of("$pageview", "2080-11-20 12:00:00", "3", "2", "1"),
            List.of("click", "2080-11-20 12:00:00", "1", "1", "1"));
    assertThat(sql.number("SELECT count() FROM analytics.events FINAL WHERE team_id = 20"))
        .as("an event sent twice is one")
        .isEqualTo(3);
  }

  @Test
  void theStandardsOwnQueryOfTokenUsageAnswers() {
    String usage =
        ",\"organization_id\":\"org\",\"properties\":{\"model\":\"m\",\"provider\":\"p\","
            + "\"tokens_prompt\":%d,\"tokens_completion\":1,\"cost_usd\":0.1}";
    insert(event(30, uuid(31), "$llm_request", "2080-11-20T12:00:00Z", usage.formatted(5)));
    lodge.awaitEmptyJournal();
    insert(event(30, uuid(32), "$llm_request", "2080-11-20T13:00:00Z", usage.formatted(7)));
    lodge.awaitEmptyJournal();
    assertThat(
            lodge
                .reader()
                .rows(
                    "SELECT organization_id, model, sum(total_prompt_tokens) AS prompt_tokens,"
                        + " sum(total_completion_tokens) AS completion_tokens,"
                        + " sum(total_cost_usd) AS total_cost FROM analytics.token_usage_daily"
                        + " WHERE day >= toDate('2080-11-01') GROUP BY organization_id, model"
                        + " ORDER BY total_cost DESC LIMIT 100"))
        .containsExactly(List.of("org", "m", "12", "2", "0.2"));
  }

  @Test
  void rowsLeaveWhenTheirTeamWantsAndOthersStay() throws Exception {
    String threeDaysAgo = Instant.now().minus(Duration.ofDays(3)).toString();
    String now = Instant.now().toString();
    Files.writeString(folder.resolve("retention.yaml"), "81: 1\n82: 2\n");
    String probe = event(82, uuid(1), "probe", now, "");
    Waiting.until(
        "the changed file is followed",
        () -> {
          insert(probe);
          lodge.awaitEmptyJournal();
          return lodge
                  .reader()
                  .number(
                      "SELECT countIf(retention_days = 2) FROM analytics.events WHERE team_id = 82")
              > 0;
        });
    for (int team : List.of(81, 82, 83)) {
      insert(
          event(team, uuid(100 + team), "old", threeDaysAgo, "")
              + event(team, uuid(200 + team), "new", now, ""));
    }
    lodge.awaitEmptyJournal();
    Waiting.until(
        "the expired rows are gone",
        () ->
            lodge
                    .reader()
                    .number(
                        "SELECT count() FROM analytics.events WHERE team_id IN (81, 82) AND event = 'old'")
                == 0);
    assertThat(
            lodge
                .reader()
                .rows(
                    "SELECT team_id, event FROM analytics.events WHERE team_id IN (81, 82, 83)"
                        + " AND event != 'probe' ORDER BY team_id, event"))
        .containsExactly(
            List.of("81", "new"), List.of("82", "new"), List.of("83", "new"), List.of("83", "old"));
  }
}
