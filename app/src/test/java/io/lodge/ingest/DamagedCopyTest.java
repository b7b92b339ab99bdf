package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.bucket.SimulatedBucket;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bit that turns over in a copy on the disk costs a download, and the object nothing. */
class DamagedCopyTest {
  @TempDir Path dir;
  private final SimulatedBucket bucket = SteppedOverflow.bucket();

  @Test
  void isFetchedAgainAndNothingIsInQuarantine() throws Exception {
    OnePipeline.leave(dir, List.of("a", "b"));
    try (SteppedOverflow steps = new SteppedOverflow(dir, bucket)) {
      steps.keep();
      steps.moveAll();
      steps.fetchAll();
      flipABit();
      steps.drain();
      assertThat(steps.stored).isEmpty();
      assertThat(files(".fetched")).isEmpty();
      assertThat(steps.pipeline.backlogSegments()).isOne();
      steps.time.sleep(Duration.ofMinutes(1));
      steps.fetchAll();
      steps.drainAll();
      steps.fetchAll();
      assertThat(steps.stored).hasSize(2);
      assertThat(bucket.names()).noneMatch(name -> name.startsWith("quarantine/"));
      assertThat(bucket.names()).noneMatch(name -> name.startsWith("segments/"));
      assertThat(steps.pipeline.counters().segmentsQuarantined()).isZero();
      assertThat(steps.ledger().totals().stored()).isEqualTo(2);
      assertThat(steps.ledger().totals().difference()).isZero();
    }
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private void flipABit() throws IOException {
    assertThat(files(".fetched")).hasSize(1);
    try (RandomAccessFile bytes =
        new RandomAccessFile(files(".fetched").getFirst().toFile(), "rw")) {
      long at = bytes.length() / 2;
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 1);
    }
  }
}
