package io.lodge.api.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted already is what counting the rows gives. */
class CountedTest {
  private static final int QUESTIONS = Integer.getInteger("lodge.test.searches", 60);
  private static final String COUNTED = "generic_logs_counts";

  private static AskedApi api;

  @BeforeAll
  static void open() throws IOException {
    api = AskedApi.empty();
  }

  @BeforeEach
  void fill() throws IOException {
    api.run("TRUNCATE TABLE otel.generic_logs_0");
    api.run("TRUNCATE TABLE otel.generic_logs_counts_0");
    for (int block = 0; block < 3; block++) {
      insert(block, "block-" + block);
    }
  }

  /** A block of a day and a half, as the gateway sends it. */
  private static void insert(int block, String token) throws IOException {
    String sql =
        """
        INSERT INTO otel.generic_logs_landing
          (Timestamp, ReceivedAt, ServiceName, SeverityText, SeverityNumber, Body, ScopeName, ResourceAttributes, LogAttributes)
        SELECT
          toDateTime64('2026-11-21 12:00:00', 9, 'UTC') - toIntervalNanosecond(sipHash64(number, %d) %% 130000000000000) AS Timestamp,
          Timestamp,
          ['cart', 'checkout', 'search', ''][number %% 4 + 1],
          ['', 'Warning', 'ERR', '', 'whatever'][number %% 5 + 1],
          [9, 0, 0, 0, 22][number %% 5 + 1],
          concat('line ', toString(number)),
          ['a', 'b'][number %% 2 + 1],
          map('k8s.pod.name', concat('pod-', toString(number %% 7)), 'k8s.namespace.name', concat('ns-', toString(number %% 3))),
          map('user.id', toString(number %% 10))
        FROM numbers(5000)
        """
            .formatted(block);
    api.writer()
        .execute(
            Query.of(sql)
                .withSetting("insert_deduplication_token", token)
                .withSetting("insert_deduplicate", "1")
                .withSetting("deduplicate_blocks_in_dependent_materialized_views", "1")
                .withSetting("async_insert", "0"));
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private record Asked(String path, String[] parameters) {}

  @Test
  void theAnswersAreThoseOfTheRows() throws Exception {
    Random random = new Random(5);
    List<Asked> questions = new ArrayList<>();
    List<String> counted = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      Asked asked = question(random);
      HttpResponse<String> response = api.get(asked.path, asked.parameters);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      if (response.body().contains(COUNTED)) {
        questions.add(asked);
        counted.add(data(response));
      }
    }
    assertThat(questions).as("answers out of the counted table").hasSizeGreaterThan(QUESTIONS / 2);
    api.run("TRUNCATE TABLE otel.generic_logs_counts_0");
    for (int i = 0; i < questions.size(); i++) {
      Asked asked = questions.get(i);
      HttpResponse<String> response = api.get(asked.path, asked.parameters);
      assertThat(response.body()).doesNotContain(COUNTED);
      assertThat(counted.get(i)).as(String.join(" ", asked.parameters)).isEqualTo(data(response));
    }
  }

  private static String data(HttpResponse<String> response) {
    return AskedApi.json(response.body()).object("data").toString();
  }

  private static Asked question(Random random) {
    String from =
        pick(
            random,
            "now-1d",
            "now-26h",
            "2026-11-20T22:13:14.5Z",
            "now-3h",
            "0",
            "2026-11-21T00:00:00Z");
    String to =
        pick(random, "now", "now-17m", "2026-11-21T10:05:00Z", "2026-11-21T09:59:59.999999999Z");
    String q =
        pick(
            random,
            "",
            "service:cart",
            "level:>=warn",
            "-level:error pod:pod-3",
            "ns:ns-1 OR (service:search level:none)",
            "scope:a pod:pod-*",
            "service:*",
            "severitynumber:>5");
    String field = pick(random, "service", "pod", "level", "namespace");
    return switch (random.nextInt(4)) {
      case 0 -> new Asked("/api/histogram", new String[] {"q", q, "from", from, "to", to});
      case 1 ->
          new Asked(
              "/api/histogram",
              new String[] {"q", q, "from", from, "to", to, "by", field, "buckets", "20"});
      case 2 ->
          new Asked(
              "/api/facets",
              new String[] {"q", q, "from", from, "to", to, "fields", "service,level,pod"});
      default ->
          new Asked("/api/values", new String[] {"q", q, "from", from, "to", to, "field", field});
    };
  }

  private static String pick(Random random, String... from) {
    return from[random.nextInt(from.length)];
  }

  @Test
  void aBlockSentAgainIsCountedOnce() throws Exception {
    assertThat(api.number("SELECT sum(Count) FROM otel.generic_logs_counts")).isEqualTo(15_000);
    insert(1, "block-1");
    assertThat(api.number("SELECT count() FROM otel.generic_logs")).isEqualTo(15_000);
    assertThat(api.number("SELECT sum(Count) FROM otel.generic_logs_counts")).isEqualTo(15_000);
  }

  @Test
  void rowsThatWereDeletedAreNotCounted() throws Exception {
    String[] asked = {"from", "now-1d", "fields", "service"};
    assertThat(api.get("/api/facets", asked).body()).contains(COUNTED);
    api.run(
        "ALTER TABLE otel.generic_logs_0 DELETE WHERE ServiceName = 'cart' SETTINGS mutations_sync = 2");
    assertThat(api.get("/api/facets", asked).body()).doesNotContain(COUNTED, "\"cart\"");
  }
}
