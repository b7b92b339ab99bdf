package io.lodge.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final int NOON_MINUTE = (int) (NOON.getEpochSecond() / 60);

  private final Lanes lanes = new Lanes();

  @Test
  void countsTheRowsOfEachServiceOfAPayload() {
    lanes.mark();
    logs("shop", 3, NOON);
    logs("cart", 2, NOON);
    lanes.count(payload("acme", NOON, 100), 5, 0, 0);
    lanes.mark();
    logs("shop", 1, NOON);
    lanes.count(payload("acme", NOON, 50), 1, 0, 4);
    assertThat(lanes.tally())
        .containsExactly(
            entry("shop", "otel.generic_logs", new LedgerCounts(2, 4, 0, 4, 4, 0, 150)),
            entry("cart", "otel.generic_logs", new LedgerCounts(0, 2, 0, 0, 2, 0, 0)));
  }

  @Test
  void leavesOutWhatWasRolledBack() {
    lanes.mark();
    logs("refused", 3, NOON);
    lanes.rollback();
    lanes.mark();
    logs("kept", 1, NOON);
    lanes.count(payload("acme", NOON, 9), 1, 0, 0);
    assertThat(lanes.tally())
        .containsExactly(entry("kept", "otel.generic_logs", new LedgerCounts(1, 1, 0, 0, 1, 0, 9)));
  }

  @Test
  void tellsMinutesKindsAndTenantsApart() {
    Instant later = NOON.plusSeconds(60);
    for (Instant at : List.of(NOON, later, NOON)) {
      lanes.mark();
      logs("shop", 1, at);
      lanes.count(payload("acme", at, 1), 1, 0, 0);
    }
    lanes.mark();
    logs("shop", 1, NOON);
    lanes.count(payload("other", NOON, 1), 1, 0, 0);
    assertThat(lanes.tally())
        .extracting(
            e -> e.source().minute() - NOON_MINUTE + e.source().tenant() + e.counts().records())
        .containsExactly("0acme2", "1acme1", "0other1");
  }

  @Test
  void countsDeadLettersAndPayloadsWithoutRows() {
    lanes.mark();
    DeadLettersLane letters = lanes.deadLetters();
    letters.receivedAt.putLong(1);
    put(letters.serviceName, "shop");
    logs("shop", 1, NOON);
    lanes.count(payload("acme", NOON, 10), 1, 3, 0);
    lanes.mark();
    lanes.count(payload("acme", NOON, 20), 0, 0, 7);
    assertThat(lanes.tally())
        .containsExactlyInAnyOrder(
            entry("shop", "otel.generic_logs", new LedgerCounts(1, 1, 0, 0, 1, 0, 10)),
            entry("shop", "otel.dead_letters", new LedgerCounts(0, 0, 1, 0, 1, 0, 0)),
            entry("", "", new LedgerCounts(1, 0, 2, 7, 0, 0, 20)));
  }

  @Test
  void countsRowsApartThatAreSoonExpiredWhenTheyCome() {
    lanes.mark();
    logs("old", 1, NOON.minusSeconds(179 * 86_400 + 1));
    logs("old", 1, NOON.minusSeconds(179 * 86_400));
    logs("new", 1, NOON);
    lanes.count(payload("acme", NOON, 1), 3, 0, 0);
    assertThat(lanes.tally())
        .extracting(e -> e.source().service() + e.counts().rows() + e.counts().rowsLate())
        .containsExactly("old21", "new10");
  }

  @Test
  void namesABoundedNumberOfSources() {
    int services = Tally.ENTRIES_MAX + 500;
    lanes.mark();
    for (int i = 0; i < services; i++) {
      logs("service-" + i, 1, NOON);
    }
    lanes.count(payload("acme", NOON, 1), services, 0, 0);
    List<LedgerEntry> entries = lanes.tally();
    assertThat(entries).hasSize(Tally.ENTRIES_MAX + 1);
    assertThat(entries.getLast().source().service()).isEqualTo(LedgerSource.OTHER);
    assertThat(entries.getLast().counts().records()).isEqualTo(500);
    assertThat(entries.stream().mapToLong(e -> e.counts().records()).sum()).isEqualTo(services);
  }

  @Test
  void isSentBehindAllOtherRows() {
    lanes.mark();
    logs("shop", 1, NOON);
    lanes.analytics().teamId.putLong(1);
    lanes.count(payload("acme", NOON, 1), 1, 0, 0);
    lanes.writeLedger("gateway", "segment");
    assertThat(lanes.filled().getLast()).isInstanceOf(LedgerLane.class);
    assertThat(lanes.all().getLast()).isInstanceOf(LedgerLane.class);
    lanes.clear();
    assertThat(lanes.tally()).isEmpty();
  }

  private void logs(String service, int rows, Instant time) {
    for (int i = 0; i < rows; i++) {
      LogsLane logs = lanes.logs();
      logs.timestamp.putLong(time.getEpochSecond() * 1_000_000_000L);
      put(logs.serviceName, service);
    }
  }

  private static void put(io.lodge.block.LowCardinalityColumn column, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    column.put(bytes, 0, bytes.length);
  }

  private static Payload payload(String tenant, Instant received, int bytes) {
    return new Payload(
        PayloadKind.OTLP_LOGS_JSON,
        ContentEncoding.IDENTITY,
        tenant,
        "",
        received.getEpochSecond() * 1_000_000_000L,
        new byte[0],
        0,
        bytes);
  }

  private static LedgerEntry entry(String service, String table, LedgerCounts counts) {
    return new LedgerEntry(
        new LedgerSource(NOON_MINUTE, "acme", "otlp-logs-json", service, table), counts);
  }
}
