package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of any fields, over HTTP, are found by SQL. */
class WideEventsTest {
  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() {
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  private static URI url(String path) {
    return lodge.at().otlpHttpUrl().resolve(path);
  }

  private static byte[] gzip(String text) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  @Test
  void whatIsAcceptedIsStoredAndTheRestIsReported() throws IOException {
    String lines =
        """
        {"time":"2080-11-21T10:00:00Z","host":"web-1","status":200,"service":"shop","response_time":12.5}
        {"time":"2080-11-21T10:00:01Z","host":"web-1","status":500,"application":"cart","response_time":7.5}
        not json
        {"time":"2080-11-21T10:00:02Z","host":{"name":"web-2"},"status":200,"user":{"id":"u1"}}
        """;
    Http.Answer answer = Http.post(url("/v1/events/web"), gzip(lines), "content-encoding", "gzip");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .startsWith(
            "{\"accepted\":3,\"rejected\":1,\"errors\":[{\"line\":3,\"reason\":\"invalid_json\"");
    lodge.awaitEmptyJournal();
    Sql sql = lodge.reader();
    assertThat(
            sql.rows(
                "SELECT toUnixTimestamp(Timestamp), ServiceName, host, status, application,"
                    + " labels['user.id'] FROM otel.wide_events WHERE Dataset = 'web'"
                    + " ORDER BY Timestamp"))
        .containsExactly(
            List.of("3499408800", "shop", "web-1", "200", "shop", ""),
            List.of("3499408801", "cart", "web-1", "500", "cart", ""),
            List.of("3499408802", "", "web-2", "200", "", "u1"));
    assertThat(
            sql.value(
                "SELECT avg(numbers['response_time']) FROM otel.wide_events"
                    + " WHERE host = 'web-1' AND Dataset = 'web'"))
        .isEqualTo("10");
    assertThat(sql.rows("SELECT Record, Reason FROM otel.dead_letters WHERE Kind = 'json-events'"))
        .containsExactly(List.of("not json", "invalid_json"));
  }

  @Test
  void refusesInPlainJson() {
    Http.Answer array = Http.post(url("/v1/events/web"), "[{}");
    assertThat(array.status()).isEqualTo(400);
    assertThat(array.text()).startsWith("{\"error\":\"cannot decode body: at byte 3");
    assertThat(Http.post(url("/v1/events/no%20name"), "{}").status()).isEqualTo(404);
    assertThat(Http.get(url("/v1/events/web")).status()).isEqualTo(405);
  }
}
