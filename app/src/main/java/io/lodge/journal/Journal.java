package io.lodge.journal;

import io.lodge.bucket.Bucket;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of segments. One gateway at a time has it. Thread-safe; what it gives out is used by
 * one thread each.
 */
public final class Journal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private final Storage storage;
  private final KeptRules rules;
  private final Identity identity;
  private final int decoderRevision;
  private final InstantSource clock;
  private final Closeable lock;
  private final List<ClosedSegment> leftovers;
  private final AtomicInteger sequence = new AtomicInteger();

  private Journal(
      Storage storage,
      KeptRules rules,
      Identity identity,
      int decoderRevision,
      InstantSource clock,
      Closeable lock,
      List<ClosedSegment> leftovers) {
    this.storage = storage;
    this.rules = rules;
    this.identity = identity;
    this.decoderRevision = decoderRevision;
    this.clock = clock;
    this.lock = lock;
    this.leftovers = leftovers;
  }

  /**
   * Opens the journal, creating the directory if there is none, and recovers what an earlier
   * process left in it.
   *
   * @throws JournalFailure if another gateway has it, a newer version wrote it, or the disk fails
   */
  public static Journal open(Path dir, JournalOptions options) {
    try {
      return open(LocalDisk.create(dir), options, InstantSource.system(), new SecureRandom());
    } catch (IOException e) {
      throw new JournalFailure("cannot open journal " + dir, e);
    }
  }

  static Journal open(
      Disk disk, JournalOptions options, InstantSource clock, RandomGenerator random)
      throws IOException {
    Optional<Closeable> lock = disk.lock(Names.LOCK);
    if (lock.isEmpty()) {
      throw new IOException(
          "another gateway uses it; stop that one, or give this one its own journal.dir");
    }
    try {
      Identity identity = Identity.next(disk, clock, random);
      Storage storage = new Storage(disk, options);
      int revision = options.decoderRevision();
      List<ClosedSegment> leftovers = new Recovery(storage, revision).run();
      storage.space().quarantine().recount();
      KeptRules rules = new KeptRules(disk);
      rules.prune(leftovers);
      return new Journal(storage, rules, identity, revision, clock, lock.get(), leftovers);
    } catch (Throwable failed) {
      lock.get().close();
      throw failed;
    }
  }

  /** What this journal's segments have in common in their names: 8 hexadecimal digits. */
  public String gateway() {
    return HexFormat.of().toHexDigits(identity.gateway());
  }

  /** Whether a gateway has this journal. */
  public static boolean isInUse(Path dir) throws IOException {
    if (!Files.exists(dir.resolve(Names.LOCK)) || !Files.isWritable(dir.resolve(Names.LOCK))) {
      return false;
    }
    Optional<Closeable> lock = LocalDisk.existing(dir).lock(Names.LOCK);
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  /**
   * Looks at a journal without changing it; a gateway may be using it meanwhile.
   *
   * @param verify whether to read all of every closed segment and check it
   */
  public static JournalReport inspect(Path dir, boolean verify) throws IOException {
    return new Inspection(LocalDisk.existing(dir), verify).run();
  }

  /**
   * The number of the journal in a directory, as leases and the names of objects have it; empty if
   * there is no journal.
   */
  public static Optional<Integer> gatewayOf(Path dir) throws IOException {
    Disk disk = LocalDisk.existing(dir);
    return disk.list("").contains(Names.GATEWAY)
        ? Optional.of(Identity.read(disk).gateway())
        : Optional.empty();
  }

  /** This journal's segments in a bucket. */
  public SegmentBucket in(Bucket bucket) {
    return new SegmentBucket(this, storage, bucket);
  }

  /**
   * Keeps the text of rules for as long as a segment names them.
   *
   * @return what segments name them by
   * @throws JournalFailure if the disk fails or is full
   */
  public RulesId keepRules(byte[] text) {
    synchronized (rules) {
      try {
        return rules.keep(text);
      } catch (IOException e) {
        throw new JournalFailure("cannot keep rules beside the journal", e);
      }
    }
  }

  /**
   * As {@link #keepRules}, for who can wait until the disk has room.
   *
   * @throws NoSpaceException if it has none
   */
  void keepFetchedRules(byte[] text) throws IOException {
    synchronized (rules) {
      rules.keep(text);
    }
  }

  /** The text that was kept under this id; empty if it is gone or damaged. */
  public Optional<byte[]> rulesText(RulesId id) {
    synchronized (rules) {
      try {
        return rules.find(id);
      } catch (IOException e) {
        throw new JournalFailure("cannot read rules beside the journal", e);
      }
    }
  }

  /**
   * A new segment; nothing is on disk before its first payload.
   *
   * @param rulesId the rules its payloads will be decoded under
   */
  public OpenSegment begin(RulesId rulesId) {
    SegmentId id = new SegmentId(identity.gateway(), identity.epoch(), sequence.getAndIncrement());
    Instant now = clock.instant();
    long unixNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    SegmentHeader header =
        new SegmentHeader(Format.VERSION, decoderRevision, id, rulesId, unixNanos);
    return new OpenSegment(storage, header, storage.takeWriter());
  }

  /** The segments that were there when the journal was opened, oldest first. */
  public List<ClosedSegment> leftovers() {
    return leftovers;
  }

  /**
   * Takes in the segments of dead gateways that {@link Adoption} has put beside this one's.
   *
   * @throws JournalFailure if the disk fails
   */
  public List<ClosedSegment> adopted() {
    List<ClosedSegment> taken = new ArrayList<>();
    try {
      for (String name : storage.disk().list("")) {
        Optional<SegmentId> id = Names.idOf(name, Names.ADOPTED);
        if (id.isPresent()) {
          taken.add(takeIn(name, id.get()));
        }
      }
    } catch (IOException e) {
      throw new JournalFailure("cannot adopt segments", e);
    } catch (DamagedSegmentException damaged) {
      log.error("{}; the next start puts it in quarantine", damaged.getMessage());
    }
    return List.copyOf(taken);
  }

  private ClosedSegment takeIn(String name, SegmentId id)
      throws IOException, DamagedSegmentException {
    String closed = id + Names.CLOSED;
    storage.disk().rename(name, closed);
    storage.disk().syncDir("");
    try (DiskReader file = storage.disk().read(closed)) {
      return storage.adopt(ClosedFile.check(closed, id, file));
    }
  }

  /** By which other gateways know this one. */
  int home() {
    return identity.home();
  }

  int decoderRevision() {
    return decoderRevision;
  }

  /**
   * Whether there is little room left, under the budget or above the disk's floor: time to move
   * what waits elsewhere.
   */
  public boolean isFilling() {
    try {
      return storage.space().isFilling();
    } catch (IOException e) {
      throw new JournalFailure("cannot tell how much of the disk is free", e);
    }
  }

  public JournalCounters counters() {
    return storage.counters();
  }

  /** Segments on disk, open or closed; without quarantine. */
  public int segments() {
    return storage.segments().get();
  }

  /** Bytes of them that count against the budget. */
  public long sizeBytes() {
    return storage.space().usedBytes();
  }

  /** {@code journal.disk_budget}. */
  public long budgetBytes() {
    return storage.space().budgetBytes();
  }

  /** How much of the budget is taken, by segments and quarantine: 1 is all of it. */
  public double usedShare() {
    return storage.space().usedShare();
  }

  /** Files in quarantine; a file that was taken away is noticed when there is no room. */
  public int quarantineFiles() {
    return storage.space().quarantine().files();
  }

  /** Bytes in quarantine; they count against the budget too. */
  public long quarantineBytes() {
    return storage.space().quarantine().sizeBytes();
  }

  /** Whether quarantine takes more than a quarter of the budget: a person must look at it. */
  public boolean quarantineIsLarge() {
    return storage.space().quarantine().isLarge();
  }

  /**
   * Lets another gateway have the directory. Segments that are still open are left as a crash
   * would.
   */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new JournalFailure("cannot unlock the journal", e);
    }
  }
}
