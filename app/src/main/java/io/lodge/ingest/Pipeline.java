package io.lodge.ingest;

import io.lodge.base.ByteBudget;
import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.deliver.Courier;
import io.lodge.journal.Journal;
import io.lodge.journal.SegmentBucket;
import io.lodge.model.Ack;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.route.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The path of a record, from an accepted request to ClickHouse: shards decode and journal, the
 * outbox encodes and sends, the backlog sends again.
 */
public final class Pipeline implements Intake {
  /**
   * Below this much waiting work, a millisecond or two of it, the first shard takes all: few
   * clients then make few syncs and few parts.
   */
  private static final long SPREAD_FROM_BYTES = 1 << 20;

  private static final long CHUNKS_KEPT_BYTES = 32L << 20;

  private final IngestCounters counters = new IngestCounters();
  private final RulesInForce rules;
  private final LanesPool lanes;
  private final Backlog backlog;
  private final Admission admission;
  private final Outbox outbox;
  private final List<Shard> shards;
  private final Journal journal;
  private final Time time;
  private final Consumer<Throwable> fatal;
  private final AdoptedSegments adopted;
  private final LedgerWriter ledgerWriter;
  private final String gateway;

  /**
   * Builds the pipeline; {@link #start} sets it going.
   *
   * @param first the rules to accept under, until {@link #useRules}
   * @param memory counts blocks that wait to be sent
   * @param time what its waits and its segments' ages are measured by
   * @param fatal called when going on could break a promise, such as after a failed fsync: stops
   *     the process
   */
  public Pipeline(
      PipelineOptions options,
      Journal journal,
      Rules first,
      Courier courier,
      ByteBudget memory,
      Time time,
      Consumer<Throwable> fatal) {
    this(options, journal, first, courier, memory, time, Workers.threads(options), fatal);
  }

  /**
   * A pipeline for who takes its steps one by one, instead of {@link #start}.
   *
   * @param workers do what the outbox has to do
   */
  Pipeline(
      PipelineOptions options,
      Journal journal,
      Rules first,
      Courier courier,
      ByteBudget memory,
      Time time,
      Workers workers,
      Consumer<Throwable> fatal) {
    this.journal = journal;
    this.time = time;
    this.fatal = fatal;
    ChunkPool chunks = new ChunkPool(CHUNKS_KEPT_BYTES);
    lanes = new LanesPool(options.shards());
    rules = new RulesInForce(journal, first);
    backlog = new Backlog(options, rules, courier, lanes, chunks, counters, time, fatal);
    admission = new Admission(journal, backlog.rate(), time);
    outbox =
        new Outbox(
            options, courier, backlog, memory, lanes, chunks, workers, counters, time, fatal);
    shards =
        IntStream.range(0, options.shards())
            .mapToObj(i ->
                new Shard(
                    i,
                    options,
                    journal,
                    rules,
                    lanes,
                    outbox,
                    courier.pressure(),
                    admission,
                    counters,
                    time,
                    fatal))
            .toList();
    ledgerWriter =
        new LedgerWriter(options, journal, rules, lanes, outbox, counters.ledger(), time, fatal);
    gateway = journal.gateway();
    backlog.addLeftovers(journal.leftovers());
    adopted = new AdoptedSegments(journal, backlog, time, fatal);
  }

  public void start() {
    backlog.start();
    adopted.start();
    shards.forEach(Shard::start);
    ledgerWriter.start();
  }

  List<Shard> shards() {
    return shards;
  }

  Backlog backlog() {
    return backlog;
  }

  LanesPool lanes() {
    return lanes;
  }

  @Override
  public CompletableFuture<Outcome> submit(Payload payload) {
    return submit(new Submission(payload));
  }

