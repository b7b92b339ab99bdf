package io.lodge.journal;

import io.lodge.model.Payload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A segment that is being written. Its file is created by the first payload. Used by one thread,
 * and not to be interrupted; after a {@link JournalFailure} nothing more can be done with it.
 */
public final class OpenSegment {
  private final Storage storage;
  private final SegmentHeader header;
  private final FrameWriter frames;

  private @Nullable DiskWriter file;
  private boolean named;
  private boolean over;
  private long sizeBytes;
  private long syncedBytes;
  private long payloads;
  private long kinds;

  OpenSegment(Storage storage, SegmentHeader header, FrameWriter frames) {
    this.storage = storage;
    this.header = header;
    this.frames = frames;
  }

  public SegmentId id() {
    return header.id();
  }

  /** Bytes on disk so far. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Appends a payload, which is not durable before the next {@link #sync}.
   *
   * @return false if the journal's budget, the floor of free space or the disk itself has no room
   *     for it; then the segment is as before, and other payloads can be tried
   * @throws JournalFailure if the disk fails
   */
  public boolean append(Payload payload) {
    requireUsable();
    long frameBytes = frames.payloadBytes(payload);
    requireLimits(payload);
    long neededBytes = frameBytes + (file == null ? Format.HEADER_BYTES + Format.FOOTER_BYTES : 0);
    try {
      if (!storage.space().tryAcquire(neededBytes)) {
        return false;
      }
      if (!write(payload)) {
        storage.space().release(neededBytes);
        return false;
      }
    } catch (IOException e) {
      throw failure("append to", e);
    }
    sizeBytes += frameBytes;
    payloads++;
    kinds |= 1L << payload.kind().id();
    storage.counters().appendedPayloads.increment();
    storage.counters().appendedBytes.add(frameBytes);
    return true;
  }

  /** Why the last append for which there was no room was refused, as a sender may be told. */
  public String fullBecause() {
    return storage.space().lack();
  }

  /** Writes the frame, after the header if it is the first; or, if the disk is full, nothing. */
  private boolean write(Payload payload) throws IOException {
    DiskWriter to = file;
    try {
      if (to == null) {
        to = storage.disk().create(openName());
        to.append(header.encode());
        frames.payload(to, id(), Format.HEADER_BYTES, payload);
        file = to;
        sizeBytes = Format.HEADER_BYTES;
        storage.segments().incrementAndGet();
      } else {
        frames.payload(to, id(), sizeBytes, payload);
      }
      return true;
    } catch (NoSpaceException full) {
      storage.space().foundFull();
      if (file != null) {
        file.truncate(sizeBytes);
      } else if (to != null) {
        to.close();
        storage.disk().delete(openName());
      }
      return false;
    }
  }

  /**
   * Returns when all that was appended is on stable storage.
   *
   * @throws JournalFailure if the disk fails: what was appended since the last sync must not be
   *     acknowledged
   */
  public void sync() {
    requireUsable();
    if (file == null || syncedBytes == sizeBytes) {
      return;
    }
    long startNanos = System.nanoTime();
    try {
      file.force();
      if (!named) {
        storage.disk().syncDir("");
        named = true;
      }
      storage.counters().syncs.increment();
      storage.counters().syncNanos.add(System.nanoTime() - startNanos);
      mark(file);
    } catch (IOException e) {
      throw failure("sync", e);
    }
    syncedBytes = sizeBytes;
  }

  /**
   * Notes that all before is durable. It is written after the fact, so it is never wrong; the next
   * sync makes it durable itself. On a full disk it is left out: the data is safe without.
   */
  private void mark(DiskWriter to) throws IOException {
    try {
      frames.mark(to, id(), sizeBytes, payloads);
      sizeBytes += Format.MARK_BYTES;
      storage.space().acquireExisting(Format.MARK_BYTES);
    } catch (NoSpaceException full) {
      to.truncate(sizeBytes);
    }
  }

  /**
   * Syncs and ends the segment. One that never took a payload has no file.
   *
   * @throws JournalFailure if the disk fails
   */
  public ClosedSegment close() {
    requireUsable();
    over = true;
    if (file == null) {
      storage.idleWriters().add(frames);
      return new ClosedSegment(storage, header, new SegmentExtent("", 0, 0, 0, false));
    }
    try (DiskWriter to = file) {
      SegmentExtent open = new SegmentExtent(openName(), sizeBytes, payloads, kinds, false);
      SegmentExtent end = SegmentEnd.write(storage.disk(), frames, id(), to, open);
      if (!end.hasFooter()) {
        storage.space().release(Format.FOOTER_BYTES);
      }
      storage.idleWriters().add(frames);
      return new ClosedSegment(storage, header, end);
    } catch (IOException e) {
      throw failure("close", e);
    }
  }

  private String openName() {
    return id() + Names.OPEN;
  }

  private void requireUsable() {
    if (over) {
      throw new IllegalStateException("segment " + id() + " is closed or has failed");
    }
  }

  private static void requireLimits(Payload payload) {
    if (payload.length() > Format.BODY_BYTES_MAX) {
      throw new IllegalArgumentException(
          "unexpected payload; got a body of %d B want at most %d B"
              .formatted(payload.length(), Format.BODY_BYTES_MAX));
    }
  }

  private JournalFailure failure(String verb, IOException cause) {
    over = true;
    return new JournalFailure("cannot " + verb + " segment " + id(), cause);
  }
}
