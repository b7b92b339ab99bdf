package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import io.lodge.base.net.TlsFiles;
import io.lodge.clickhouse.CuttingProxy;
import io.lodge.config.AccessKey;
import io.lodge.config.Secret;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import io.lodge.query.run.JsonRow;
import io.lodge.receive.Certificates;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canary of a real gateway on the real engine, and everything that it is there to notice. */
class CanaryTest {
  private static final List<String> STATES =
      List.of("found", "waiting", "missing", "unknown", "refused", "unanswered");

  @TempDir static Path engineFolder;
  private static Engine engine;
  @TempDir Path folder;
  private CuttingProxy wire;

  @BeforeAll
  static void startEngine() {
    engine = TestEngine.start(engineFolder);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void open() throws Exception {
    wire = new CuttingProxy(engine.endpoint().url(), Addresses.free().engineHttp());
  }

  @AfterEach
  void close() throws Exception {
    wire.close();
  }

  /** A busy machine makes records late, rightly: only who wants that to be seen sets less. */
  private LocalLodge lodge(String... more) throws Exception {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "journal.segment_age=300ms",
                "canary.every=400ms",
                "canary.late=30s",
                "canary.missing=6s"));
    settings.addAll(List.of(more));
    return new LocalLodge(folder, wire.url(), engine, settings.toArray(String[]::new));
  }

  private static JsonRow canary(LocalLodge lodge) {
    return new Books(lodge.at().apiUrl()).ask("?group=service").object("canary");
  }

  private static JsonRow own(LocalLodge lodge) {
    JsonRow of = canary(lodge).objects("gateways").getFirst();
    assertThat(of.text("gateway")).isEqualTo(lodge.at().otlpHttpUrl().toString());
    assertThat(STATES.stream().mapToLong(of::count).sum()).as("%s", of).isEqualTo(of.count("sent"));
    return of;
  }

  /** Asks until it is so. */
  private static JsonRow await(String what, LocalLodge lodge, Predicate<JsonRow> so) {
    AtomicReference<JsonRow> last = new AtomicReference<>();
    Waiting.until(
        what,
        () -> {
          JsonRow of = own(lodge);
          last.set(of);
          return so.test(of);
        },
        () -> String.valueOf(last.get()));
    return last.get();
  }

  private static Sql writer() {
    return statement ->
        Http.post(
            URI.create(engine.endpoint().url() + "/?wait_end_of_query=1"),
            statement,
            "X-ClickHouse-User",
            engine.endpoint().writer(),
            "X-ClickHouse-Key",
            engine.endpoint().writerPassword());
  }

  private static String rowOf(LocalLodge lodge, long number) {
    return "ServiceName = 'lodge-canary' AND ResourceAttributes['service.instance.id'] = '%s' AND LogAttributes['lodge.canary.number'] = '%d'"
        .formatted(canary(lodge).text("run"), number);
  }

  @Test
  void isOffUnlessItIsAskedFor() throws Exception {
    try (LocalLodge lodge = new LocalLodge(folder, wire.url(), engine)) {
      assertThat(new Books(lodge.at().apiUrl()).ask("").values()).doesNotContainKey("canary");
      assertThat(lodge.metrics()).doesNotContain("lodge_canary");
    }
  }

  @Test
  void countsAHealthyRunAndThenWhatIsDeletedAndWhatIsThereTwice() throws Exception {
    try (LocalLodge lodge = lodge()) {
      JsonRow healthy = await("ten are found", lodge, of -> of.count("found") >= 10);
      assertThat(healthy.text("standing")).isEqualTo("whole");
      assertThat(healthy.count("worst_delay_ms"))
          .isBetween(healthy.count("last_delay_ms"), 30_000L);
      assertThat(healthy.count("late") + healthy.count("duplicates")).isZero();
      assertThat(command(lodge)).isZero();

      writer()
          .run(
              "INSERT INTO otel.generic_logs_0 SELECT * FROM otel.generic_logs WHERE "
                  + rowOf(lodge, 3));
      JsonRow doubled = await("one is there twice", lodge, of -> of.count("duplicates") == 1);
      assertThat(doubled.text("standing")).isEqualTo("duplicate");
      assertThat(doubled.count("missing")).isZero();
      assertThat(command(lodge)).isOne();

      writer()
          .run(
              "ALTER TABLE otel.generic_logs_0 DELETE WHERE "
                  + rowOf(lodge, 5)
                  + " SETTINGS mutations_sync = 2");
      JsonRow deleted = await("one is missing", lodge, of -> of.count("missing") == 1);
      assertThat(deleted.text("standing")).isEqualTo("missing");
      assertThat(lodge.metric("lodge_canary_missing_records")).isOne();
      assertThat(lodge.metric("lodge_canary_duplicate_records_total")).isOne();
      assertThat(lodge.metric("lodge_canary_found_records_total")).isPositive();
      assertThat(lodge.metric("lodge_canary_delay_seconds_count")).isPositive();
      assertThat(lodge.metric("lodge_canary_up")).isOne();
    }
  }

  @Test
  void anOutageMakesRecordsUnknownThenLateAndThenTheyAreThere() throws Exception {
    try (LocalLodge lodge = lodge("canary.late=4s")) {
      await("some are found", lodge, of -> of.count("found") >= 3);
      wire.away();
      // Longer than what would make them missing.
      JsonRow away = await("many are unknown", lodge, of -> of.count("unknown") >= 30);
      assertThat(away.text("standing")).isEqualTo("unknown");
      assertThat(away.count("missing") + away.count("refused")).isZero();
      assertThat(lodge.metric("lodge_canary_up")).isZero();
      wire.back();
      AtomicReference<JsonRow> wrong = new AtomicReference<>();
      JsonRow whole =
          await(
              "all are there",
              lodge,
              of -> {
                if (of.count("missing") > 0) {
                  wrong.set(of);
                }
                return of.text("standing").equals("whole") && of.count("late") >= 15;
              });
      assertThat(wrong.get()).as("never missing").isNull();
      assertThat(whole.count("found")).isGreaterThanOrEqualTo(30);
      assertThat(whole.count("duplicates") + whole.count("unknown")).isZero();
      assertThat(whole.count("worst_delay_ms")).isGreaterThan(4_000);
    }
  }

  @Test
  void aRestartBeginsARunOfItsOwnAndMissesNothing() throws Exception {
    String before;
    try (LocalLodge lodge = lodge()) {
      await("some are found", lodge, of -> of.count("found") >= 3);
      before = canary(lodge).text("run");
      wire.away();
      await("some are unknown", lodge, of -> of.count("unknown") >= 10);
    }
    wire.back();
    try (LocalLodge lodge = lodge()) {
      JsonRow of = await("some are found", lodge, now -> now.count("found") >= 20);
      assertThat(canary(lodge).text("run")).isNotEqualTo(before);
      assertThat(of.text("standing")).isEqualTo("whole");
      assertThat(of.count("missing") + of.count("duplicates")).isZero();
    }
  }

  @Test
  void saysSoWhenAGatewayRefusesAndWhenOneIsNotThere() throws Exception {
    try (Server full =
        Server.builder()
            .http(0)
            .service(
                "/v1/logs",
                (ctx, request) ->
                    HttpResponse.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        MediaType.PLAIN_TEXT_UTF_8,
                        "cannot accept: the journal is full"))
            .build()) {
      full.start().join();
      String refusing = "http://127.0.0.1:" + full.activeLocalPort();
      String nobody = Addresses.free().otlpHttpUrl().toString();
      try (LocalLodge lodge = lodge("canary.to=[" + refusing + "," + nobody + "]")) {
        Waiting.until(
            "both are seen",
            () -> canary(lodge).objects("gateways").stream().allMatch(of -> of.count("sent") > 20),
            () -> canary(lodge).toString());
        List<JsonRow> gateways = canary(lodge).objects("gateways");
        assertThat(gateways.getFirst().text("standing")).isEqualTo("whole");
        JsonRow refused = gateways.get(1);
        assertThat(refused.text("gateway")).isEqualTo(refusing);
        assertThat(refused.text("standing")).isEqualTo("refused");
        assertThat(refused.count("refused")).isEqualTo(refused.count("sent"));
        assertThat(refused.text("trouble")).contains("503").contains("the journal is full");
        JsonRow unanswered = gateways.get(2);
        assertThat(unanswered.text("standing")).isEqualTo("refused");
        assertThat(unanswered.count("unanswered")).isPositive();
        assertThat(unanswered.count("missing")).isZero();
      }
    }
  }

  @Test
  void sendsWithItsKeyOverTlsWhateverNameTheCertificateIsFor() throws Exception {
    TlsFiles files = Certificates.selfSigned(folder);
    Secret key = AccessKey.generate(AccessKey.Kind.INGEST);
    String keys =
        "auth.keys=[{name: canary, kind: ingest, hash: \"%s\", tenant: aviary}]"
            .formatted(AccessKey.hashOf(key));
    try (LocalLodge _ =
        lodge(
            keys,
            "canary.key=" + key.reveal(),
            "tls.certificate=" + files.certificates(),
            "tls.key=" + files.key())) {
      Waiting.until(
          "rows are there",
          () ->
              writer()
                      .number(
                          "SELECT count() FROM otel.generic_logs WHERE ServiceName = 'lodge-canary' AND Tenant = 'aviary'")
                  >= 3);
    }
  }

  private int command(LocalLodge lodge) {
    return GatewayProcess.start(
            folder.resolve("ledger.out"),
            List.of(),
            List.of("ledger", "--api", lodge.at().apiUrl().toString()))
        .await();
  }
}
