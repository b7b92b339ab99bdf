package io.lodge.ingest;

import io.lodge.lane.Lanes;
import io.lodge.lane.SeriesMemory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * All lanes there are: the largest memory of the gateway, and therefore counted. For each shard one
 * set is filled while another is encoded; the backlog takes its turn with them. Thread-safe.
 */
final class LanesPool {
  private final BlockingQueue<Lanes> free;
  private final SeriesMemory series = new SeriesMemory();

  LanesPool(int shards) {
    int sets = Math.max(3, shards * 2);
    free = new ArrayBlockingQueue<>(sets);
    for (int i = 0; i < sets; i++) {
      free.add(new Lanes(series));
    }
  }

  /** Empty lanes; waits until some are given back. */
  Lanes take() throws InterruptedException {
    return free.take();
  }

  /** Sets that {@link #take} gives without waiting. */
  int free() {
    return free.size();
  }

  /** Takes lanes back and empties them. */
  void give(Lanes lanes) {
    lanes.clear();
    free.add(lanes);
  }

  /** Rows that were counted on did not go to ClickHouse now: fresh blocks repeat all they need. */
  void forgetSeries() {
    series.forgetAll();
  }
}
