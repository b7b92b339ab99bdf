package io.lodge.journal;

import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import io.lodge.bucket.Content;
import io.lodge.bucket.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Segments of a journal in a bucket: moved there, fetched back, deleted, put aside. At any moment a
 * segment is on the disk, in the bucket, or in both, under one id and so the same tokens.
 *
 * <p>Thread-safe, but each segment is used by one thread at a time. Every call may fail with a
 * {@link BucketFault} and may then be made again; all but {@link #move} and {@link #fetch} touch no
 * file.
 */
public final class SegmentBucket {
  private static final long NOT_INTACT = -1;

  private final Journal journal;
  private final Storage storage;
  private final Bucket bucket;
  private final BucketDuties duties = new BucketDuties();
  private final BucketCounters counters = new BucketCounters();

  /** Names of the objects that the disk has copies of. */
  private final Set<String> copies = ConcurrentHashMap.newKeySet();

  private final SegmentFetching fetching;

  /** The rules that were seen in the bucket last: neighbours name the same. */
  private volatile RulesId rulesThere = RulesId.NONE;

  SegmentBucket(Journal journal, Storage storage, Bucket bucket) {
    this.journal = journal;
    this.storage = storage;
    this.bucket = bucket;
    fetching = new SegmentFetching(journal, storage, bucket, duties, counters, copies);
  }

  /** The gateway whose journal this is. */
  public int gateway() {
    return journal.home();
  }

  public BucketCounters counters() {
    return counters;
  }

  /** Copies of objects on the disk: segments that were fetched and not decided on. */
  public int fetched() {
    return copies.size();
  }

  /** Objects that are decided on and still in the bucket. */
  public int duties() {
    return duties.size();
  }

  /**
   * Puts a segment into the bucket, makes sure that it is there, and only then removes the file.
   *
   * @throws DamagedSegmentException if it is not intact: it stays where it is, to be salvaged
   * @throws BucketFault if the bucket fails: it stays where it is, and is maybe in both places
   * @throws JournalFailure if the disk fails
   */
  public SegmentInBucket move(ClosedSegment segment) throws BucketFault, DamagedSegmentException {
    segment.read(payload -> {});
    if (duties.isAbout(segment.id())) {
      throw new BucketFault(
          "cannot move segment %s: an object of its name waits to be put aside"
              .formatted(segment.id()));
    }
    SegmentInBucket object =
        new SegmentInBucket(gateway(), segment.id(), segment.sizeBytes(), segment.created());
    try {
      putRules(segment.rules());
      segment.maybeInBucket(new BucketOrphan(object, duties));
      // One that is there already was put by a try that was cut short, and is the same.
      bucket.putIfAbsent(object.name(), segment.content());
    } catch (BucketFault fault) {
      throw fault;
    } catch (IOException e) {
      throw new JournalFailure("cannot read segment " + segment.id(), e);
    }
    requireThere(object);
    counters.isThere(object);
    counters.moved.increment();
    counters.movedBytes.add(object.sizeBytes());
    segment.movedToBucket();
    return object;
  }

  private void requireThere(SegmentInBucket object) throws BucketFault {
    long foundBytes = bucket.find(object.name()).map(StoredObject::sizeBytes).orElse(-1L);
    if (foundBytes != object.sizeBytes()) {
      throw new BucketFault(
          "cannot use the object %s: unexpected size; got %d want %d B; the segment stays on disk"
              .formatted(object.name(), foundBytes, object.sizeBytes()));
    }
  }

  /** Another gateway may have to decode the segment. */
  private void putRules(RulesId id) throws IOException {
    if (id.equals(rulesThere) || id.equals(RulesId.NONE) || id.equals(RulesId.LOST)) {
      return;
    }
    Optional<byte[]> text = journal.rulesText(id);
    if (text.isPresent()) {
      bucket.putIfAbsent(BucketNames.rules(id), Content.of(text.get()));
      rulesThere = id;
    }
  }

  /** What became of fetching a segment. */
  public sealed interface Fetch {
    /** It is on the disk as it was put there; the object stays until the segment is decided on. */
    record Whole(ClosedSegment segment) implements Fetch {}

    /**
     * It is damaged, and put aside. What was intact is a segment on the disk now.
     *
     * @param reason what is wrong with it
     */
    record Damaged(String reason, Optional<ClosedSegment> intact) implements Fetch {}

    /** Somebody has taken it from the bucket. */
    record Gone() implements Fetch {}

    /** The disk has no room for it. */
    record NoRoom() implements Fetch {}
  }

  /**
   * Brings a segment to the disk and checks every byte of it. The file is no promise: a restart
   * removes it, for the object is still there.
   *
   * @throws JournalFailure if the disk fails
   */
  public Fetch fetch(SegmentInBucket object) throws BucketFault {
    return fetching.fetch(object);
  }

  /**
   * Does the next thing that is to be done with an object that was decided on.
   *
   * @return false if there is nothing
   */
  public boolean doDuty() throws BucketFault {
    Optional<BucketDuties.Duty> next = duties.next();
    if (next.isEmpty()) {
      return false;
    }
    switch (next.get()) {
      case BucketDuties.Delete(SegmentInBucket object) -> {
        bucket.delete(object.name());
        counters.deleted.increment();
        counters.isGone(object);
      }
      case BucketDuties.Quarantine(SegmentInBucket object, String reason) -> {
        quarantine(object, reason);
        counters.isGone(object);
      }
      case BucketDuties.Orphan(SegmentInBucket object, Optional<String> reason) ->
          removeOrphan(object, reason);
    }
    duties.done(next.get());
    return true;
  }

  private void removeOrphan(SegmentInBucket object, Optional<String> reason) throws BucketFault {
    if (reason.isEmpty()) {
      bucket.delete(object.name());
    } else if (bucket.find(object.name()).isPresent()) {
      quarantine(object, reason.get());
    }
  }

  private void quarantine(SegmentInBucket object, String reason) throws BucketFault {
    String aside = BucketNames.quarantined(object.gateway(), object.id());
    try {
      bucket.putIfAbsent(
          aside + Names.REASON, Content.of((reason + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (BucketFault fault) {
      throw fault;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    bucket.copy(object.name(), aside);
    bucket.delete(object.name());
    counters.quarantined.increment();
  }

  /**
   * The segments of a gateway that are in the bucket, oldest first. What is on this disk too, left
   * by a move that was cut short, is taken from the bucket instead: to be called while nothing is
   * being moved or fetched. Objects that have a copy on the disk, or are decided on, are left out.
   */
  public List<SegmentInBucket> takeOver(int gateway) throws BucketFault {
    List<SegmentInBucket> found = new ArrayList<>();
    BucketListing.segments(bucket, gateway, found::add);
    Set<String> onDisk = closedFiles();
    List<SegmentInBucket> there = new ArrayList<>(found.size());
    List<SegmentInBucket> others = new ArrayList<>();
    for (SegmentInBucket object : found) {
      if (copies.contains(object.name()) || duties.isAbout(object.id())) {
        continue; // it is in hand, from before the lease was lost
      }
      long bytes =
          onDisk.contains(object.id() + Names.CLOSED) ? intactBytes(object.id()) : NOT_INTACT;
      if (bytes == object.sizeBytes()) {
        bucket.delete(object.name());
      } else if (bytes == NOT_INTACT) {
        there.add(object);
      } else {
        others.add(object);
      }
    }
    there.forEach(counters::isThere);
    others.forEach(this::putAside);
    return List.copyOf(there);
  }

  /** Its intact payloads were salvaged, and then the process ended. */
  private void putAside(SegmentInBucket object) {
    counters.isThere(object);
    duties.add(
        new BucketDuties.Quarantine(
            object, "it came damaged from the bucket, and what was intact was salvaged"));
  }

  private Set<String> closedFiles() {
    try {
      return new HashSet<>(storage.disk().list(""));
    } catch (IOException e) {
      throw new JournalFailure("cannot list the journal", e);
    }
  }

  /** How long the file of a segment is that the disk has all of; else {@link #NOT_INTACT}. */
  private long intactBytes(SegmentId id) {
    try (DiskReader from = storage.disk().read(id + Names.CLOSED)) {
      ClosedFile file = ClosedFile.check(id + Names.CLOSED, id, from);
      new ClosedSegment(storage, file.header(), file.extent()).read(from, payload -> {});
      return file.extent().sizeBytes();
    } catch (IOException | DamagedSegmentException damagedOrDelivered) {
      return NOT_INTACT;
    }
  }

  /** An object is no longer there, and nobody of us has taken it away. */
  public void isLost(SegmentInBucket object) {
    counters.lost.increment();
    counters.isGone(object);
  }

  /** Somebody else has taken it over. */
  public void isGone(SegmentInBucket object) {
    counters.isGone(object);
  }

  /** Whether any segment of this gateway is put aside in the bucket, or about to be. */
  public boolean hasQuarantined() throws BucketFault {
    // In this order: an object is there before its duty is done.
    if (duties.hasQuarantine()) {
      return true;
    }
    AtomicInteger seen = new AtomicInteger();
    bucket.list(
        BucketNames.quarantined(gateway()),
        object -> seen.addAndGet(object.name().endsWith(Names.REASON) ? 0 : 1));
    return seen.get() > 0;
  }

  /** Whether the bucket has any segment of a gateway. */
  public boolean hasAny(int gateway) throws BucketFault {
    AtomicInteger seen = new AtomicInteger();
    BucketListing.segments(bucket, gateway, object -> seen.incrementAndGet());
    return seen.get() > 0;
  }

  /** Who delivers which gateway's segments. */
  public Leases leases() {
    return new Leases(bucket);
  }
}
