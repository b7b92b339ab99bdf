package io.lodge.journal;

import io.lodge.bucket.Content;
import io.lodge.model.Payload;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A segment that does not change any more. Threads may hand it on to each other; only one at a time
 * uses it.
 */
public final class ClosedSegment {
  private final Storage storage;
  private final SegmentHeader header;
  private final SegmentExtent extent;
  private Milestones milestones = Milestones.UNWATCHED;

  /** What a try to move it to the bucket, which failed or is under way, may have left there. */
  private @Nullable BucketOrphan orphan;

  /** The object that the file is a copy of. */
  private final @Nullable BucketCopy copy;

  ClosedSegment(Storage storage, SegmentHeader header, SegmentExtent extent) {
    this(storage, header, extent, null);
  }

  ClosedSegment(
      Storage storage, SegmentHeader header, SegmentExtent extent, @Nullable BucketCopy copy) {
    this.storage = storage;
    this.header = header;
    this.extent = extent;
    this.copy = copy;
  }

  /** Has somebody told how far it comes from now on. */
  public void tell(Milestones who) {
    milestones = who;
  }

  /** Who is told how far it comes. */
  public Milestones milestones() {
    return milestones;
  }

  public SegmentId id() {
    return header.id();
  }

  /** Bytes on disk. */
  public long sizeBytes() {
    return extent.sizeBytes();
  }

  public long payloads() {
    return extent.payloads();
  }

  public Instant created() {
    return header.created();
  }

  /** Of the decoder that accepted its payloads. */
  public int decoderRevision() {
    return header.decoderRevision();
  }

  /** The rules its payloads were accepted under. */
  public RulesId rules() {
    return header.rules();
  }

  /** Whether its file is a copy of an object in the bucket, which stays until it is decided on. */
  public boolean isFetched() {
    return copy != null;
  }

  /**
   * Whether it is such a copy and not intact: something on this disk has changed it since it was
   * fetched and checked. The object is whole, as far as known.
   */
  public boolean isDamagedCopy() {
    return copy != null && !isIntact();
  }

  /** Whether it can be moved to the bucket: it has a file, and a file that is whole. */
  public boolean isMovable() {
    return copy == null && extent.hasFooter();
  }

  private boolean isEmpty() {
    return extent.name().isEmpty();
  }

  /**
   * Shows every payload to the visitor, in order; checks each before.
   *
   * @throws DamagedSegmentException if a payload is not as it was written, or the visitor threw a
   *     checked exception; payloads before it have been shown
   * @throws JournalFailure if the file cannot be opened
   */
  public void read(PayloadVisitor visitor) throws DamagedSegmentException {
    if (isEmpty()) {
      return;
    }
    try (DiskReader file = open()) {
      read(file, visitor);
    } catch (IOException e) {
      throw new DamagedSegmentException("cannot read segment " + id(), e);
    }
  }

  /** As {@link #read(PayloadVisitor)}, from a file that is open already. */
  void read(DiskReader file, PayloadVisitor visitor) throws IOException, DamagedSegmentException {
    read(new FrameReader(id(), file, extent.sizeBytes()), visitor);
  }

  private DiskReader open() {
    try {
      return storage.disk().read(extent.name());
    } catch (IOException e) {
      throw new JournalFailure("cannot open segment " + id(), e);
    }
  }

  private void read(FrameReader frames, PayloadVisitor visitor)
      throws IOException, DamagedSegmentException {
    frames.header();
    long seen = 0;
    long offset = Format.HEADER_BYTES;
    while (true) {
      switch (frames.at(offset)) {
        case PAYLOAD -> show(frames, visitor, ++seen);
        case MARK -> requireCount(frames.countedPayloads(), seen);
        case FOOTER -> {
          requireCount(frames.countedPayloads(), seen);
          requireEnd(extent.hasFooter() && frames.next() == extent.sizeBytes(), offset);
          return;
        }
        case END -> {
          requireCount(extent.payloads(), seen);
          requireEnd(!extent.hasFooter(), offset);
          return;
        }
        case BROKEN -> throw damaged("no intact frame at byte " + offset);
      }
      offset = frames.next();
    }
  }

  private void show(FrameReader frames, PayloadVisitor visitor, long number)
      throws DamagedSegmentException {
    Payload payload = frames.payload();
    try {
      visitor.visit(payload);
    } catch (RuntimeException broken) {
      throw broken;
    } catch (Exception unreadable) {
      throw new DamagedSegmentException(
          "cannot read payload " + number + " of segment " + id(), unreadable);
    }
  }

