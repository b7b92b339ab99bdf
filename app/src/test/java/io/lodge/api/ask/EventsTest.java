package io.lodge.api.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Product-analytics events asked as any other rows. */
class EventsTest {
  private static AskedApi api;

  /** 900 events, one each second until 11:59:59, of 30 people; each was sent twice. */
  @BeforeAll
  static void fill() throws IOException {
    api = AskedApi.empty();
    for (int sent = 0; sent < 2; sent++) {
      api.run(
          """
          INSERT INTO analytics.events_0
            (uuid, distinct_id, event, timestamp, created_at, properties, browser, tokens_prompt, expires_at)
          SELECT
            toUUID(concat('00000000-0000-4000-8000-', leftPad(toString(number), 12, '0'))),
            concat('p', toString(number % 30)),
            ['$pageview', 'signed_up', 'purchased'][number % 3 + 1],
            toDateTime64('2026-11-21 11:59:59', 3, 'UTC') - toIntervalSecond(number),
            toDateTime64('2026-11-21 12:00:00', 3, 'UTC'),
            concat('{"plan":"', ['free', 'pro'][number % 2 + 1], '","price":', toString(number / 10), ',"$os":"Linux"}'),
            'Firefox',
            number,
            toDateTime('2027-11-21 00:00:00')
          FROM numbers(900)
          """);
    }
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static AskedApi.Streamed search(String q) throws Exception {
    return api.stream("/api/search", "table", "analytics", "q", q, "limit", "1000");
  }

  @Test
  void eachEventIsFoundOnce() throws Exception {
    assertThat(search("").rows()).hasSize(900);
  }

  @Test
  void theyAreFoundByColumnsPropertiesNumbersAndWords() throws Exception {
    assertThat(search("event:purchased").rows()).hasSize(300);
    assertThat(search("plan:pro").rows()).hasSize(450);
    assertThat(search("properties.plan:pro person:p1").rows()).hasSize(30);
    assertThat(search("price:>=89.5").rows()).hasSize(5);
    assertThat(search("tokens_prompt:<10").rows()).hasSize(10);
    assertThat(search("purchased pro").rows()).hasSize(150);
  }

  @Test
  void aRowHasItsTimeInNanosecondsAndItsPropertiesAsAMap() throws Exception {
    JsonRow first = search("").rows().getFirst();
    assertThat(first.text("Timestamp")).isEqualTo("1795262399000000000");
    assertThat(first.text("event")).isEqualTo("$pageview");
    assertThat(first.object("Properties").text("plan")).isEqualTo("free");
    assertThat(first.values()).doesNotContainKeys("session_id", "model");
  }

  @Test
  void theyAreCountedByEventAndByProperty() throws Exception {
    JsonRow histogram = api.data("/api/histogram", "table", "analytics", "buckets", "60");
    assertThat(histogram.list("groups")).asString().isEqualTo("[$pageview, purchased, signed_up]");
    List<JsonRow> facets =
        api.data("/api/facets", "table", "analytics", "fields", "event,plan").objects("facets");
    assertThat(facets.get(0).objects("values").getFirst().text("count")).isEqualTo("300");
    assertThat(facets.get(1).objects("values"))
        .extracting(value -> value.text("value") + "=" + value.text("count"))
        .containsExactly("free=450", "pro=450");
  }

  @Test
  void theirFieldsAndPatternsAndSurroundingsAreThere() throws Exception {
    assertThat(api.data("/api/fields", "table", "analytics", "prefix", "p").objects("fields"))
        .extracting(field -> field.text("name"))
        .contains("plan", "price");
    assertThat(api.data("/api/patterns", "table", "analytics").objects("patterns")).isNotEmpty();
    JsonRow row = search("person:p3").rows().get(5);
    JsonRow around =
        api.data(
            "/api/context",
            "table",
            "analytics",
            "time",
            row.text("Timestamp"),
            "id",
            row.text("id"),
            "before",
            "4");
    assertThat(around.objects("before"))
        .hasSize(4)
        .allSatisfy(other -> assertThat(other.text("distinct_id")).isEqualTo("p3"));
  }
}
