package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.query.run.JsonRow;
import java.net.URI;
import java.util.List;

/** {@code GET /api/ledger} of a Lodge, asked again and again. */
record Books(URI api) {
  private static final List<String> ACCOUNTED =
      List.of("stored", "dead_lettered", "dropped", "in_flight", "elsewhere", "missing");

  JsonRow ask(String query) {
    Http.Answer answer = Http.get(URI.create(api + "/api/ledger" + query));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return JsonRow.parse(answer.body()).object("data");
  }

  /** The line of a service, all zeros if there is none. */
  JsonRow service(String name) {
    return lineOf(ask("?group=service"), name);
  }

  static JsonRow lineOf(JsonRow data, String service) {
    return data.objects("lines").stream()
        .filter(line -> line.text("service").equals(service))
        .findFirst()
        .orElse(new JsonRow(java.util.Map.of()));
  }

  /** Every record received is somewhere, whenever that is asked. */
  static void assertAddsUp(JsonRow data) {
    assertThat(data.object("gateway").count("difference")).isZero();
    if (List.of("unknown", "not_counted_yet").contains(data.text("standing"))) {
      return;
    }
    assertThat(data.object("total").count("missing")).as(data.toString()).isZero();
    if (data.count("moving_minutes") == 0) {
      data.objects("lines").forEach(Books::assertLineAddsUp);
    }
  }

  static void assertLineAddsUp(JsonRow line) {
    long accounted = ACCOUNTED.stream().mapToLong(line::count).sum();
    assertThat(line.count("received")).as(line.toString()).isEqualTo(accounted);
  }
}
