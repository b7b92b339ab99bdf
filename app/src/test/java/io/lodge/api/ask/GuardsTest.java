package io.lodge.api.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryLimits;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A question that hits a guard says which, and what to do about it. */
class GuardsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final long MUCH = 2L << 30;

  private static AskedApi api;

  @BeforeAll
  static void fill() throws IOException {
    api = AskedApi.empty();
    api.run(
        """
        INSERT INTO otel.generic_logs_landing (Timestamp, ReceivedAt, ServiceName, Body, LogAttributes)
        SELECT toDateTime64('2026-11-21 12:00:00', 9, 'UTC') - toIntervalMillisecond(number * 10 + 1) AS Timestamp, Timestamp,
          'many', concat('a line of its own ', toString(sipHash64(number))), map('id', lower(hex(sipHash64(number, 1))))
        FROM numbers(300000)
        """);
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({"/api/facets,fields,id", "/api/values,field,id", "/api/histogram,by,id"})
  void memoryIsNamed(String path, String parameter, String value) throws Exception {
    try (AskedApi little = new AskedApi(new QueryLimits(LONG, 4 << 20, 1_000_000, 8))) {
      JsonRow error = refused(little, path, parameter, value);
      assertThat(error.text("limit")).isEqualTo("memory");
      assertThat(error.count("clickhouse_code")).isEqualTo(241);
    }
  }

  @ParameterizedTest
  @CsvSource({"/api/facets,fields,id", "/api/values,field,id"})
  void rowsAreNamed(String path, String parameter, String value) throws Exception {
    try (AskedApi few = new AskedApi(new QueryLimits(LONG, MUCH, 5, 8))) {
      JsonRow error = refused(few, path, parameter, value);
      assertThat(error.text("limit")).isEqualTo("rows");
      assertThat(error.count("clickhouse_code")).isEqualTo(396);
    }
  }

  private static JsonRow refused(AskedApi narrow, String path, String parameter, String value)
      throws Exception {
    var answer = narrow.get(path, parameter, value, "from", "now-2h");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    JsonRow error = AskedApi.json(answer.body()).object("error");
    assertThat(error.text("code")).isEqualTo("limit_exceeded");
    assertThat(error.text("message")).isNotEmpty();
    return error;
  }
}
