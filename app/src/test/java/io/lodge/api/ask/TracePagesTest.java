package io.lodge.api.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of traces that overlap, last long, and have spans at the same moments. */
class TracePagesTest {
  /** Enough to see; all pages of one trace would take minutes. */
  private static final int PAGES_MAX = 40;

  private static AskedApi api;

  /**
   * 300 traces of one to seven spans in three hours: some within a second, some over all of it, on
   * moments that they share; 40 of them are not in the table of times.
   */
  @BeforeAll
  static void fill() throws IOException {
    api = AskedApi.empty();
    api.run(
        """
        INSERT INTO otel.otel_traces_landing
          (Timestamp, ReceivedAt, Duration, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, StatusCode)
        WITH
          number % 300 AS trace, intDiv(number, 300) AS part,
          sipHash64(trace, 1) % 10000 AS begin,
          [0, 3, 900, 10000][trace % 4 + 1] AS length
        SELECT
          toDateTime64('2026-11-21 09:00:00', 9, 'UTC') + toIntervalSecond(intDiv(least(10700, begin + sipHash64(number, 2) % (length + 1)), 20) * 20) AS Timestamp,
          Timestamp, 1000, leftPad(lower(hex(sipHash64(trace, 3))), 32, '0'), leftPad(lower(hex(number + 1)), 16, '0'),
          '', if(part % 2 = 0, 'even', 'odd'), 'Server', 'web', 'Ok'
        FROM numbers(2100)
        WHERE part <= trace % 7
        """);
    api.run(
        "DELETE FROM otel.otel_traces_trace_id_ts_0 WHERE cityHash64(TraceId) % 8 = 0 SETTINGS mutations_sync = 1");
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({"'',1", "'',7", "'',100", "name:odd,3", "name:odd,50", "name:even,13"})
  void pagesNeitherLoseNorDoubleTraces(String q, int limit) throws Exception {
    List<String> whole = ids(page(q, 1000, ""));
    assertThat(whole).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    assertThat(whole).isEqualTo(wanted(q));
    List<String> paged = new ArrayList<>();
    String next = "";
    int pages = 0;
    do {
      AskedApi.Streamed page = page(q, limit, next);
      assertThat(page.rows()).as("a page that says there is more has some").isNotEmpty();
      paged.addAll(ids(page));
      next = page.end().text("next");
      pages++;
    } while (!next.isEmpty() && pages < PAGES_MAX);
    assertThat(paged).isEqualTo(pages < PAGES_MAX ? whole : whole.subList(0, paged.size()));
  }

  @Test
  void aCursorHasItsForm() throws Exception {
    for (String cursor : List.of("x", "1-2-3", "1-2-99999999999999999999-", "1-2-3-ZZ")) {
      assertThat(api.get("/api/traces", "cursor", cursor).statusCode()).as(cursor).isEqualTo(400);
    }
  }

  private static AskedApi.Streamed page(String q, int limit, String cursor) throws Exception {
    return api.stream(
        "/api/traces", "q", q, "from", "now-3h", "limit", "" + limit, "cursor", cursor);
  }

  private static List<String> ids(AskedApi.Streamed page) {
    return page.column("TraceId");
  }

  private static List<String> wanted(String q) throws IOException {
    return api.writer()
        .lines(
            Query.of(
                "SELECT TraceId FROM otel.otel_traces WHERE %s GROUP BY TraceId ORDER BY max(Timestamp) DESC, TraceId"
                    .formatted(q.isEmpty() ? "1" : "SpanName = '" + q.substring(5) + "'")));
  }
}