  /**
   * An intake whose payloads are accepted once this is true of them.
   *
   * @param timeout how long it may take where it is more than the disk; then the outcome is {@link
   *     Outcome.Late}
   */
  public Intake accepting(Ack ack, Duration timeout) {
    return new Intake() {
      @Override
      public CompletableFuture<Outcome> submit(Payload payload) {
        return Pipeline.this.submit(new Submission(payload, ack, timeout));
      }

      @Override
      public void refused(Refusal refusal) {
        Pipeline.this.refused(refusal);
      }
    };
  }

  private CompletableFuture<Outcome> submit(Submission submission) {
    Optional<Duration> refusal = admission.refusal();
    if (refusal.isPresent()) {
      counters.refusedJournalFilling.increment();
      return CompletableFuture.completedFuture(
          new Outcome.RetryLater(
              refusal.get(),
              "the journal is nearly full: ClickHouse takes less than comes in",
              "journal_filling"));
    }
    if (!leastBusy().offer(submission)) {
      counters.refusedQueueFull.increment();
      return CompletableFuture.completedFuture(
          new Outcome.RetryLater(
              Duration.ofSeconds(1), "more requests than this gateway can take", "queue_full"));
    }
    return submission.outcome();
  }

  @Override
  public void refused(Refusal refusal) {
    counters.ledger().refused(refusal, gateway);
  }

  /** Whose journal it is: what the ids of its segments begin with. */
  public String gateway() {
    return gateway;
  }

  /**
   * What is accepted from now on follows these rules: a segment that is open is finished under the
   * rules it began with.
   *
   * @throws io.lodge.journal.JournalFailure if they cannot be kept; then the old ones stay in force
   */
  public void useRules(Rules next) {
    rules.use(next);
  }

  private Shard leastBusy() {
    Shard best = shards.getFirst();
    long bestBytes = best.backlogBytes();
    if (bestBytes < SPREAD_FROM_BYTES) {
      return best;
    }
    for (Shard shard : shards) {
      long bytes = shard.backlogBytes();
      if (bytes < bestBytes) {
        best = shard;
        bestBytes = bytes;
      }
    }
    return best;
  }

  /**
   * Lets what waits overflow to a bucket; to be started once, and stopped before the pipeline.
   *
   * @param budgetBytes most of this journal's bytes in the bucket
   */
  public Overflow overflowTo(SegmentBucket bucket, long budgetBytes) {
    return new Overflow(journal, bucket, budgetBytes, backlog, time, fatal);
  }

  public IngestCounters counters() {
    return counters;
  }

  /** Segments that wait in the journal for ClickHouse. */
  public int backlogSegments() {
    return backlog.size();
  }

  /** When the oldest segment that waits was begun; empty if none waits. */
  public Optional<Instant> oldestWaiting() {
    return backlog.oldest();
  }

  /** Bytes of segments that wait. */
  public long backlogBytes() {
    return backlog.sizeBytes();
  }

  /** Bytes of segments that waited and are stored since. */
  public long drainedBytes() {
    return backlog.rate().drainedBytes();
  }

  /** How fast they are, in bytes a second over the last half minute. */
  public double drainBytesPerSecond() {
    return backlog.rate().bytesPerSecond();
  }

  /** How long the rest takes at this rate; empty if nothing waits or nothing drains. */
  public Optional<Duration> drainLeft() {
    long bytes = backlog.sizeBytes();
    return bytes == 0 ? Optional.empty() : backlog.rate().timeFor(bytes);
  }

  /** How much of the time the backlog drains: less than 1 while fresh segments would be late. */
  public double drainShare() {
    return backlog.pace().share();
  }

  /**
   * Answers what was submitted, and sends what it can until the deadline. To be called when no
   * listener submits any more; what is not sent stays in the journal for the next start.
   */
  public void stop(Duration deadline) throws InterruptedException {
    for (Shard shard : shards) {
      shard.stop();
    }
    adopted.stop();
    ledgerWriter.stop();
    outbox.stop(deadline);
    backlog.stop();
  }
}
