package io.lodge.ingest;

import io.lodge.base.Backoff;
import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.decode.Decoded;
import io.lodge.decode.DecoderLimits;
import io.lodge.decode.PayloadDecoder;
import io.lodge.deliver.Courier;
import io.lodge.deliver.Delivery;
import io.lodge.deliver.Shipment;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.DamagedSegmentException;
import io.lodge.journal.JournalFailure;
import io.lodge.journal.RulesId;
import io.lodge.lane.Lanes;
import io.lodge.route.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments that wait in the journal: found at start, or left when ClickHouse was away. One thread
 * decodes them again, in the order of the {@link WaitingLine}, and sends the same blocks under the
 * same tokens until ClickHouse has them. They hold no memory while they wait.
 */
final class Backlog {
  private static final Logger log = LoggerFactory.getLogger(Backlog.class);

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));

  /** Tries of one segment before the next has its turn. */
  private static final int ATTEMPTS_IN_A_ROW = 4;

  /** More segments than a gateway sends at a time, and fewer than a token outlives. */
  private static final int IN_FLIGHT_MAX = 64;

  private final PipelineOptions options;
  private final Courier courier;
  private final LanesPool lanesPool;
  private final ChunkPool chunks;
  private final IngestCounters counters;
  private final RulesInForce rules;
  private final Time time;
  private DecoderLimits decoderLimits;
  private RulesId decoderRules;
  private PayloadDecoder decoder;
  private final Thread thread;

  private final WaitingLine waiting;
  private final Decoded decoded = Decoded.unanswered();
  private volatile boolean stopping;

  Backlog(
      PipelineOptions options,
      RulesInForce rules,
      Courier courier,
      LanesPool lanesPool,
      ChunkPool chunks,
      IngestCounters counters,
      Time time,
      Consumer<Throwable> fatal) {
    this.options = options;
    this.courier = courier;
    this.lanesPool = lanesPool;
    this.chunks = chunks;
    this.counters = counters;
    this.rules = rules;
    this.time = time;
    waiting = new WaitingLine(time);
    decoderLimits = options.limits();
    decoderRules = rules.current().id();
    decoder = new PayloadDecoder(decoderLimits, rules.current().rules());
    thread =
        Thread.ofPlatform()
            .name("backlog")
            .uncaughtExceptionHandler((t, broken) -> fatal.accept(broken))
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * @param maybeStored whether blocks of it were sent and may be stored
   */
  void add(ClosedSegment segment, boolean maybeStored) {
    waiting.add(new WaitingLine.Waiting(segment, maybeStored, 0));
  }

  /**
   * Which of them were being sent when the last process ended is not on disk: fresh segments go
   * first, so it was the newest, and the oldest, which has its turn next.
   *
   * @param leftovers oldest first
   */
  void addLeftovers(List<ClosedSegment> leftovers) {
    int newest = leftovers.size() - IN_FLIGHT_MAX;
    for (int i = 0; i < leftovers.size(); i++) {
      add(leftovers.get(i), i >= newest);
    }
  }

  /** Segments that wait. */
  int size() {
    return waiting.size();
  }

  /** When the oldest of them began; empty if none waits. */
  Optional<Instant> oldest() {
    return waiting.oldest();
  }

  /** Ends the thread; what waits stays in the journal. */
  void stop() throws InterruptedException {
    stopping = true;
    thread.interrupt();
    thread.join();
  }

  private void run() {
    try {
      while (!stopping) {
        turn();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One step of the thread: waits for a segment whose turn has come, and drains it. */
  void turn() throws InterruptedException {
    drain(waiting.take());
  }

  /** Whether {@link #turn} would not wait. */
  boolean isTurn() {
    return waiting.isTurn();
  }

  private void drain(WaitingLine.Waiting next) throws InterruptedException {
    ClosedSegment segment = next.segment();
    Optional<DecoderLimits> limits = DecoderLimits.ofStamp(segment.decoderRevision());
    if (limits.isEmpty()) {
      // Its blocks may be stored in part, and this build may cut them otherwise.
      quarantine(
          segment, "another revision of the decoder wrote it; drain it with the build that did");
      return;
    }
    Optional<Rules> acceptedUnder = rules.of(segment.rules());
    if (acceptedUnder.isEmpty()) {
      quarantine(
          segment, "its rules " + segment.rules().hex() + " are gone, damaged or of a newer build");
      return;
    }
    use(limits.get(), segment.rules(), acceptedUnder.get());
    Shipment shipment;
    try {
      shipment = decodeAgain(segment);
    } catch (DamagedSegmentException damaged) {
      salvage(segment, String.valueOf(damaged.getMessage()));
      return;
    } catch (JournalFailure failure) {
      throw failure;
    } catch (RuntimeException bug) {
      log.error("cannot decode segment {} again: a bug", segment.id(), bug);
      quarantine(segment, "a decoder failed at it: " + bug);
      return;
    }
    try {
      send(next, shipment);
    } finally {
      shipment.release();
    }
  }

  /**
   * Sends until ClickHouse has it. While ClickHouse is away nothing else could be sent either; but
   * one that it does not take must not stand in the way of the others.
   */
  private void send(WaitingLine.Waiting next, Shipment shipment) throws InterruptedException {
    ClosedSegment segment = next.segment();
    int attemptsMax = next.turnsInVain() > 0 ? 1 : ATTEMPTS_IN_A_ROW;
    for (int attempt = 1; ; attempt++) {
      switch (courier.deliver(shipment, 1)) {
        case Delivery.Stored stored -> {
          segment.delete();
          counters.segmentsStored.increment();
          return;
        }
        case Delivery.Refused refused -> {
          quarantine(segment, "ClickHouse refused a block: " + refused.reason());
          return;
        }
        case Delivery.Postponed postponed -> {
          if (!courier.isAway() && attempt >= attemptsMax) {
            waiting.add(new WaitingLine.Waiting(segment, true, next.turnsInVain() + 1));
            return;
          }
          time.sleep(BACKOFF.after(attempt, time.random()));
        }
      }
    }
  }

  private void use(DecoderLimits limits, RulesId id, Rules acceptedUnder) {
    if (!limits.equals(decoderLimits) || !id.equals(decoderRules) || id.equals(RulesId.LOST)) {
      decoderLimits = limits;
      decoderRules = id;
      decoder = new PayloadDecoder(limits, acceptedUnder);
    }
  }

  /**
   * Decoding is a pure function of the segment: this gives the blocks of the first time, and the
   * same whenever it is done. Only the labels of series, of which fresh blocks leave out what was
   * written just before, are all there, in a block of another name.
   */
  private Shipment decodeAgain(ClosedSegment segment)
      throws DamagedSegmentException, InterruptedException {
    Lanes lanes = lanesPool.take();
    try {
      decoded.reset();
      lanes.replay();
      segment.read(payload -> decoder.decode(payload, lanes, decoded));
      counters.recordsReplayed.add(decoded.stored());
      return Shipments.of(segment, lanes, options.compression(), chunks, time.instant());
    } finally {
      lanesPool.give(lanes);
    }
  }

  /** What is intact of a damaged segment waits in its place. */
  private void salvage(ClosedSegment segment, String reason) {
    log.error(
        "cannot read all of segment {}: {}; it is kept in quarantine, see `lodge journal inspect`",
        segment.id(),
        reason);
    segment.salvage(reason).ifPresent(intact -> add(intact, true));
    counters.segmentsQuarantined.increment();
  }

  private void quarantine(ClosedSegment segment, String reason) {
    log.error(
        "cannot deliver segment {}: {}; it is kept in quarantine, see `lodge journal inspect`",
        segment.id(),
        reason);
    segment.quarantine(reason);
    counters.segmentsQuarantined.increment();
  }
}
