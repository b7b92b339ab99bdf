package io.lodge.ingest;

import io.lodge.base.Backoff;
import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.deliver.Courier;
import io.lodge.deliver.Delivery;
import io.lodge.deliver.Shipment;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.DamagedSegmentException;
import io.lodge.journal.JournalFailure;
import io.lodge.lane.Lane;
import io.lodge.lane.Lanes;
import io.lodge.lane.LedgerLane;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one segment after the other from the journal to ClickHouse: asks what it has of it where
 * that is in doubt, decodes it again and sends the rest. What it does not take goes back to the
 * line. One thread.
 */
final class Drain {
  private static final Logger log = LoggerFactory.getLogger(Drain.class);

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));

  /**
   * While nobody answers a try costs a connection that is refused: soon enough for the fresh
   * segments, which wait until one of the backlog has found that ClickHouse is back.
   */
  private static final Backoff AWAY = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(1));

  /** Tries of one segment before the next has its turn. */
  private static final int ATTEMPTS_IN_A_ROW = 4;

  private final PipelineOptions options;
  private final WaitingLine waiting;
  private final Courier courier;
  private final LanesPool lanesPool;
  private final ChunkPool chunks;
  private final IngestCounters counters;
  private final DrainRate rate;
  private final Turns turns;
  private final Time time;
  private final Redecoder redecoder;
  private final Pieces pieces;

  /** Why ClickHouse could not be asked, as logged last. */
  private String unanswered = "";

  /**
   * What drains beside each other take in turns.
   *
   * @param lanes of the pool: the shards need the others
   * @param pieces those blocks that go in pieces, which takes long and has lanes of its own
   */
  record Turns(Lock lanes, Lock pieces) {
    Turns() {
      this(new ReentrantLock(), new ReentrantLock());
    }
  }

  Drain(
      PipelineOptions options,
      RulesInForce rules,
      WaitingLine waiting,
      Courier courier,
      LanesPool lanesPool,
      ChunkPool chunks,
      IngestCounters counters,
      DrainRate rate,
      Turns turns,
      Time time) {
    this.options = options;
    this.waiting = waiting;
    this.courier = courier;
    this.lanesPool = lanesPool;
    this.chunks = chunks;
    this.counters = counters;
    this.rate = rate;
    this.turns = turns;
    this.time = time;
    redecoder = new Redecoder(options.limits(), rules, counters);
    pieces = new Pieces(courier, options.compression(), chunks, counters, Pieces.REFUSALS_MAX);
  }

  /** Sends what it can of the segment; it is then stored, in quarantine, or in the line again. */
  void drain(WaitingLine.Waiting next) throws InterruptedException {
    ClosedSegment segment = next.segment();
    Optional<String> unfit = redecoder.prepare(segment);
    if (unfit.isPresent()) {
      quarantine(segment, unfit.get());
      return;
    }
    try {
      boolean inDoubt = next.sent().mayBeForgotten(time.nanoTime());
      Progress progress = new Progress(next, inDoubt, stored(segment, inDoubt), new HashSet<>());
      while (!isSettled(progress)) {
        // A block was refused: once more, with that one in pieces.
      }
    } catch (IOException unknown) {
      pause(next, unknown);
    }
  }

  /**
   * How far a segment has come in its turn.
   *
   * @param inDoubt whether ClickHouse may have forgotten its tokens, and was asked
   * @param stored names of blocks, and of pieces of blocks, that ClickHouse has whole
   * @param refused names of blocks that go in pieces
   */
  private record Progress(
      WaitingLine.Waiting next, boolean inDoubt, Set<String> stored, Set<String> refused) {
    boolean goesInPieces(Lane lane) {
      String name = lane.blockName();
      return !stored.contains(name) && (refused.contains(name) || Pieces.hasSome(lane, stored));
    }

    /** Whether any block may go in pieces. */
    boolean goesInPieces() {
      return !refused.isEmpty() || stored.stream().anyMatch(Pieces::isPiece);
    }
  }

  /**
   * Which of its blocks need not be sent. Asked only where ClickHouse may have forgotten tokens:
   * otherwise to send all again is better, for that completes what is stored in part.
   *
   * @throws IOException if ClickHouse cannot be asked now
   */
  private Set<String> stored(ClosedSegment segment, boolean inDoubt) throws IOException {
    return new HashSet<>(inDoubt ? courier.stored(segment.id().toString()) : Set.of());
  }

  /** Waits a moment and puts the segment back, for it must not be sent without having asked. */
  private void pause(WaitingLine.Waiting next, IOException unknown) throws InterruptedException {
    String message = String.valueOf(unknown.getMessage());
    if (!message.equals(unanswered)) {
      log.warn(
          "cannot ask ClickHouse which blocks of segment {} are stored: {}; trying again",
          next.segment().id(),
          message);
      unanswered = message;
    }
    counters.ledger().waits(next.segment());
    time.sleep(BACKOFF.after(next.turnsInVain() + 1, time.random()));
    waiting.add(next);
  }

  /** Whether the segment is taken care of; if not, a block of it must go in pieces. */
  private boolean isSettled(Progress progress) throws InterruptedException {
    Optional<Shipment> left = progress.goesInPieces() ? afterPieces(progress) : whole(progress);
    if (left.isEmpty()) {
      return true;
    }
    try {
      return send(progress, left.get());
    } finally {
      left.get().release();
    }
  }

  /** All that is left to send; empty if the segment is taken care of. */
  private Optional<Shipment> whole(Progress progress) throws InterruptedException {
    turns.lanes.lockInterruptibly();
    try {
      Lanes lanes = lanesPool.take();
      try {
        return decode(progress.next, lanes)
            ? Optional.of(encode(progress, lanes))
            : Optional.empty();
      } finally {
        lanesPool.give(lanes);
      }
    } finally {
      turns.lanes.unlock();
    }
  }

  /**
   * What is left to send once the blocks that go in pieces are stored; empty if the segment is
   * taken care of. A block may take a thousand inserts, so neither the lanes of the pool nor
   * another drain wait for it: one that has such a segment too puts it back in line.
   */
  private Optional<Shipment> afterPieces(Progress progress) throws InterruptedException {
    if (!turns.pieces.tryLock()) {
      passOver(progress.next, new Sent.Unknown());
      return Optional.empty();
    }
    try {
      Lanes lanes = new Lanes();
      return decode(progress.next, lanes) && sendPieces(progress, lanes)
          ? Optional.of(encode(progress, lanes))
          : Optional.empty();
    } finally {
      turns.pieces.unlock();
    }
  }

  private Shipment encode(Progress progress, Lanes lanes) {
    return Shipments.of(
        progress.next.segment(),
        lanes,
        progress.stored,
        options.compression(),
        chunks,
        time.instant());
  }

  /** Whether the segment could be decoded; if not, it is taken care of. */
  private boolean decode(WaitingLine.Waiting next, Lanes lanes) {
    ClosedSegment segment = next.segment();
    try {
      redecoder.decode(segment, lanes);
      return true;
    } catch (DamagedSegmentException damaged) {
      damaged(next, String.valueOf(damaged.getMessage()));
    } catch (JournalFailure failure) {
      throw failure;
    } catch (RuntimeException bug) {
      log.error("cannot decode segment {} again: a bug", segment.id(), bug);
      quarantine(segment, "a decoder failed at it: " + bug);
    }
    return false;
  }

  /** Whether all blocks that go in pieces are stored; if not, the segment is taken care of. */
  private boolean sendPieces(Progress progress, Lanes lanes) throws InterruptedException {
    WaitingLine.Waiting next = progress.next;
    for (Lane lane : lanes.filled()) {
      if (!progress.goesInPieces(lane)) {
        continue;
      }
      switch (pieces.deliver(next.segment(), lane, progress.stored)) {
        case Delivery.Stored _ -> progress.stored.add(lane.blockName());
        case Delivery.Postponed _ -> {
          passOver(next, new Sent.Unknown());
          return false;
        }
        case Delivery.Refused refused -> {
          quarantine(next.segment(), "ClickHouse refused its dead letters: " + refused.reason());
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Sends until ClickHouse has it. While ClickHouse is away nothing else could be sent either; but
   * one that it does not take must not stand in the way of the others.
   *
   * @return whether the segment is taken care of; otherwise a block of it was refused
   */
  private boolean send(Progress progress, Shipment shipment) throws InterruptedException {
    WaitingLine.Waiting next = progress.next;
    if (next.sent() instanceof Sent.At && progress.inDoubt) {
      counters.blocksDoubtful.add(
          shipment.parcels().stream()
              .filter(parcel -> !parcel.table().equals(LedgerLane.TABLE)) // the last, mostly unsent
              .count());
    }
    Sent.At here = new Sent.At(time.nanoTime());
    Sent.At unasked = next.sent() instanceof Sent.At at && !progress.inDoubt ? at : here;
    int attemptsMax = next.turnsInVain() > 0 ? 1 : ATTEMPTS_IN_A_ROW;
    boolean maybeStored = false;
    for (int attempt = 1; ; attempt++) {
      switch (courier.drain(shipment)) {
        case Delivery.Stored _ -> {
          rate.drained(next.segment().sizeBytes());
          next.segment().delete();
          counters.ledger().stored(next.segment());
          counters.segmentsStored.increment();
          waiting.decided(next.segment());
          return true;
        }
        case Delivery.Refused refused -> {
          shipment.namesBefore(refused.block()).forEach(progress.stored::add);
          progress.refused.add(refused.block());
          return false;
        }
        case Delivery.Postponed postponed -> {
          maybeStored |= postponed.maybeStored();
          Sent sent = maybeStored && next.sent() instanceof Sent.Never ? here : next.sent();
          if (!progress.refused.isEmpty()) {
            sent = new Sent.Unknown(); // which pieces are there is asked for at its next turn
          }
          if (!courier.isAway() && attempt >= attemptsMax) {
            passOver(next, sent);
            return true;
          }
          if (courier.isAway() && next.segment().milestones().waitForBucket()) {
            counters.ledger().waits(next.segment());
            waiting.add(next.sentAt(sent)); // in line the bucket can have it meanwhile
            pauseAfter(attempt);
            return true;
          }
          pauseAfter(attempt);
          if (unasked.mayBeForgotten(time.nanoTime())) {
            counters.ledger().waits(next.segment());
            waiting.add(next.sentAt(sent)); // to be asked for before it is sent again
            return true;
          }
        }
      }
    }
  }

  /** A copy is thrown away and fetched again, for the object is whole; all else is salvaged. */
  private void damaged(WaitingLine.Waiting next, String reason) {
    if (!next.segment().isDamagedCopy()) {
      salvage(next.segment(), reason);
      return;
    }
    log.warn(
        "the copy of segment {} is damaged on the disk: {}; it is fetched from the bucket again",
        next.segment().id(),
        reason);
    passOver(next, next.sent());
  }

  /** What is intact of a damaged segment waits in its place. */
  void salvage(ClosedSegment segment, String reason) {
    log.error(
        "cannot read all of segment {}: {}; it is kept in quarantine, see `lodge journal inspect`",
        segment.id(),
        reason);
    Optional<ClosedSegment> intact = segment.salvage(reason);
    intact.ifPresentOrElse(
        counters.ledger()::salvaged, () -> counters.ledger().quarantined(segment.id()));
    salvaged(intact);
    if (intact.isEmpty()) {
      waiting.decided(segment);
    }
  }

  /** Puts in line what was intact of a segment that is in quarantine now. */
  void salvaged(Optional<ClosedSegment> intact) {
    intact.ifPresent(
        segment -> waiting.add(new WaitingLine.Waiting(segment, true, 0, new Sent.Unknown())));
    counters.segmentsQuarantined.increment();
  }

  private void quarantine(ClosedSegment segment, String reason) {
    log.error(
        "cannot deliver segment {}: {}; it is kept in quarantine, see `lodge journal inspect`",
        segment.id(),
        reason);
    segment.quarantine(reason);
    counters.ledger().quarantined(segment.id());
    counters.segmentsQuarantined.increment();
    waiting.decided(segment);
  }

  /** Gives others their turn first. What was fetched waits in the bucket: its copy goes. */
  private void passOver(WaitingLine.Waiting next, Sent sent) {
    counters.ledger().waits(next.segment());
    if (next.segment().isFetched()) {
      counters.ledger().movedToBucket(next.segment().id());
    }
    waiting.add(next.passedOver(sent));
  }

  private void pauseAfter(int attempt) throws InterruptedException {
    time.sleep((courier.isAway() ? AWAY : BACKOFF).after(attempt, time.random()));
  }
}
