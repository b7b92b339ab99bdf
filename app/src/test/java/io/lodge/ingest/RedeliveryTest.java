package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.Time;
import io.lodge.clickhouse.InsertResult;
import io.lodge.deliver.Courier;
import io.lodge.journal.SegmentFile;
import io.lodge.lane.LedgerLane;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment that is sent by hand is sent as its gateway would have done. */
class RedeliveryTest {
  @TempDir Path folder;
  private final Map<String, ByteBuffer> byHand = new LinkedHashMap<>();

  private static ByteBuffer copy(List<ByteBuffer> body) {
    ByteBuffer all = ByteBuffer.allocate(body.stream().mapToInt(ByteBuffer::remaining).sum());
    body.forEach(part -> all.put(part.duplicate()));
    return all.flip();
  }

  private Path left() throws Exception {
    OnePipeline.leave(folder.resolve("journal"), List.of("a", "b"));
    try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
      Path file =
          files.filter(path -> path.toString().endsWith(".closed")).findFirst().orElseThrow();
      return Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
    }
  }

  private Redelivery.Result send(Path file, Set<PayloadKind> kinds, Set<String> noted)
      throws Exception {
    Courier courier =
        new Courier(
            (_, token, body, _) -> {
              byHand.put(token, copy(body));
              return new InsertResult.Stored(1);
            },
            _ -> noted,
            Duration.ofSeconds(30),
            () -> "",
            Time.SYSTEM);
    return new Redelivery(OnePipeline.options(), courier, Rules.NONE, Time.SYSTEM, false)
        .send(SegmentFile.open(file), kinds, false);
  }

  @Test
  void withItsAccountAsTheLastOfTheSameBlocks() throws Exception {
    Path file = left();
    Map<String, ByteBuffer> byGateway = new ConcurrentHashMap<>();
    try (OnePipeline gateway =
        new OnePipeline(
            folder.resolve("journal"),
            (_, token, body, _) -> {
              byGateway.put(token, copy(body));
              return new InsertResult.Stored(1);
            },
            _ -> Set.of(),
            Time.SYSTEM)) {
      gateway.awaitEmptyJournal();
    }
    assertThat(send(file, Set.of(), Set.of()))
        .isEqualTo(new Redelivery.Result.Done(Map.of("otel.generic_logs_landing", 2), true));
    assertThat(byHand).isEqualTo(byGateway);
    assertThat(byHand.keySet().stream().toList().getLast()).endsWith("/" + LedgerLane.TABLE);
  }

  @Test
  void withoutItAsLongAsNotAllIsStored() throws Exception {
    Path file = left();
    send(file, Set.of(PayloadKind.LOKI_JSON), Set.of());
    assertThat(byHand).isEmpty();
    send(file, Set.of(PayloadKind.LOKI_JSON), Set.of("otel.generic_logs_landing"));
    assertThat(byHand.keySet()).singleElement().asString().endsWith("/" + LedgerLane.TABLE);
  }
}
