package io.lodge.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.block.ChunkPool;
import io.lodge.block.Compression;
import io.lodge.block.EncodedBlock;
import io.lodge.deliver.Courier;
import io.lodge.deliver.Delivery;
import io.lodge.deliver.Shipment;
import io.lodge.journal.ClosedSegment;
import io.lodge.lane.DeadLettersLane;
import io.lodge.lane.Lane;
import io.lodge.lane.Lanes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a block that ClickHouse refuses for what is in it: halved until the rows at fault are
 * alone, which become dead letters; all others are stored. Where it is cut follows from its number
 * of rows, and each piece has a token of its own, so this too can be done again at any time. One
 * thread.
 */
final class Pieces {
  private static final Logger log = LoggerFactory.getLogger(Pieces.class);

  /**
   * Pieces of a block that are refused before it is searched less closely: a block whose rows are
   * all at fault must not hold up the others for minutes.
   */
  static final int REFUSALS_MAX = 1000;

  /** From then on a piece of so many rows becomes dead letters when it is refused, good or not. */
  private static final int COARSE_ROWS = 1000;

  /** In the names of pieces, behind that of their block. */
  private static final String ROWS = "/rows/";

  private static final String REFUSED = "/refused/";

  private final Courier courier;
  private final Compression compression;
  private final ChunkPool chunks;
  private final IngestCounters counters;
  private final int refusalsMax;

  Pieces(
      Courier courier,
      Compression compression,
      ChunkPool chunks,
      IngestCounters counters,
      int refusalsMax) {
    this.courier = courier;
    this.compression = compression;
    this.chunks = chunks;
    this.counters = counters;
    this.refusalsMax = refusalsMax;
  }

  /**
   * Some rows of a block.
   *
   * @param of all its rows: a segment that was salvaged has other rows at the same places
   */
  private record Range(int from, int to, int of) {
    int rows() {
      return to - from;
    }

    String name(Lane lane) {
      return "%s%s%d-%d/%d".formatted(lane.blockName(), ROWS, from, to, of);
    }

    String refusedName(Lane lane) {
      return "%s%s%d-%d/%d".formatted(lane.blockName(), REFUSED, from, to, of);
    }
  }

  /** Whether a block went, or began to go, in pieces. */
  static boolean hasSome(Lane lane, Set<String> stored) {
    return stored.stream()
        .anyMatch(name ->
            name.startsWith(lane.blockName() + ROWS)
                || name.startsWith(lane.blockName() + REFUSED));
  }

  /** Whether this is the name of a piece of a block. */
  static boolean isPiece(String name) {
    return name.contains(ROWS) || name.contains(REFUSED);
  }

  /**
   * Stores the lane's rows but for those at fault, which become dead letters.
   *
   * @param stored names of what ClickHouse has of the segment, whole
   * @return refused only if ClickHouse does not take the dead letters either
   */
  Delivery deliver(ClosedSegment segment, Lane lane, Set<String> stored)
      throws InterruptedException {
    int rows = lane.rows();
    Deque<Range> left = new ArrayDeque<>();
    left.push(new Range(0, rows, rows));
    int refusals = 0;
    long deadLetters = 0;
    while (!left.isEmpty()) {
      Range range = left.pop();
      if (isDone(range, lane, stored)) {
        continue;
      }
      if (range.rows() > 1 && holdsSome(range, lane, stored)) {
        halve(range, left);
        continue;
      }
      switch (send(segment, lane, range)) {
        case Delivery.Stored _ -> {}
        case Delivery.Postponed postponed -> {
          return new Delivery.Postponed(postponed.reason(), true);
        }
        case Delivery.Refused refused -> {
          refusals++;
          int alone = refusals > refusalsMax ? COARSE_ROWS : 1;
          if (range.rows() > alone) {
            halve(range, left);
            continue;
          }
          Delivery buried = bury(segment, lane, range, refused.reason());
          if (!(buried instanceof Delivery.Stored)) {
            return buried;
          }
          deadLetters += range.rows();
          counters.rowsRefused.add(range.rows());
        }
      }
    }
    log.warn(
        "ClickHouse refused rows of segment {} for {}: {} of {} are dead letters, see otel.dead_letters;"
            + " the others are stored",
        segment.id(),
        lane.table(),
        deadLetters,
        rows);
    return new Delivery.Stored();
  }

  private static boolean isDone(Range range, Lane lane, Set<String> stored) {
    return stored.contains(range.name(lane)) || stored.contains(range.refusedName(lane));
  }

  /** Whether a part of these rows is stored: then they were refused as a whole. */
  private static boolean holdsSome(Range range, Lane lane, Set<String> stored) {
    if (stored.isEmpty()) {
      return false;
    }
    Deque<Range> parts = new ArrayDeque<>();
    halve(range, parts);
    while (!parts.isEmpty()) {
      Range part = parts.pop();
      if (isDone(part, lane, stored)) {
        return true;
      }
      if (part.rows() > 1) {
        halve(part, parts);
      }
    }
    return false;
  }

  private static void halve(Range range, Deque<Range> into) {
    int middle = range.from + range.rows() / 2;
    into.push(new Range(middle, range.to, range.of));
    into.push(new Range(range.from, middle, range.of));
  }

  private Delivery send(ClosedSegment segment, Lane lane, Range range) throws InterruptedException {
    EncodedBlock block = lane.encode(range.from, range.to, compression, chunks);
    return send(
        segment, new Shipment.Parcel(lane.table(), range.name(lane), block, lane.isOfRecords(), 0));
  }

  private Delivery send(ClosedSegment segment, Shipment.Parcel parcel) throws InterruptedException {
    Shipment shipment = new Shipment(segment.id().toString(), List.of(parcel));
    try {
      return courier.drain(shipment);
    } finally {
      shipment.release();
    }
  }

  /** Sends the rows to the dead letters, each as a block of its own that can be sent again. */
  private Delivery bury(ClosedSegment segment, Lane lane, Range range, String reason)
      throws InterruptedException {
    DeadLettersLane letters = new Lanes().deadLetters();
    Instant received = segment.created();
    for (int row = range.from; row < range.to; row++) {
      letters.addRefusedRow(received, lane, row, reason.getBytes(UTF_8));
    }
    EncodedBlock block = letters.encode(compression, chunks);
    return send(
        segment, new Shipment.Parcel(letters.table(), range.refusedName(lane), block, true, 0));
  }
}
