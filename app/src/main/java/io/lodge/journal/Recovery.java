package io.lodge.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the directory in order after the process that wrote it is gone: every segment that is left
 * is closed, or in quarantine. It may itself be cut short at any point, and is then done again.
 */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private static final int COPY_BYTES = 256 << 10;

  private final Storage storage;
  private final Disk disk;
  private final int decoderRevision;
  private final FrameWriter frames;
  private final Salvage salvage;

  Recovery(Storage storage, int decoderRevision) {
    this.storage = storage;
    disk = storage.disk();
    this.decoderRevision = decoderRevision;
    frames = storage.takeWriter();
    salvage = new Salvage(storage);
  }

  /** The segments that are left, oldest first. */
  List<ClosedSegment> run() throws IOException {
    Set<String> names = new TreeSet<>(disk.list(""));
    for (String name : List.copyOf(names)) {
      if (name.endsWith(Names.TEMPORARY) || name.endsWith(Names.FETCHED)) {
        disk.delete(name);
      }
    }
    for (Named file : files(names, Names.ADOPTED)) {
      disk.rename(file.name, file.id + Names.CLOSED);
      names.add(file.id + Names.CLOSED);
    }
    quarantineSalvaged(names, Names.DAMAGED);
    quarantineSalvaged(names, Names.OPEN);
    List<ClosedSegment> left = new ArrayList<>();
    for (Named file : files(names, Names.CLOSED)) {
      closed(file.name, file.id).ifPresent(left::add);
    }
    for (Named file : files(names, Names.DAMAGED)) {
      salvage
          .run(file.name, header(file.name, file.id), "the segment is damaged")
          .ifPresent(left::add);
    }
    for (Named file : files(names, Names.OPEN)) {
      open(file.name, file.id).ifPresent(left::add);
    }
    storage.idleWriters().add(frames);
    left.sort(Comparator.comparing(ClosedSegment::id));
    return List.copyOf(left);
  }

  private record Named(String name, SegmentId id) {}

  private static List<Named> files(Set<String> names, String ending) {
    return names.stream()
        .flatMap(name -> Names.idOf(name, ending).map(id -> new Named(name, id)).stream())
        .toList();
  }

  /** After a crash between the end of a salvage and the move of the original. */
  private void quarantineSalvaged(Set<String> names, String ending) throws IOException {
    for (Named file : files(names, ending)) {
      if (names.contains(file.id + Names.CLOSED)) {
        salvage.quarantine(
            file.name, "acknowledged data is damaged; the intact payloads were salvaged");
        names.remove(file.name);
      }
    }
  }

  /** Checks the header and footer only: a journal of many gigabytes must open in seconds. */
  private Optional<ClosedSegment> closed(String name, SegmentId id) throws IOException {
    String damage;
    try (DiskReader file = disk.read(name)) {
      return Optional.of(storage.adopt(ClosedFile.check(name, id, file)));
    } catch (UnreadableException | DamagedSegmentException damaged) {
      damage = String.valueOf(damaged.getMessage());
    }
    SegmentHeader header = header(name, id);
    return salvage.run(salvage.setAside(name, id), header, damage);
  }

  private Optional<ClosedSegment> open(String name, SegmentId id) throws IOException {
    Scan scan = scan(name, id);
    if (scan.damaged()) {
      return salvage.run(
          name,
          scan.header(),
          "acknowledged data is damaged after byte " + scan.prefix().sizeBytes());
    }
    if (!scan.headerIntact() || scan.prefix().payloads() == 0) {
      if (saveTail(name, id, scan.prefix(), scan.fileBytes())) {
        disk.delete(name);
      }
      return Optional.empty();
    }
    return Optional.of(storage.adopt(new ClosedFile(scan.header(), finish(name, id, scan))));
  }

  private SegmentHeader substitute(SegmentId id) {
    return SegmentHeader.substitute(id, decoderRevision);
  }

  /** The header of a file, or one made up if it is not intact. */
  private SegmentHeader header(String name, SegmentId id) throws IOException {
    try (DiskReader file = disk.read(name)) {
      return FrameReader.ofEnds(id, file, file.sizeBytes()).header();
    } catch (UnreadableException | DamagedSegmentException damaged) {
      return substitute(id);
    }
  }

  private Scan scan(String name, SegmentId id) throws IOException {
    try (DiskReader file = disk.read(name)) {
      return Scan.of(name, file, substitute(id));
    }
  }

  /** Cuts what was not finished and closes the segment. */
  private SegmentExtent finish(String name, SegmentId id, Scan scan) throws IOException {
    SegmentExtent prefix = scan.prefix();
    if (!saveTail(name, id, prefix, scan.fileBytes())) {
      return prefix;
    }
    try (DiskWriter to = disk.append(name)) {
      if (prefix.sizeBytes() < scan.fileBytes()) {
        to.truncate(prefix.sizeBytes());
      }
      if (!prefix.hasFooter()) {
        return SegmentEnd.write(disk, frames, id, to, prefix);
      }
      to.force();
    }
    String closed = id + Names.CLOSED;
    disk.rename(name, closed);
    disk.syncDir("");
    return new SegmentExtent(
        closed, prefix.sizeBytes(), prefix.payloads(), prefix.kinds(), prefix.hasFooter());
  }

  /**
   * Keeps the end that is to be cut, if there is one and it is not all zeros. False if the disk has
   * no room for it, and so it must stay where it is.
   */
  private boolean saveTail(String name, SegmentId id, SegmentExtent prefix, long fileBytes)
      throws IOException {
    if (prefix.sizeBytes() == fileBytes) {
      return true;
    }
    storage.counters().tornTails.increment();
    long tailBytes = fileBytes - prefix.sizeBytes();
    String tail = id + Names.TAIL;
    log.warn(
        "segment {} ends with {} B of an unfinished write, not acknowledged; cut", id, tailBytes);
    try (DiskReader from = disk.read(name)) {
      if (isZero(from, prefix.sizeBytes())) {
        return true;
      }
      Quarantine.writeReason(
          disk, tail, "unfinished write from byte " + prefix.sizeBytes() + " of segment " + id);
      disk.delete(Names.quarantined(tail));
      try (DiskWriter to = disk.create(Names.quarantined(tail))) {
        copy(from, prefix.sizeBytes(), to);
        to.force();
      }
      disk.syncDir(Disk.QUARANTINE);
      return true;
    } catch (NoSpaceException full) {
      disk.delete(Names.quarantined(tail));
      return false;
    }
  }

  private static boolean isZero(DiskReader from, long start) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    long at = start;
    for (int n; (n = from.read(at, buffer, 0, buffer.length)) > 0; at += n) {
      for (int i = 0; i < n; i++) {
        if (buffer[i] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static void copy(DiskReader from, long start, DiskWriter to) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    long at = start;
    for (int n; (n = from.read(at, buffer, 0, buffer.length)) > 0; at += n) {
      to.append(ByteBuffer.wrap(buffer, 0, n));
    }
  }
}
