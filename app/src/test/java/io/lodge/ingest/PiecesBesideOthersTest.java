package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.Time;
import io.lodge.clickhouse.InsertResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A block that goes in pieces, which may be thousands, holds up no other segment. */
class PiecesBesideOthersTest {
  @TempDir Path dir;
  private final CountDownLatch others = new CountDownLatch(2);
  private final AtomicInteger pieces = new AtomicInteger();
  private volatile boolean heldUp;

  @Test
  void othersAreDeliveredMeanwhile() throws Exception {
    OnePipeline.leave(dir, List.of("a", "b", "c", "d"), List.of("other"), List.of("another"));
    String refused;
    try (var journal = OnePipeline.open(dir)) {
      refused = journal.leftovers().getFirst().id().toString();
    }
    try (OnePipeline one =
        new OnePipeline(
            dir, (_, token, _, _) -> insert(refused, token), _ -> Set.of(), Time.SYSTEM)) {
      one.awaitEmptyJournal();
    }
    assertThat(pieces).as("pieces").hasPositiveValue();
    assertThat(heldUp).isFalse();
  }

  private InsertResult insert(String refused, String token) {
    if (!token.startsWith(refused)) {
      if (token.endsWith("generic_logs_landing")) {
        others.countDown();
      }
      return new InsertResult.Stored(1);
    }
    if (token.endsWith("generic_logs_landing")) {
      return new InsertResult.Refused(469, "constraint");
    }
    if (Pieces.isPiece(token)) {
      pieces.incrementAndGet();
      try {
        heldUp |= !others.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return new InsertResult.Stored(1);
  }
}
