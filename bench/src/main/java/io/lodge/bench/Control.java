package io.lodge.bench;

import io.lodge.block.ChunkPool;
import io.lodge.block.Compression;
import io.lodge.block.EncodedBlock;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.InsertResult;
import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.PayloadDecoder;
import io.lodge.lane.Lanes;
import io.lodge.lane.LogsLane;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The same Native blocks as the gateway sends, sent straight to ClickHouse: what is left to gain.
 */
final class Control {
  private final List<EncodedBlock> blocks = new ArrayList<>();

  /**
   * Encodes the blocks beforehand.
   *
   * @param rowsPerBlock as many as the gateway's blocks had
   */
  Control(List<Body> bodies, int rowsPerBlock, int blockCount)
      throws MalformedPayloadException, BodyTooLargeException {
    PayloadDecoder decoder = new PayloadDecoder(1 << 26, 1 << 23, Rules.NONE);
    ChunkPool chunks = new ChunkPool(1 << 20);
    int next = 0;
    while (blocks.size() < blockCount) {
      Lanes lanes = new Lanes();
      while (lanes.rowsMax() < rowsPerBlock) {
        Body body = bodies.get(next++ % bodies.size());
        long now = Load.unixNanos();
        body.setTime(now);
        Payload payload =
            new Payload(
                PayloadKind.OTLP_LOGS_PROTOBUF,
                ContentEncoding.IDENTITY,
                "default",
                "",
                now,
                body.bytes,
                0,
                body.bytes.length);
        decoder.decode(payload, lanes, new Decoded());
      }
      blocks.add(lanes.logs().encode(Compression.LZ4, chunks));
    }
  }

  /** Inserts blocks until {@code rows} are stored; rows per second. */
  double run(ClickHouse clickHouse, long rows, int parallel)
      throws InterruptedException, ExecutionException {
    int inserts = (int) Math.max(1, rows / blocks.getFirst().rows());
    AtomicInteger next = new AtomicInteger();
    long startNanos = System.nanoTime();
    long stored = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < parallel; i++) {
        running.add(threads.submit(() -> insert(clickHouse, next, inserts, startNanos)));
      }
      for (Future<Long> one : running) {
        stored += one.get();
      }
    }
    return stored / ((System.nanoTime() - startNanos) / 1e9);
  }

  private long insert(ClickHouse clickHouse, AtomicInteger next, int inserts, long run) {
    long stored = 0;
    for (int i = next.getAndIncrement(); i < inserts; i = next.getAndIncrement()) {
      EncodedBlock block = blocks.get(i % blocks.size());
      String token = "control-" + run + "-" + i;
      InsertResult result =
          clickHouse.insert(LogsLane.TABLE, token, block.body(), Duration.ofSeconds(60));
      if (!(result instanceof InsertResult.Stored)) {
        throw new IllegalStateException("the control insert failed: " + result);
      }
      stored += block.rows();
    }
    return stored;
  }
}
