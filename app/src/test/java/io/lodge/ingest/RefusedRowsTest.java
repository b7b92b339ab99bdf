package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.block.Compression;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.InsertResult;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.TestServer;
import io.lodge.deliver.Courier;
import io.lodge.deliver.DeliveredBlocksTable;
import io.lodge.deliver.Delivery;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.Journal;
import io.lodge.lane.Lanes;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that ClickHouse refuses, by a constraint, among many that it takes. */
class RefusedRowsTest {
  private static final int ROWS = 1000;

  @TempDir Path dir;
  private ClickHouse clickHouse;

  @BeforeEach
  void constrain() throws IOException {
    clickHouse = TestServer.open();
    new Schema(clickHouse).apply();
    clickHouse.execute(Query.of("TRUNCATE TABLE otel.dead_letters_0"));
    landing("SampleRate` UInt32, CONSTRAINT no_poison CHECK NOT endsWith(Body, 'poison')");
  }

  @AfterEach
  void free() throws IOException {
    landing("SampleRate` UInt32");
    clickHouse.close();
  }

  /** The engine Null takes no ALTER of constraints. */
  private void landing(String lastColumn) throws IOException {
    String create =
        clickHouse.text(
            Query.of(
                "SELECT create_table_query FROM system.tables WHERE database = 'otel'"
                    + " AND name = 'generic_logs_landing' FORMAT TSVRaw"));
    clickHouse.execute(
        Query.of(
            create
                .replace("CREATE TABLE", "CREATE OR REPLACE TABLE")
                .replaceAll("SampleRate` UInt32.*\\)", lastColumn + ")")));
  }

  private static List<String> bodies(String name, int... poisoned) {
    List<Integer> bad = IntStream.of(poisoned).boxed().toList();
    return IntStream.range(0, ROWS)
        .mapToObj(i -> name + " " + i + (bad.contains(i) ? " poison" : ""))
        .toList();
  }

  @Test
  void becomeDeadLettersAndAllOthersAreStored() throws Exception {
    List<String> bodies = bodies("refused", 0, 500, 501, 999);
    try (OnePipeline one = start()) {
      one.pipeline().submit(OnePipeline.logs(bodies)).get();
      one.pipeline().submit(OnePipeline.logs(List.of("refused next"))).get();
      one.awaitEmptyJournal();
      assertThat(one.pipeline().counters().rowsRefused()).isEqualTo(4);
      assertThat(one.pipeline().counters().segmentsQuarantined()).isZero();
    }
    assertThat(OnePipeline.stored(clickHouse, "refused"))
        .hasSize(ROWS - 4 + 1)
        .allMatch(line -> line.endsWith(" 1"))
        .noneMatch(line -> line.contains("poison"));
    assertThat(
            clickHouse.lines(
                Query.of(
                    "SELECT RecordOffset, Kind, Reason, Tenant, Target,"
                        + " Detail LIKE '%no_poison%' AND Detail LIKE 'Code: 469.%'"
                        + " FROM otel.dead_letters ORDER BY RecordOffset")))
        .containsExactlyElementsOf(
            IntStream.of(0, 500, 501, 999)
                .mapToObj(row ->
                    row + "\trow\trefused_by_clickhouse\tdefault\totel.generic_logs_landing\t1")
                .toList());
    assertThat(deadLetterBodies())
        .containsExactlyInAnyOrder(
            "refused 0 poison", "refused 500 poison", "refused 501 poison", "refused 999 poison");
  }

