package io.lodge.ingest;

import io.lodge.base.ByteBudget;
import io.lodge.base.Time;
import io.lodge.deliver.Courier;
import io.lodge.journal.Journal;
import io.lodge.journal.SegmentBucket;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.route.Rules;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** The real pipeline without its threads: whoever holds it takes their steps, one at a time. */
public final class SteppedPipeline {
  private final Pipeline pipeline;
  private final PipelineOptions options;

  /** Sets of lanes that a step which has begun may still take, and must not wait for. */
  private int reserved;

  public SteppedPipeline(
      PipelineOptions options,
      Journal journal,
      Rules first,
      Courier courier,
      ByteBudget memory,
      Time time,
      ExecutorService encoders,
      ExecutorService senders,
      Consumer<Throwable> fatal) {
    this.options = options;
    pipeline =
        new Pipeline(
            options, journal, first, courier, memory, time, new Workers(encoders, senders), fatal);
  }

  /** Lets what waits overflow to a bucket. */
  public SteppedBucket overflowTo(SegmentBucket bucket) {
    return new SteppedBucket(pipeline.overflowTo(bucket, Long.MAX_VALUE));
  }

  public CompletableFuture<Outcome> submit(Payload payload) {
    return pipeline.submit(payload);
  }

  public void useRules(Rules next) {
    pipeline.useRules(next);
  }

  public int shards() {
    return pipeline.shards().size();
  }

  /** Whether a step of this shard would do something, and not wait. */
  public boolean isShardsTurn(int shard) {
    return pipeline.lanes().free() > reserved && pipeline.shards().get(shard).isTurn();
  }

  public void turnShard(int shard) throws InterruptedException {
    pipeline.shards().get(shard).turn(0);
  }

  /** Whether a step of the backlog would do something, and not wait. */
  public boolean isBacklogsTurn() {
    return pipeline.lanes().free() > 0 && pipeline.backlog().isTurn();
  }

  public void turnBacklog() throws InterruptedException {
    reserved++;
    try {
      pipeline.backlog().turn();
    } finally {
      reserved--;
    }
  }

  public int backlogSegments() {
    return pipeline.backlogSegments();
  }

  public IngestCounters counters() {
    return pipeline.counters();
  }

  /** Whether nothing is queued and every set of lanes is empty and back. */
  public boolean isIdle() {
    return pipeline.shards().stream().noneMatch(Shard::isTurn) && lanesAreBack();
  }

  private boolean lanesAreBack() {
    return pipeline.lanes().free() == Math.max(3, options.shards() * 2);
  }

  /** Closes the shards' segments; nothing may be queued. */
  public void finishShards() {
    pipeline.shards().forEach(Shard::finish);
  }

  /** As {@link Pipeline#stop}, after {@link #finishShards}. */
  public void stop(Duration deadline) throws InterruptedException {
    pipeline.stop(deadline);
  }
}
