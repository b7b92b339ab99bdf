package io.lodge.ingest;

import io.lodge.base.ByteBudget;
import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.decode.PayloadDecoder;
import io.lodge.deliver.Courier;
import io.lodge.deliver.Pressure;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.Journal;
import io.lodge.lane.Lanes;
import io.lodge.lane.LedgerEntry;
import io.lodge.route.Rules;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The path of records from a source that keeps them until it is told how far they were taken, such
 * as Kafka: segments that are durable first, then decided on by the source, and only then
 * delivered. It has a journal of its own, for what is left in it after a crash must wait for the
 * source's word.
 *
 * <p>The source uses it from one thread at a time.
 */
public final class SourcePipeline {
  private final PipelineOptions options;
  private final Journal journal;
  private final RulesInForce rules;
  private final IngestCounters counters;
  private final Pressure pressure;
  private final Time time;
  private final LanesPool lanesPool = new LanesPool(1);
  private final Backlog backlog;
  private final Outbox outbox;
  private final List<LeftSegment> leftovers;

  /**
   * Builds it; {@link #start} sets it going.
   *
   * @param all the pipeline whose counters count these records too
   * @param memory counts blocks that wait to be sent
   * @param time what its waits and its segments' ages are measured by
   * @param fatal stops the process, when going on could break a promise
   */
  public SourcePipeline(
      PipelineOptions all,
      Journal journal,
      Rules follow,
      Pipeline counting,
      Courier courier,
      ByteBudget memory,
      Time time,
      Consumer<Throwable> fatal) {
    this.options = forOneSource(all);
    this.journal = journal;
    this.time = time;
    pressure = courier.pressure();
    counters = counting.counters();
    rules = new RulesInForce(journal, follow);
    ChunkPool chunks = new ChunkPool(options.blockBytesMax());
    backlog = new Backlog(options, rules, courier, lanesPool, chunks, counters, time, fatal);
    Workers workers = Workers.threads(options);
    outbox =
        new Outbox(
            options, courier, backlog, memory, lanesPool, chunks, workers, counters, time, fatal);
    // Known from the start: what an earlier process delivered of them was received by it.
    journal.leftovers().forEach(counters.ledger()::found);
    leftovers = journal.leftovers().stream().map(segment -> left(segment, () -> {})).toList();
  }

  /**
   * @param ours enters it into the delivery ledger, if it is ours
   */
  private LeftSegment left(ClosedSegment segment, Runnable ours) {
    return new LeftSegment(segment, backlog, counters.ledger(), ours);
  }

  private static PipelineOptions forOneSource(PipelineOptions all) {
    return new PipelineOptions(
        1,
        all.segmentBytesMax(),
        all.segmentAgeMax(),
        all.blockRowsMax(),
        all.blockBytesMax(),
        all.limits(),
        1,
        all.compression());
  }

  public void start() {
    backlog.start();
  }

  Pressure pressure() {
    return pressure;
  }

  /** Segments that earlier processes left, oldest first: the source decides on each. */
  public List<LeftSegment> leftovers() {
    return leftovers;
  }

  /** An empty segment; waits while the ones before are encoded. */
  public HeldSegment begin() throws InterruptedException {
    Lanes lanes = lanesPool.take();
    RulesInForce.Named follow = rules.current();
    return new HeldSegment(
        options,
        journal.begin(follow.id()),
        lanes,
        new PayloadDecoder(options.limits(), follow.rules()),
        counters,
        this,
        time);
  }

  void deliver(ClosedSegment segment, Lanes lanes) {
    counters.ledger().received(segment, lanes.tally());
    outbox.add(segment, lanes);
    counters.segmentsSealed.increment();
  }

  void drop(ClosedSegment segment, Lanes lanes) {
    segment.delete();
    lanesPool.forgetSeries();
    lanesPool.give(lanes);
  }

  /** Leaves the segment in the journal, undecided; its rows are let go. */
  LeftSegment leave(ClosedSegment segment, Lanes lanes) {
    List<LedgerEntry> tally = lanes.tally();
    lanesPool.forgetSeries();
    lanesPool.give(lanes);
    return left(segment, () -> counters.ledger().received(segment, tally));
  }

  /** What is accepted from the next segment on follows these rules. */
  public void useRules(Rules next) {
    rules.use(next);
  }

  /** Segments on disk, open or closed. */
  public int segments() {
    return journal.segments();
  }

  /** Sends what it can until the deadline; the rest stays in the journal. */
  public void stop(Duration deadline) throws InterruptedException {
    outbox.stop(deadline);
    backlog.stop();
  }
}
