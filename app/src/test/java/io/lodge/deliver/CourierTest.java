package io.lodge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.block.Compression;
import io.lodge.block.NativeBlock;
import io.lodge.block.StringColumn;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.CuttingProxy;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CourierTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final AtomicReference<String> notReady = new AtomicReference<>("");
  private ClickHouse clickHouse;

  @BeforeEach
  void tables() throws IOException {
    clickHouse = TestServer.open();
    run("DROP DATABASE IF EXISTS courier SYNC");
    run("CREATE DATABASE courier");
    run("CREATE TABLE courier.words (word String) ENGINE = MergeTree ORDER BY word");
  }

  @AfterEach
  void disconnect() {
    clickHouse.close();
  }

  @Test
  void sendsNothingBeforeTheSchemaIsReadyAndAllOnceItIs() throws Exception {
    Courier courier = courier(clickHouse);
    notReady.set("the schema is not applied yet");
    Shipment shipment = shipment("courier.words");
    assertThat(courier.deliver(shipment, 3))
        .isEqualTo(new Delivery.Postponed("the schema is not applied yet", false));
    assertThat(courier.isAway()).isTrue();
    assertThat(courier.trouble()).isEqualTo("the schema is not applied yet");
    assertThat(stored()).isZero();
    notReady.set("");
    assertThat(courier.isAway()).isFalse();
    assertThat(courier.deliver(shipment, 3)).isInstanceOf(Delivery.Stored.class);
    assertThat(stored()).isOne();
  }

  @Test
  void countsTheRowsOfRecordsAndNotThoseOfLodgesOwnAccount() throws Exception {
    Shipment shipment = shipment("courier.words");
    Shipment.Parcel rows = shipment.parcels().getFirst();
    Shipment account =
        new Shipment(
            "segment",
            List.of(new Shipment.Parcel(rows.table(), "account", rows.block(), false, 0)));
    Courier courier = courier(clickHouse);
    assertThat(courier.deliver(shipment, 1)).isInstanceOf(Delivery.Stored.class);
    assertThat(courier.deliver(account, 1)).isInstanceOf(Delivery.Stored.class);
    assertThat(courier.blocksStored()).isEqualTo(2);
    assertThat(courier.rowsStored()).isOne();
  }

  @Test
  void whatNeverReachedClickHouseIsNotStoredThere() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(proxy.url())) {
      proxy.away();
      assertThat(courier(behind).deliver(shipment("courier.words"), 2))
          .isInstanceOfSatisfying(
              Delivery.Postponed.class, later -> assertThat(later.maybeStored()).isFalse());
    }
  }

  @Test
  void whatWasSentAndNotAnsweredMayBeStored() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(proxy.url())) {
      proxy.cutAnswersAfter(20);
      assertThat(courier(behind).deliver(shipment("courier.words"), 1))
          .isInstanceOfSatisfying(
              Delivery.Postponed.class, later -> assertThat(later.maybeStored()).isTrue());
    }
  }

  /**
   * Nothing of an answer came, and at the second try nobody is there: it has the block all the
   * same.
   */
  @Test
  void whatAServerTookBeforeItWasKilledMayBeStored() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(TestServer.url());
        ClickHouse behind = TestServer.open(proxy.url())) {
      proxy.leaveWithTheNextAnswer();
      assertThat(courier(behind).deliver(shipment("courier.words"), 3))
          .isInstanceOfSatisfying(
              Delivery.Postponed.class, later -> assertThat(later.maybeStored()).isTrue());
      assertThat(proxy.cuts()).isOne();
      assertThat(stored()).isOne();
    }
  }

  @Test
  void aBlockBeforeTheOneThatFailedIsStored() throws Exception {
    Delivery delivery = courier(clickHouse).deliver(shipment("courier.words", "courier.nope"), 1);
    assertThat(delivery)
        .isInstanceOfSatisfying(
            Delivery.Postponed.class, later -> assertThat(later.maybeStored()).isTrue());
    assertThat(stored()).isOne();
  }

  private Courier courier(ClickHouse to) {
    return new Courier(to::insert, TIMEOUT, notReady::get, Time.SYSTEM);
  }

  private static Shipment shipment(String... tables) {
    StringColumn word = new StringColumn();
    byte[] text = "word".getBytes(StandardCharsets.UTF_8);
    word.put(text, 0, text.length);
    return new Shipment(
        "segment",
        List.of(tables).stream()
            .map(table ->
                new Shipment.Parcel(
                    table,
                    table,
                    NativeBlock.encode(
                        List.of(new NativeBlock.Named("word", word)),
                        Compression.LZ4,
                        new ChunkPool(1 << 20)),
                    true,
                    0))
            .toList());
  }

  private long stored() throws IOException {
    return clickHouse.scalar(Query.of("SELECT count() FROM courier.words"));
  }

  private void run(String sql) throws IOException {
    clickHouse.execute(Query.of(sql));
  }
}
