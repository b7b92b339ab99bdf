package io.lodge.ingest;

import io.lodge.journal.ClosedSegment;
import io.lodge.journal.DamagedSegmentException;
import io.lodge.journal.PayloadVisitor;
import io.lodge.journal.SegmentId;

/** A segment in a source's journal on which the source has not decided yet. One thread. */
public final class LeftSegment {
  private final ClosedSegment segment;
  private final Backlog backlog;
  private final DeliveryLedger ledger;
  private final Runnable ours;

  /**
   * @param ours enters it into the delivery ledger, once it is ours
   */
  LeftSegment(ClosedSegment segment, Backlog backlog, DeliveryLedger ledger, Runnable ours) {
    this.segment = segment;
    this.backlog = backlog;
    this.ledger = ledger;
    this.ours = ours;
  }

  public SegmentId id() {
    return segment.id();
  }

  /**
   * Shows its payloads, in order.
   *
   * @throws DamagedSegmentException if one is not as it was written
   */
  public void read(PayloadVisitor visitor) throws DamagedSegmentException {
    segment.read(visitor);
  }

  /** It is ours: decodes it again and delivers it. */
  public void deliver() {
    ours.run();
    backlog.add(segment, new Sent.Unknown());
  }

  /** It is not ours: whoever reads the source takes these records again. */
  public void drop() {
    segment.delete();
    ledger.dropped(segment.id());
  }

  /** Nobody can tell: keeps it for a person. */
  public void quarantine(String reason) {
    segment.quarantine(reason);
    ledger.quarantined(segment.id());
  }
}
