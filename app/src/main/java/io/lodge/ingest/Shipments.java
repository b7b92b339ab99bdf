package io.lodge.ingest;

import io.lodge.block.ChunkPool;
import io.lodge.block.Compression;
import io.lodge.deliver.Shipment;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.SegmentId;
import io.lodge.lane.Lanes;
import java.time.Instant;
import java.util.Set;

/** Lanes → shipment: the one place that says which blocks a segment becomes. */
final class Shipments {
  private Shipments() {}

  /** Ends the rows of a segment with its own account: the last block, behind all others. */
  static void account(SegmentId segment, Lanes lanes) {
    lanes.writeLedger(segment.gatewayText(), segment.toString());
  }

  /**
   * One block for each lane with rows.
   *
   * @param now what their rows' age is counted from
   */
  static Shipment of(
      ClosedSegment segment, Lanes lanes, Compression compression, ChunkPool chunks, Instant now) {
    return of(segment, lanes, Set.of(), compression, chunks, now);
  }

  /**
   * As {@link #of(ClosedSegment, Lanes, Compression, ChunkPool, Instant)}, without some of them.
   *
   * @param without names of blocks that need not be sent, or not whole
   */
  static Shipment of(
      ClosedSegment segment,
      Lanes lanes,
      Set<String> without,
      Compression compression,
      ChunkPool chunks,
      Instant now) {
    return new Shipment(
        segment.id().toString(),
        lanes.filled().stream()
            .filter(lane -> !without.contains(lane.blockName()))
            .map(lane ->
                new Shipment.Parcel(
                    lane.table(),
                    lane.blockName(),
                    lane.encode(compression, chunks),
                    lane.isOfRecords(),
                    lane.rowsExpired(now)))
            .toList());
  }
}
