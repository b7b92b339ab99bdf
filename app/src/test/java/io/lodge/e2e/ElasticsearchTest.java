package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Elasticsearch's own client, and shippers that speak its protocol, send is found by SQL. */
class ElasticsearchTest {
  private static final NodeProject CLIENTS = new NodeProject("js-events");

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() throws Exception {
    CLIENTS.install();
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  private static URI url(String path) {
    return lodge.at().otlpHttpUrl().resolve(path);
  }

  @Test
  void everyDocumentOfTheOfficialClientIsStoredOrAnsweredAsAnError() throws Exception {
    String said = CLIENTS.node("elasticsearch.mjs", lodge.at().otlpHttpUrl().toString());
    assertThat(said)
        .contains("\"errors\":true")
        .contains(
            "\"items\":[\"create shop 201 \",\"index shop 201 \","
                + "\"delete shop 400 illegal_argument_exception\","
                + "\"update shop 400 illegal_argument_exception\",\"create other 201 \"]")
        .contains("\"id\":\"doc-2\"")
        .contains("\"helped\":250");
    lodge.awaitEmptyJournal();
    Sql sql = lodge.reader();
    assertThat(
            sql.rows(
                "SELECT Dataset, toUnixTimestamp64Milli(Timestamp), ServiceName, labels['message'],"
                    + " labels['_id'], numbers['took'], numbers['http.status']"
                    + " FROM otel.wide_events WHERE Dataset != 'helped' ORDER BY Timestamp"))
        .containsExactly(
            List.of("shop", "3499408800123", "cart", "one", "", "12", "0"),
            List.of("shop", "3499408801000", "", "two", "doc-2", "0", "500"),
            List.of("other", "3499408802000", "", "four", "", "0", "0"));
    assertThat(
            sql.rows(
                "SELECT count(), sum(numbers['n']) FROM otel.wide_events WHERE Dataset = 'helped'"))
        .containsExactly(List.of("250", "31125"));
    assertThat(
            sql.number("SELECT count() FROM otel.dead_letters WHERE Reason = 'unsupported_action'"))
        .isEqualTo(2);
  }

  @Test
  void aBadDocumentCostsItsItemAndABadActionTheRequest() {
    Http.Answer partly =
        Http.post(
            url("/web/_bulk"), "{\"index\":{}}\nnope\n{\"create\":{}}\n{\"message\":\"kept\"}\n");
    assertThat(partly.status()).isEqualTo(200);
    assertThat(partly.header("X-Elastic-Product")).isEqualTo("Elasticsearch");
    assertThat(partly.text())
        .contains("\"errors\":true")
        .contains("\"status\":400,\"error\":{\"type\":\"document_parsing_exception\"")
        .contains("\"create\":{\"_index\":\"web\"")
        .contains("\"status\":201");
    for (String broken :
        List.of(
            "{\"create\":{}}\n", "{\"create\":}\n{}\n", "{\"put\":{}}\n{}\n", "{}\n", "[1]\n{}")) {
      Http.Answer whole = Http.post(url("/web/_bulk"), broken);
      assertThat(whole.status()).as(broken).isEqualTo(400);
      assertThat(whole.text()).contains("illegal_argument_exception").contains("\"status\":400");
    }
    assertThat(Http.post(url("/_bulk"), "{\"create\":{}}\n{}\n").text()).contains("no index");
  }

  @Test
  void shippersFindWhatTheyAskForAtTheirStart() {
    assertThat(Http.get(url("/"), "accept", "application/json").text()).contains("\"number\":\"9.");
    assertThat(Http.get(url("/"), "user-agent", "Elastic-filebeat/9.1.0").text())
        .contains("You Know, for Search");
    assertThat(Http.get(url("/")).text()).contains("Lodge receives here").contains("/_bulk");
    assertThat(Http.get(url("/_license")).text()).contains("\"status\":\"active\"");
    assertThat(Http.get(url("/_index_template/filebeat-9.1.0")).status()).isEqualTo(200);
    assertThat(Http.get(url("/_bulk")).status()).isEqualTo(405);
  }
}
