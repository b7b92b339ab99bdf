package io.lodge.kafka;

import io.lodge.ingest.SourcePipeline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One life of a consumer: takes records into a segment, makes it durable, commits, and delivers it
 * only then. Whenever a commit is not certain the segment is left undecided and the life ends: the
 * next one asks Kafka, in a new generation of the group. One thread.
 */
final class Reader implements ConsumerRebalanceListener {
  private static final Duration POLL = Duration.ofMillis(100);

  /** How long a full journal is left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KafkaOptions options;
  private final Consumer<byte[], byte[]> consumer;
  private final SourcePipeline pipeline;
  private final Undecided undecided;
  private final KafkaMetrics.OfSource metrics;
  private final LongSupplier unixNanos;
  private final Map<TopicPartition, Ledger> ledgers = new HashMap<>();
  private @Nullable Batch batch;
  private long pausedUntilNanos;
  private boolean paused;

  Reader(
      KafkaOptions options,
      Consumer<byte[], byte[]> consumer,
      SourcePipeline pipeline,
      Undecided undecided,
      KafkaMetrics.OfSource metrics,
      LongSupplier unixNanos) {
    this.options = options;
    this.consumer = consumer;
    this.pipeline = pipeline;
    this.undecided = undecided;
    this.metrics = metrics;
    this.unixNanos = unixNanos;
  }

  void subscribe() {
    consumer.subscribe(options.topics(), this);
  }

  /**
   * Polls once.
   *
   * @throws KafkaException if this life is over
   */
  void step() throws InterruptedException {
    take(consumer.poll(POLL));
    if (batch != null && batch.segment.isDue()) {
      commit();
    }
    resume();
    measure();
  }

  private void take(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (paused || !batch().take(record, unixNanos.getAsLong())) {
          pause();
          // Not beyond where a segment that was dropped a moment ago has rewound it to.
          consumer.seek(partition, Math.min(record.offset(), consumer.position(partition)));
          break;
        }
      }
      if (batch != null && batch.segment.isDue()) {
        commit();
      }
    }
  }

  private Batch batch() throws InterruptedException {
    Batch open = batch;
    if (open == null) {
      open = new Batch(pipeline.begin(), options);
      batch = open;
    }
    return open;
  }

  /** The journal is full: records stay in Kafka until there is room. */
  private void pause() {
    if (!paused) {
      metrics.pause();
    }
    paused = true;
    pausedUntilNanos = System.nanoTime() + PAUSE.toNanos();
    consumer.pause(consumer.assignment());
  }

  private void resume() {
    if (paused && System.nanoTime() - pausedUntilNanos >= 0) {
      paused = false;
      consumer.resume(consumer.paused());
    }
  }

  /**
   * Makes the open segment durable and commits its offsets; then it is delivered.
   *
   * @throws KafkaException if the commit is not certain; the segment is left undecided
   */
  void commit() {
    Batch ending = batch;
    batch = null;
    if (ending == null) {
      return;
    }
    if (ending.ranges.isEmpty()) {
      ending.segment.drop();
      return;
    }
    if (!ending.close(unixNanos.getAsLong())) {
      ending.segment.drop();
      ending.ranges.first().forEach(this::rewind);
      pause();
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    Map<TopicPartition, Ledger> next = new HashMap<>();
    ending
        .ranges
        .next()
        .forEach((partition, offset) -> {
          Ledger ledger = ledgers.getOrDefault(partition, Ledger.NEW).with(ending.segment.id());
          next.put(partition, ledger);
          offsets.put(partition, new OffsetAndMetadata(offset, ledger.toText()));
        });
    try {
      consumer.commitSync(offsets);
    } catch (KafkaException uncertain) {
      undecided.add(ending.segment.leave());
      metrics.commit("undecided");
      throw uncertain;
    }
    ledgers.putAll(next);
    ending.segment.deliver();
    ending.count(metrics);
  }

  private void rewind(TopicPartition partition, long offset) {
    if (consumer.assignment().contains(partition)) {
      consumer.seek(partition, offset);
    }
  }

  /**
   * A new generation. First what is undecided is decided, for nothing of this gateway may be
   * committed before. A partition that the group has never read gets its first offset now, so that
   * one without an offset later is known to have lost it.
   */
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    metrics.rebalance("assigned");
    undecided.decide(ranges -> consumer.committed(ranges.first().keySet()));
    Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
    consumer
        .committed(Set.copyOf(assigned))
        .forEach((partition, committed) -> {
          ledgers.put(partition, Ledger.of(committed).orElse(Ledger.NEW));
          if (committed == null) {
            long begin = consumer.position(partition);
            first.put(partition, new OffsetAndMetadata(begin, Ledger.NEW.toText()));
          }
        });
    if (!first.isEmpty()) {
      consumer.commitSync(first);
    }
    if (paused) {
      consumer.pause(consumer.assignment());
    }
  }

  /** Another gateway gets them: what was taken of them is committed before it may begin. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    metrics.rebalance("revoked");
    commit();
    revoked.forEach(ledgers::remove);
  }

  /** Others have them already: nothing of the open segment was committed, and they take it all. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> lost) {
    metrics.rebalance("lost");
    abandon();
    lost.forEach(ledgers::remove);
  }

  /** Drops the open segment, of which nothing was committed. */
  void abandon() {
    if (batch != null) {
      batch.segment.drop();
      batch = null;
      metrics.commit("dropped");
    }
  }

  private void measure() {
    List<TopicPartition> mine = List.copyOf(consumer.assignment());
    metrics.partitions.set(mine.size());
    metrics.undecided.set(undecided.count());
    metrics.lag.set(
        (double) mine.stream().mapToLong(it -> consumer.currentLag(it).orElse(0)).sum());
  }
}
