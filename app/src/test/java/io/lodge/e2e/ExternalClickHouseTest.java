package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ClickHouse by URL that is not there yet. */
class ExternalClickHouseTest {
  @TempDir Path folder;

  @Test
  void acceptsBeforeClickHouseIsUpAndDeliversOnceTheSchemaIsThere() throws Exception {
    Path engineFolder = folder.resolve("engine");
    int http = Addresses.free().engineHttp();
    int tcp = Addresses.free().engineTcp();
    // Once, for its users' passwords.
    Engine first = TestEngine.start(TestEngine.options(engineFolder, http, tcp));
    URI url = first.endpoint().url();
    first.close();

    Ledger ledger = new Ledger("early");
    try (LocalLodge lodge = new LocalLodge(folder, url, first);
        Load load = Load.start(ledger, lodge.at(), 2, 25)) {
      load.awaitAcknowledged(500);
      Http.Answer ready = Http.get(lodge.at().apiUrl().resolve("/readyz"));
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.text()).contains("clickhouse", "schema");
      try (Engine _ = TestEngine.start(TestEngine.options(engineFolder, http, tcp))) {
        Waiting.until(
            "it is ready", () -> Http.get(lodge.at().apiUrl().resolve("/readyz")).status() == 200);
        load.awaitAcknowledged(100);
        load.stop();
        lodge.awaitEmptyJournal();
        ledger.assertExact(lodge.reader());
        assertThat(lodge.reader().rows("SHOW TABLES FROM otel"))
            .contains(List.of("generic_logs"), List.of("dead_letters"));
      }
    }
  }
}