  private void requireCount(long counted, long seen) throws DamagedSegmentException {
    if (counted != seen) {
      throw damaged("unexpected number of payloads; got " + seen + " want " + counted);
    }
  }

  private void requireEnd(boolean isEnd, long offset) throws DamagedSegmentException {
    if (!isEnd) {
      throw damaged("unexpected end at byte " + offset);
    }
  }

  private DamagedSegmentException damaged(String what) {
    return new DamagedSegmentException("segment " + id() + " is damaged: " + what);
  }

  /** Its bytes, for the bucket. */
  Content content() {
    return new FileContent(storage.disk(), extent.name(), extent.sizeBytes());
  }

  /** It is about to be put into the bucket, or has been, and nobody has seen that it is there. */
  void maybeInBucket(BucketOrphan object) {
    orphan = object;
  }

  /** Removes the file: the bucket has it, and whoever waits for that is told. */
  void movedToBucket() {
    orphan = null;
    removeFile();
    milestones.inBucket();
  }

  /**
   * Removes the copy of a segment that is in the bucket and has to wait there again.
   *
   * @return the object; empty if the segment is no copy, and then nothing is done
   * @throws JournalFailure if the disk fails
   */
  public Optional<SegmentInBucket> backToBucket() {
    if (copy == null) {
      return Optional.empty();
    }
    removeFile();
    copy.released();
    return Optional.of(copy.object());
  }

  /**
   * Removes the segment: ClickHouse has it. A power loss may bring it back, which is harmless, for
   * its blocks have the same tokens. An object that it was fetched from is deleted soon after.
   *
   * @throws JournalFailure if the disk fails
   */
  public void delete() {
    if (isEmpty()) {
      return;
    }
    removeFile();
    if (copy != null) {
      copy.stored();
    }
    if (orphan != null) {
      orphan.delete();
    }
    milestones.stored();
  }

  private void removeFile() {
    try {
      storage.disk().delete(extent.name());
    } catch (IOException e) {
      throw new JournalFailure("cannot delete segment " + id(), e);
    }
    forget();
  }

  /**
   * Moves the segment to quarantine, for a person to look at. There it still counts against the
   * disk budget.
   *
   * @throws JournalFailure if the disk fails
   */
  public void quarantine(String reason) {
    if (isEmpty()) {
      return;
    }
    if (copy != null) {
      // Its bytes are in the bucket, and are put aside there.
      removeFile();
      copy.quarantined(reason);
      storage.counters().quarantined.increment();
      milestones.quarantined();
      return;
    }
    try {
      Quarantine.move(storage.disk(), extent.name(), reason);
      storage.space().quarantine().recount();
    } catch (IOException e) {
      throw new JournalFailure("cannot quarantine segment " + id(), e);
    }
    storage.counters().quarantined.increment();
    forget();
    if (orphan != null) {
      orphan.delete(); // all of its bytes are in the quarantine here
    }
    milestones.quarantined();
  }

  /**
   * Quarantines a segment that {@link #read} calls damaged, and makes another of the payloads in it
   * that are intact, with the same id and so the same tokens: what ClickHouse has of it already, it
   * does not take again.
   *
   * @return what was salvaged; empty if nothing was, or if all is intact and it is the visitor that
   *     cannot read it
   * @throws JournalFailure if the disk fails
   */
  public Optional<ClosedSegment> salvage(String reason) {
    if (isEmpty() || copy != null || isIntact()) {
      quarantine(reason);
      return Optional.empty();
    }
    try {
      Salvage salvage = new Salvage(storage);
      String aside = salvage.setAside(extent.name(), id());
      forget();
      if (orphan != null) {
        orphan.putAside(reason); // it may be whole
      }
      milestones.quarantined();
      return uninterrupted(salvage, aside, reason);
    } catch (IOException e) {
      throw new JournalFailure("cannot salvage segment " + id(), e);
    }
  }

  /** An interrupt, such as of a sender at shutdown, closes the file that is written: once more. */
  private Optional<ClosedSegment> uninterrupted(Salvage salvage, String aside, String reason)
      throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return salvage.run(aside, header, reason);
        } catch (ClosedByInterruptException again) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isIntact() {
    try {
      read(payload -> {});
      return true;
    } catch (DamagedSegmentException damaged) {
      return false;
    }
  }

  private void forget() {
    storage.space().release(extent.sizeBytes());
    storage.segments().decrementAndGet();
  }
}
