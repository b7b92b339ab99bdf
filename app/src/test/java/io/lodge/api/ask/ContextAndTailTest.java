package io.lodge.api.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ContextAndTailTest {
  private static AskedApi api;

  /** Two pods that write in turn, four lines in each second at the same time. */
  @BeforeAll
  static void fill() throws IOException {
    api = AskedApi.empty();
    api.run(
        """
        INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, ServiceName, Body, ResourceAttributes)
        SELECT
          toDateTime64('2026-11-21 11:00:00', 9, 'UTC') + toIntervalSecond(intDiv(number, 4)) AS Timestamp,
          toDateTime64('2026-11-21 11:50:00', 9, 'UTC'),
          'cart', concat('line ', toString(number)),
          map('k8s.pod.name', concat('pod-', toString(number % 2)))
        FROM numbers(1000)
        """);
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void givesTheRowsAroundOneInOrderAndNoneTwice() throws Exception {
    var all = api.stream("/api/search", "order", "asc", "limit", "10000", "q", "pod:pod-1");
    JsonRow row = all.rows().get(250);
    JsonRow data =
        api.data(
            "/api/context",
            "time",
            row.text("Timestamp"),
            "id",
            row.text("id"),
            "before",
            "7",
            "after",
            "9");
    List<String> around = new ArrayList<>();
    data.objects("before").forEach(one -> around.add(one.text("Body")));
    around.add(row.text("Body"));
    data.objects("after").forEach(one -> around.add(one.text("Body")));
    assertThat(around).isEqualTo(all.column("Body").subList(250 - 7, 250 + 10));
  }

  @Test
  void everythingIsMoreThanTheSource() throws Exception {
    var all = api.stream("/api/search", "order", "asc", "limit", "10000");
    JsonRow row = all.rows().get(500);
    JsonRow data =
        api.data(
            "/api/context",
            "time",
            row.text("Timestamp"),
            "id",
            row.text("id"),
            "before",
            "5",
            "after",
            "5",
            "scope",
            "everything");
    assertThat(data.objects("after"))
        .extracting(one -> one.text("Body"))
        .isEqualTo(all.column("Body").subList(501, 506));
  }

  @Test
  void saysThatARowIsGone() throws Exception {
    var response = api.get("/api/context", "time", "1795258800000000000", "id", "1");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("\"code\":\"not_found\"");
    for (String time : List.of("x", "-1", "-1795258800000000000", "99999999999999999999")) {
      assertThat(api.get("/api/context", "time", time, "id", "1").statusCode())
          .as(time)
          .isEqualTo(400);
    }
    for (String id : List.of("x", "18446744073709551616", "99999999999999999999-1")) {
      assertThat(api.get("/api/context", "time", "1795258800000000000", "id", id).statusCode())
          .as(id)
          .isEqualTo(400);
    }
  }

  @Test
  @Timeout(60)
  void tailShowsWhatLandsAndOnlyThat() throws Exception {
    var response =
        api.client().send(api.request("/api/tail", "q", "fresh"), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("{\"progress\":");
      land("fresh one");
      land("stale");
      land("fresh two");
      List<String> shown = new ArrayList<>();
      boolean beat = false;
      while (shown.size() < 2 || !beat) {
        JsonRow line = AskedApi.json(String.valueOf(lines.readLine()));
        line.objects("rows").forEach(row -> shown.add(row.text("Body")));
        beat |= line.values().containsKey("progress");
      }
      assertThat(shown).containsExactly("fresh one", "fresh two");
    }
  }

  private static void land(String body) throws IOException {
    api.run(
        """
        INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, Body)
        VALUES ('2026-11-21 12:00:00', toDateTime64('2026-11-21 12:00:00.5', 9, 'UTC'), '%s')
        """
            .formatted(body));
  }
}
