package io.lodge.journal;

import io.lodge.model.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A segment's file wherever it is: in quarantine, in the journal of a gateway that is gone, or a
 * copy. It is read and never changed. For one thread.
 */
public final class SegmentFile {
  private final Path path;
  private final Disk disk;
  private final String name;
  private final SegmentHeader header;
  private final boolean headerIntact;

  private SegmentFile(
      Path path, Disk disk, String name, SegmentHeader header, boolean headerIntact) {
    this.path = path;
    this.disk = disk;
    this.name = name;
    this.header = header;
    this.headerIntact = headerIntact;
  }

  /** What reading found. */
  public record Found(long payloads, boolean whole) {}

  /**
   * Opens it.
   *
   * @throws IOException if its name is no segment's, or a newer version wrote it
   */
  public static SegmentFile open(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    String name = String.valueOf(path.getFileName());
    Optional<SegmentId> id = Names.quarantinedId(name);
    if (folder == null || id.isEmpty() || name.contains(Names.TAIL)) {
      throw new IOException("its name is not that of a segment");
    }
    Disk disk = LocalDisk.existing(folder);
    try (DiskReader file = disk.read(name)) {
      FrameReader frames = FrameReader.ofEnds(id.get(), file, file.sizeBytes());
      return new SegmentFile(path, disk, name, frames.header(), true);
    } catch (DamagedSegmentException damaged) {
      return new SegmentFile(path, disk, name, Inspection.substitute(id.get()), false);
    } catch (JournalFailure newer) {
      throw new IOException(newer.getMessage(), newer);
    }
  }

  public Path path() {
    return path;
  }

  public SegmentId id() {
    return header.id();
  }

  public Instant created() {
    return header.created();
  }

  public long sizeBytes() throws IOException {
    return Files.size(path);
  }

  /** Of the decoder that accepted its payloads; empty if its header is damaged. */
  public Optional<Integer> decoderRevision() {
    return headerIntact ? Optional.of(header.decoderRevision()) : Optional.empty();
  }

  /** The rules its payloads were accepted under; {@link RulesId#LOST} if its header is damaged. */
  public RulesId rules() {
    return header.rules();
  }

  /**
   * The text of its rules, which is kept in its folder or, of one in quarantine, in the one above;
   * empty if it is not there or damaged.
   */
  public Optional<byte[]> rulesText() throws IOException {
    Optional<byte[]> beside = new KeptRules(disk).find(rules());
    Path folder = path.toAbsolutePath().getParent();
    Path above = folder == null ? null : folder.getParent();
    return beside.isPresent() || above == null
        ? beside
        : new KeptRules(LocalDisk.existing(above)).find(rules());
  }

  /**
   * Shows every payload that is intact, in order, as a salvage would keep them.
   *
   * @throws DamagedSegmentException if the visitor threw a checked exception, or a payload is of a
   *     kind that this build does not know
   */
  public Found read(PayloadVisitor visitor) throws IOException, DamagedSegmentException {
    try (DiskReader file = disk.read(name)) {
      long fileBytes = file.sizeBytes();
      FrameReader frames = new FrameReader(id(), file, fileBytes);
      boolean whole = headerIntact;
      long payloads = 0;
      long offset = Format.HEADER_BYTES;
      while (offset < fileBytes) {
        switch (frames.at(offset)) {
          case PAYLOAD -> {
            long next = frames.next();
            show(visitor, frames.payload(), ++payloads);
            offset = next;
          }
          case MARK, FOOTER -> offset = frames.next();
          case BROKEN -> {
            whole = false;
            long found = Scan.payloadFrom(frames, offset + 1, fileBytes);
            offset = found < 0 ? fileBytes : found;
          }
          case END -> offset = fileBytes;
        }
      }
      return new Found(payloads, whole);
    }
  }

  private void show(PayloadVisitor visitor, Payload payload, long number)
      throws DamagedSegmentException {
    try {
      visitor.visit(payload);
    } catch (RuntimeException broken) {
      throw broken;
    } catch (Exception unreadable) {
      throw new DamagedSegmentException(
          "cannot read payload " + number + " of segment " + id(), unreadable);
    }
  }
}