  /** Killed after any number of pieces, and the constraint is gone when it starts again. */
  @Test
  void areStoredOrDeadLettersOnceWhereverTheGatewayStops() throws Exception {
    for (int pieces : new int[] {1, 2, 5, 12}) {
      Path journal = dir.resolve("stopped-" + pieces);
      String name = "stopped " + pieces;
      OnePipeline.leave(journal, bodies(name, 3, 700));
      landing("SampleRate` UInt32, CONSTRAINT no_poison CHECK NOT endsWith(Body, 'poison')");
      clickHouse.execute(Query.of("TRUNCATE TABLE otel.dead_letters_0"));
      List<String> tokens = stopAfter(journal, pieces);
      assertThat(tokens).as("stored before the stop").hasSize(pieces);
      landing("SampleRate` UInt32");
      try (OnePipeline again = start(journal)) {
        again.awaitEmptyJournal();
      }
      List<String> kept = new ArrayList<>(OnePipeline.stored(clickHouse, name));
      deadLetterBodies().forEach(body -> kept.add(body + " 1"));
      assertThat(kept)
          .containsExactlyInAnyOrderElementsOf(
              bodies(name, 3, 700).stream().map(body -> body + " 1").toList());
    }
  }

  @Test
  void areFoundCoarselyWhereTheyAreMany() throws Exception {
    int[] all = IntStream.range(0, ROWS).filter(i -> i % 100 != 10).toArray();
    OnePipeline.leave(dir, bodies("many", all));
    try (Journal journal = OnePipeline.open(dir)) {
      ClosedSegment segment = journal.leftovers().getFirst();
      Lanes lanes = new Lanes();
      segment.read(payload -> OnePipeline.decode(payload, lanes));
      Courier courier =
          new Courier(clickHouse::insert, Duration.ofSeconds(30), () -> "", Time.SYSTEM);
      IngestCounters counters = new IngestCounters();
      Pieces pieces = new Pieces(courier, Compression.LZ4, new ChunkPool(1 << 20), counters, 20);
      assertThat(pieces.deliver(segment, lanes.logs(), Set.of())).isEqualTo(new Delivery.Stored());
      assertThat(courier.refusals()).isLessThan(60);
    }
    long stored = OnePipeline.stored(clickHouse, "many").size();
    assertThat(stored).isLessThan(10);
    assertThat(stored + deadLetterBodies().size()).isEqualTo(ROWS);
    assertThat(deadLetterBodies()).doesNotHaveDuplicates();
  }

  /** Inserts so many pieces, and then nothing any more, as if killed. */
  private List<String> stopAfter(Path journal, int pieces) throws Exception {
    List<String> tokens = new ArrayList<>();
    Object gate = new Object();
    try (ClickHouse inner = TestServer.open();
        OnePipeline one =
            new OnePipeline(
                journal,
                (table, token, body, timeout) -> {
                  synchronized (gate) {
                    return tokens.size() == pieces
                        ? new InsertResult.RetryLater(InsertResult.Wait.UNREACHABLE, 0, "killed")
                        : insert(inner, table, token, body, timeout, tokens);
                  }
                },
                new DeliveredBlocksTable(inner),
                Time.SYSTEM)) {
      OnePipeline.await("pieces are stored", () -> one.courier().isAway());
    }
    return tokens;
  }

  private static InsertResult insert(
      ClickHouse inner,
      String table,
      String token,
      List<ByteBuffer> body,
      Duration timeout,
      List<String> stored) {
    InsertResult result = inner.insert(table, token, body, timeout);
    if (result instanceof InsertResult.Stored) {
      stored.add(token);
    }
    return result;
  }

  private OnePipeline start() {
    return start(dir);
  }

  private OnePipeline start(Path journal) {
    return new OnePipeline(
        journal, clickHouse::insert, new DeliveredBlocksTable(clickHouse), Time.SYSTEM);
  }

  /** As ClickHouse itself reads the records: what can be sent again. */
  private List<String> deadLetterBodies() throws IOException {
    List<String> bodies = new ArrayList<>();
    List<String> records =
        clickHouse.lines(Query.of("SELECT hex(Record) FROM otel.dead_letters_0"));
    for (int from = 0; from < records.size(); from += 50) {
      String some = String.join("", records.subList(from, Math.min(from + 50, records.size())));
      bodies.addAll(
          clickHouse.lines(
              Query.of("SELECT Body FROM format(Native, unhex('" + some + "')) FORMAT TSVRaw")));
    }
    return bodies;
  }
}
