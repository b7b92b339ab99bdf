package io.lodge.journal;

import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import io.lodge.journal.SegmentBucket.Fetch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segments from the bucket to the disk, where every byte is checked. Thread-safe. */
final class SegmentFetching {
  private static final Logger log = LoggerFactory.getLogger(SegmentFetching.class);

  private static final int CRC_BYTES = 64 << 10;

  private final Journal journal;
  private final Storage storage;
  private final Bucket bucket;
  private final BucketDuties duties;
  private final BucketCounters counters;
  private final Set<String> copies;

  /**
   * @param copies names of the objects that the disk has copies of
   */
  SegmentFetching(
      Journal journal,
      Storage storage,
      Bucket bucket,
      BucketDuties duties,
      BucketCounters counters,
      Set<String> copies) {
    this.journal = journal;
    this.storage = storage;
    this.bucket = bucket;
    this.duties = duties;
    this.counters = counters;
    this.copies = copies;
  }

  /**
   * Brings a segment to the disk and checks every byte of it. The file is no promise: a restart
   * removes it, for the object is still there.
   *
   * @throws JournalFailure if the disk fails
   */
  Fetch fetch(SegmentInBucket object) throws BucketFault {
    if (copies.stream().anyMatch(name -> BucketNames.idOf(name).equals(Optional.of(object.id())))) {
      throw new BucketFault(
          "cannot fetch segment %s: a copy of it is being delivered".formatted(object.id()));
    }
    Downloaded first = download(object, Optional.empty());
    if (!(first instanceof Downloaded.NotIntact(String reason, long crc))) {
      return ((Downloaded.Settled) first).fetch();
    }
    log.warn("segment {} came damaged from the bucket: {}; once more", object.id(), reason);
    // It may have been damaged on its way: it is the object only if it comes the same again.
    return switch (download(object, Optional.of(crc))) {
      case Downloaded.Settled settled -> settled.fetch();
      case Downloaded.NotIntact _ ->
          throw new BucketFault(
              "cannot fetch segment %s: it comes damaged, and different each time"
                  .formatted(object.id()));
    };
  }

  /** One try to fetch a segment. */
  private sealed interface Downloaded {
    record Settled(Fetch fetch) implements Downloaded {}

    /**
     * @param crc of all of its bytes
     */
    record NotIntact(String reason, long crc) implements Downloaded {}
  }

  /**
   * @param damaged what an earlier try had the CRC of: if it comes so again, it is salvaged
   */
  private Downloaded download(SegmentInBucket object, Optional<Long> damaged) throws BucketFault {
    String name = object.id() + Names.FETCHED;
    try {
      storage.disk().delete(name);
      if (!download(object, name)) {
        removed(name);
        return new Downloaded.Settled(new Fetch.Gone());
      }
      return checked(object, name, damaged);
    } catch (NoSpaceException full) {
      return new Downloaded.Settled(noRoom(object, name));
    } catch (BucketFault fault) {
      removed(name);
      throw fault;
    } catch (ClosedByInterruptException stopping) {
      removed(name);
      throw new BucketFault("cannot fetch segment " + object.id() + ": told to stop", stopping);
    } catch (IOException e) {
      throw new JournalFailure("cannot fetch segment " + object.id(), e);
    }
  }

  private Fetch noRoom(SegmentInBucket object, String name) {
    removed(name);
    log.warn("cannot fetch segment {}: the disk is full", object.id());
    return new Fetch.NoRoom();
  }

  private void removed(String name) {
    try {
      storage.disk().delete(name);
    } catch (IOException e) {
      throw new JournalFailure("cannot delete " + name, e);
    }
  }

  private boolean download(SegmentInBucket object, String name) throws IOException {
    try (DiskWriter to = storage.disk().create(name)) {
      return bucket.get(object.name(), new Writing(to));
    }
  }

  private Downloaded checked(SegmentInBucket object, String name, Optional<Long> damagedBefore)
      throws IOException {
    ClosedFile file;
    try {
      try (DiskReader from = storage.disk().read(name)) {
        file = ClosedFile.check(name, object.id(), from);
      }
      new ClosedSegment(storage, file.header(), file.extent()).read(payload -> {});
    } catch (DamagedSegmentException damaged) {
      String reason = String.valueOf(damaged.getMessage());
      long crc = crc(name);
      return damagedBefore.isPresent() && damagedBefore.get() == crc
          ? new Downloaded.Settled(new Fetch.Damaged(reason, salvaged(object, name, reason)))
          : notIntact(name, reason, crc);
    }
    fetchRules(file.header().rules());
    counters.fetched.increment();
    counters.fetchedBytes.add(file.extent().sizeBytes());
    copies.add(object.name());
    return new Downloaded.Settled(
        new Fetch.Whole(
            storage.adopt(
                file, new BucketCopy(object, duties, () -> copies.remove(object.name())))));
  }

  private Downloaded notIntact(String name, String reason, long crc) {
    removed(name);
    return new Downloaded.NotIntact(reason, crc);
  }

  private long crc(String name) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[CRC_BYTES];
    try (DiskReader from = storage.disk().read(name)) {
      long at = 0;
      for (int n; (n = from.read(at, buffer, 0, buffer.length)) > 0; at += n) {
        crc.update(buffer, 0, n);
      }
    }
    return crc.getValue();
  }

  /** Twice not intact: the intact payloads become a segment, and the object is put aside. */
  private Optional<ClosedSegment> salvaged(SegmentInBucket object, String name, String reason)
      throws IOException {
    log.error(
        "cannot read all of segment {} from the bucket: {}; it is kept in quarantine there",
        object.id(),
        reason);
    Optional<ClosedSegment> intact =
        new Salvage(storage).ofFetched(name, object.id(), journal.decoderRevision());
    duties.add(new BucketDuties.Quarantine(object, reason));
    return intact;
  }

  private void fetchRules(RulesId id) throws IOException {
    if (id.equals(RulesId.NONE) || id.equals(RulesId.LOST) || journal.rulesText(id).isPresent()) {
      return;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    if (bucket.get(BucketNames.rules(id), text) && RulesId.of(text.toByteArray()).equals(id)) {
      journal.keepFetchedRules(text.toByteArray());
    }
  }

  private static final class Writing extends OutputStream {
    private final DiskWriter to;

    Writing(DiskWriter to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      to.append(ByteBuffer.wrap(from, offset, length));
    }
  }
}
