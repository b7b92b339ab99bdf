package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that share a ClickHouse are replaced one after the other, under load. */
class RollingRestartTest {
  private static final int GATEWAYS = 3;
  private static final int PRODUCERS = 2;
  private static final int REQUEST_RECORDS = 25;

  @TempDir Path folder;

  /** A gateway and what is sent to it. */
  private record Pair(RunningLodge lodge, Ledger ledger, Load load) implements AutoCloseable {
    @Override
    public void close() {
      load.close();
      lodge.close();
    }
  }

  @Test
  void nothingIsLostOrDoubledWhileGatewaysAreReplacedOneAfterTheOther() throws IOException {
    List<Pair> pairs = new ArrayList<>();
    try (Engine engine = TestEngine.start(folder.resolve("engine"))) {
      try {
        for (int i = 0; i < GATEWAYS; i++) {
          pairs.add(start(engine, i));
        }
        for (int i = 0; i < GATEWAYS; i++) {
          pairs.forEach(pair -> pair.load.awaitAcknowledged(200));
          pairs.get(i).lodge.stop();
          for (int other = 1; other < GATEWAYS; other++) {
            pairs.get((i + other) % GATEWAYS).load.awaitAcknowledged(200);
          }
          pairs.get(i).lodge.restart();
        }
        pairs.forEach(pair -> pair.load.awaitAcknowledged(200));
        pairs.forEach(pair -> pair.load.stop());
        pairs.forEach(RollingRestartTest::assertExact);
      } finally {
        pairs.forEach(Pair::close);
      }
    }
  }

  private Pair start(Engine engine, int number) throws IOException {
    List<String> settings =
        new ArrayList<>(LocalLodge.external(engine.endpoint().url(), engine.endpoint()));
    RunningLodge lodge =
        RunningLodge.start(
            Files.createDirectories(folder.resolve("gateway-" + number)),
            settings.toArray(String[]::new));
    Ledger ledger = new Ledger("rolling-" + number);
    return new Pair(lodge, ledger, Load.start(ledger, lodge.at(), PRODUCERS, REQUEST_RECORDS));
  }

  private static void assertExact(Pair pair) {
    pair.lodge.awaitEmptyJournal();
    pair.ledger.assertExact(pair.lodge.reader());
    assertThat(pair.lodge.metric("lodge_segments_quarantined_total")).isZero();
  }
}
