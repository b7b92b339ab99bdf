package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.clickhouse.InsertResult;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.OpenSegment;
import io.lodge.journal.RulesId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A block that began to go in pieces goes on with those that ClickHouse has noted: they are asked
 * for, however short the interruption, for whole it has a token of another name.
 */
class PiecesAskedForTest {
  @TempDir Path dir;
  private SteppedOverflow steps;
  private String segment = "";
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void open() {
    steps =
        new SteppedOverflow(
            dir,
            SteppedOverflow.bucket(),
            _ -> {
              asked.incrementAndGet();
              return steps.stored.stream()
                  .map(token -> token.substring(segment.length() + 1))
                  .collect(Collectors.toSet());
            });
    OpenSegment open = steps.journal.begin(RulesId.NONE);
    assertThat(open.append(OnePipeline.logs(List.of("a", "b", "c", "d")))).isTrue();
    ClosedSegment closed = open.close();
    segment = closed.id().toString();
    steps.pipeline.backlog().add(closed, new Sent.Never());
  }

  /** Its first row is at fault. */
  private static InsertResult poisoned(String token) {
    boolean refused = token.endsWith("generic_logs_landing") || token.contains("/rows/0-");
    return refused ? new InsertResult.Refused(469, "constraint") : new InsertResult.Stored(1);
  }

  private void assertEachPieceOnce() throws Exception {
    steps.clickHouse = PiecesAskedForTest::poisoned;
    steps.time.sleep(Duration.ofSeconds(15));
    steps.drainAll();
    assertThat(steps.journal.segments()).isZero();
    assertThat(asked).hasPositiveValue();
    assertThat(steps.stored).doesNotHaveDuplicates();
    assertThat(steps.stored.stream().map(token -> token.substring(segment.length() + 1)))
        .containsExactlyInAnyOrder(
            "otel.generic_logs_landing/refused/0-1/4",
            "otel.generic_logs_landing/rows/1-2/4",
            "otel.generic_logs_landing/rows/2-4/4",
            "otel.delivery_ledger_0");
  }

  @Test
  void whereAnOutageCameBetweenThePieces() throws Exception {
    Function<String, InsertResult> cut =
        token -> steps.stored.size() == 2 ? SteppedOverflow.AWAY : poisoned(token);
    steps.clickHouse = cut;
    steps.drain();
    assertThat(steps.stored).hasSize(2);
    assertThat(asked).as("nothing of it was sent before").hasValue(0);
    assertEachPieceOnce();
  }

  @Test
  void whereWhatIsBehindThePiecesWasNotTaken() throws Exception {
    steps.clickHouse =
        token -> token.endsWith("delivery_ledger_0") ? SteppedOverflow.BUSY : poisoned(token);
    steps.drain();
    assertThat(steps.stored).hasSize(3);
    assertThat(steps.pipeline.backlogSegments()).isOne();
    assertEachPieceOnce();
  }
}
