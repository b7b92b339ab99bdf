package io.lodge.journal;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a closed segment of the payloads that are intact in a damaged file, and puts the file in
 * quarantine. It may be cut short at any point; the next start then does it again.
 *
 * <p>The id stays: of an open segment nothing was sent, so no token names other bytes; and where
 * blocks of a closed one were sent, ClickHouse has the whole of them and ignores the rest.
 */
final class Salvage {
  private static final Logger log = LoggerFactory.getLogger(Salvage.class);

  private final Storage storage;
  private final Disk disk;

  Salvage(Storage storage) {
    this.storage = storage;
    disk = storage.disk();
  }

  /** Gives a damaged file a name that says so, and returns it. */
  String setAside(String name, SegmentId id) throws IOException {
    String aside = id + Names.DAMAGED;
    disk.rename(name, aside);
    disk.syncDir("");
    return aside;
  }

  /**
   * Salvages a file that does not have its closed name.
   *
   * @param header of the segment, or a substitute if it is not intact
   * @param damage what is wrong with it
   * @return what was salvaged; empty if no payload is intact, or if the disk has no room, and then
   *     the file stays for the next start
   */
  Optional<ClosedSegment> run(String name, SegmentHeader header, String damage) throws IOException {
    String temporary = header.id() + Names.TEMPORARY;
    SegmentExtent copy;
    try {
      copy = copy(name, header, temporary);
    } catch (NoSpaceException full) {
      disk.delete(temporary);
      log.error("cannot salvage {}: the disk is full; make room and start Lodge again", name);
      return Optional.empty();
    }
    quarantine(name, "%s; %d intact payloads were salvaged".formatted(damage, copy.payloads()));
    if (copy.payloads() == 0) {
      disk.delete(temporary);
      return Optional.empty();
    }
    return Optional.of(storage.adopt(new ClosedFile(header, copy)));
  }

  /**
   * Salvages what came damaged from the bucket.
   *
   * @param name of its file, of which nothing is durable yet
   */
  Optional<ClosedSegment> ofFetched(String name, SegmentId id, int decoderRevision)
      throws IOException {
    SegmentHeader header;
    try (DiskReader from = disk.read(name)) {
      header = FrameReader.ofEnds(id, from, from.sizeBytes()).header();
    } catch (UnreadableException | DamagedSegmentException damaged) {
      header = SegmentHeader.substitute(id, decoderRevision);
    }
    try (DiskWriter file = disk.append(name)) {
      file.force();
    }
    return run(setAside(name, id), header, "the segment came damaged from the bucket");
  }

  /** Moves a file to quarantine, counts it and says so. */
  void quarantine(String name, String reason) throws IOException {
    log.error("cannot use segment file {}: {}; it is kept in quarantine", name, reason);
    Quarantine.move(disk, name, reason);
    storage.space().quarantine().recount();
    storage.counters().quarantined.increment();
  }

  private SegmentExtent copy(String name, SegmentHeader header, String temporary)
      throws IOException {
    disk.delete(temporary);
    FrameWriter frames = storage.takeWriter();
    try (DiskReader from = disk.read(name);
        DiskWriter to = disk.create(temporary)) {
      to.append(header.encode());
      SegmentExtent copy = copyIntact(from, header.id(), temporary, frames, to);
      if (copy.payloads() == 0) {
        return copy;
      }
      SegmentExtent closed = SegmentEnd.write(disk, frames, header.id(), to, copy);
      if (!closed.hasFooter()) {
        throw new NoSpaceException("no room for a footer");
      }
      return closed;
    } finally {
      storage.idleWriters().add(frames);
    }
  }

  private static SegmentExtent copyIntact(
      DiskReader from, SegmentId id, String temporary, FrameWriter frames, DiskWriter to)
      throws IOException {
    long fileBytes = from.sizeBytes();
    FrameReader intact = new FrameReader(id, from, fileBytes);
    long payloads = 0;
    long kinds = 0;
    long end = Format.HEADER_BYTES;
    try {
      long at = Scan.payloadFrom(intact, Format.HEADER_BYTES, fileBytes);
      while (at >= 0) {
        try {
          frames.payload(to, id, end, intact.payload());
          kinds |= 1L << intact.kindId();
          payloads++;
          end += intact.next() - at;
        } catch (DamagedSegmentException newer) {
          log.warn("{}; it stays in quarantine only", newer.getMessage());
        }
        at = Scan.payloadFrom(intact, intact.next(), fileBytes);
      }
    } catch (UnreadableException rest) {
      log.warn("cannot read all of segment {}: {}; the rest is left", id, rest.getMessage());
    }
    return new SegmentExtent(temporary, end, payloads, kinds, false);
  }
}
