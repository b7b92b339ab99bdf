package io.lodge.journal;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that forgets what was not forced when the power goes, in the ways disks do:
 * bytes by sector, in any order, the size apart from the bytes; names in the order they were
 * changed.
 */
public final class SimulatedDisk implements Disk {
  private static final int SECTOR_BYTES = 64;

  /** The power went: thrown out of whatever was being done. An error, which nobody handles. */
  public static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1;

    public PowerLoss() {
      super("the power went", null, false, false);
    }
  }

  /** Bytes as processes see them, and as they were when last forced. */
  private static final class Inode {
    byte[] current = {};
    byte[] forced = {};

    /** The disk does not give back these. */
    long unreadableFrom;

    long unreadableTo;
  }

  /** A change of the directory that may not be on the disk yet. */
  private interface Change {
    void apply(Map<String, Inode> names);
  }

  private record Pending(Change change, Set<String> folders) {}

  private final RandomGenerator random;
  private final Map<String, Inode> names = new TreeMap<>();
  private final Map<String, Inode> forcedNames = new TreeMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private final Set<String> locks = new HashSet<>();

  private long capacityBytes = Long.MAX_VALUE;
  private long operationsLeft = Long.MAX_VALUE;
  private int forcesUntilFailure = -1;
  private int appendsUntilFailure = -1;
  private boolean readsFail;
  private boolean forceFailed;
  private boolean forgiven;
  private boolean dead;
  private long operations;
  private Runnable between = () -> {};

  public SimulatedDisk(RandomGenerator random) {
    this.random = random;
  }

  /** Done in the middle of every operation that can be the last: others have their turn there. */
  public void between(Runnable others) {
    between = others;
  }

  /** Operations so far at which the power could have gone. */
  public long operations() {
    return operations;
  }

  /**
   * Whether a force has failed since the last start: what was written before is not to be trusted.
   */
  public boolean forceFailed() {
    return forceFailed;
  }

  /**
   * What failed to be forced was nothing that counts. The end of this life forgets it all the same.
   */
  public void forgive() {
    forgiven = true;
  }

  /** Whether a force has failed that counts. */
  public boolean isUnforgiven() {
    return forceFailed && !forgiven;
  }

  /** The process is gone: whatever it still does here is its last. */
  public void die() {
    dead = true;
  }

  /** All files together hold no more than this. */
  public void capacity(long bytes) {
    capacityBytes = bytes;
  }

  /** The power goes after this many more operations. */
  public void losePowerAfter(long operations) {
    operationsLeft = operations;
  }

  /** One force fails after this many that do not; what was to be forced may be on disk or not. */
  public void failForceAfter(int forces) {
    forcesUntilFailure = forces;
  }

  /** One append fails with an input/output error after this many that do not. */
  public void failAppendAfter(int appends) {
    appendsUntilFailure = appends;
  }

  public void failReads(boolean fail) {
    readsFail = fail;
  }

  /** Reads that touch these bytes of a file fail, whatever name it has later. */
  public void makeUnreadable(String name, long from, long to) {
    Inode inode = inode(name);
    inode.unreadableFrom = from;
    inode.unreadableTo = to;
  }

  /** The bytes of a file, to be damaged. */
  public byte[] bytes(String name) {
    return inode(name).current.clone();
  }

  /** A bit of what is on the disk turns over, whether a process has the file open or not. */
  public void flip(String name, int at, int bit) {
    Inode inode = inode(name);
    inode.current[at] ^= (byte) (1 << bit);
    if (at < inode.forced.length) {
      inode.forced[at] ^= (byte) (1 << bit);
    }
  }

  void replace(String name, byte[] bytes) {
    Inode inode = names.computeIfAbsent(name, fresh -> new Inode());
    inode.current = bytes.clone();
    inode.forced = bytes.clone();
    forcedNames.put(name, inode);
  }

  private Inode inode(String name) {
    Inode inode = names.get(name);
    if (inode == null) {
      throw new IllegalStateException("no file " + name + " in " + names.keySet());
    }
    return inode;
  }

  /** The process is killed: what it wrote stays. */
  public void kill() {
    dead = false;
    forceFailed = false;
    forgiven = false;
    locks.clear();
    operationsLeft = Long.MAX_VALUE;
    forcesUntilFailure = -1;
    appendsUntilFailure = -1;
  }

  /** The power comes back. */
  public void restart() {
    kill();
    int kept = random.nextInt(pending.size() + 1);
    pending.subList(0, kept).forEach(change -> change.change().apply(forcedNames));
    pending.clear();
    names.clear();
    names.putAll(forcedNames);
    for (Inode inode : new LinkedHashSet<>(names.values())) {
      inode.current = remembered(inode);
      inode.forced = inode.current.clone();
    }
  }

  private byte[] remembered(Inode inode) {
    if (Arrays.equals(inode.current, inode.forced)) {
      return inode.current;
    }
    int a = Math.min(inode.current.length, inode.forced.length);
    int b = Math.max(inode.current.length, inode.forced.length);
    int size =
        switch (random.nextInt(3)) {
          case 0 -> inode.forced.length;
          case 1 -> inode.current.length;
          default -> random.nextInt(a, b + 1);
        };
    byte[] bytes = new byte[size];
    int mood = random.nextInt(3);
    for (int at = 0; at < size; at += SECTOR_BYTES) {
      boolean written = mood == 0 || (mood == 1 && random.nextBoolean());
      byte[] from = written ? inode.current : inode.forced;
      int n = Math.min(SECTOR_BYTES, Math.min(size, from.length) - at);
      if (n > 0) {
        System.arraycopy(from, at, bytes, at, n);
      }
    }
    return bytes;
  }

  private void operation() {
    if (dead || operationsLeft-- <= 0) {
      throw new PowerLoss();
    }
    operations++;
    between.run();
    if (dead) {
      throw new PowerLoss();
    }
  }

  private void failForce() throws IOException {
    if (forcesUntilFailure-- == 0) {
      forceFailed = true;
      throw new IOException("Input/output error");
    }
  }

  private void change(Change change, Set<String> folders) {
    change.apply(names);
    pending.add(new Pending(change, folders));
  }

  private static String folder(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  @Override
  public Optional<Closeable> lock(String name) {
    return locks.add(name) ? Optional.of(() -> locks.remove(name)) : Optional.empty();
  }

  @Override
  public List<String> list(String folder) {
    return names.keySet().stream()
        .filter(name -> folder(name).equals(folder))
        .map(name -> name.substring(name.indexOf('/') + 1))
        .toList();
  }

  @Override
  public DiskWriter create(String name) throws IOException {
    operation();
    if (names.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    Inode inode = new Inode();
    change(to -> to.put(name, inode), Set.of(folder(name)));
    return new Writer(inode);
  }

  @Override
  public DiskWriter append(String name) throws IOException {
    return new Writer(existing(name));
  }

  private Inode existing(String name) throws IOException {
    Inode inode = names.get(name);
    if (inode == null) {
      throw new FileNotFoundException(name);
    }
    return inode;
  }

  @Override
  public DiskReader read(String name) throws IOException {
    return new Reader(existing(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    operation();
    Inode inode = names.get(from);
    if (inode == null) {
      throw new NoSuchFileException(from);
    }
    change(
        names -> {
          names.remove(from);
          names.put(to, inode);
        },
        new HashSet<>(List.of(folder(from), folder(to))));
  }

  @Override
  public void delete(String name) {
    operation();
    if (names.containsKey(name)) {
      change(from -> from.remove(name), Set.of(folder(name)));
    }
  }

  @Override
  public void syncDir(String folder) throws IOException {
    operation();
    failForce();
    int last = -1;
    for (int i = 0; i < pending.size(); i++) {
      if (pending.get(i).folders().contains(folder)) {
        last = i;
      }
    }
    List<Pending> done = pending.subList(0, last + 1);
    done.forEach(change -> change.change().apply(forcedNames));
    done.clear();
  }

  @Override
  public long freeBytes() {
    return capacityBytes - usedBytes();
  }

  public long usedBytes() {
    return names.values().stream().mapToLong(inode -> inode.current.length).sum();
  }

  private final class Writer implements DiskWriter {
    private final Inode inode;

    Writer(Inode inode) {
      this.inode = inode;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      int wanted = bytes.remaining();
      boolean cut = operationsLeft == 0;
      boolean broken = appendsUntilFailure-- == 0;
      int n = cut || broken ? random.nextInt(wanted + 1) : wanted;
      n = Math.clamp(freeBytes(), 0, n);
      int end = inode.current.length;
      inode.current = Arrays.copyOf(inode.current, end + n);
      bytes.get(inode.current, end, n);
      operation();
      if (broken) {
        throw new IOException("Input/output error");
      }
      if (n < wanted) {
        throw new NoSpaceException("No space left on device");
      }
    }

    @Override
    public void truncate(long sizeBytes) {
      operation();
      if (sizeBytes < inode.current.length) {
        inode.current = Arrays.copyOf(inode.current, (int) sizeBytes);
      }
    }

    @Override
    public void force() throws IOException {
      operation();
      failForce();
      inode.forced = inode.current.clone();
    }

    @Override
    public void close() {}
  }

  private final class Reader implements DiskReader {
    private final Inode inode;

    Reader(Inode inode) {
      this.inode = inode;
    }

    @Override
    public long sizeBytes() {
      return inode.current.length;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      boolean touches = position < inode.unreadableTo && position + length > inode.unreadableFrom;
      if (readsFail || touches) {
        throw new IOException("Input/output error");
      }
      int n = Math.clamp(inode.current.length - position, 0, length);
      if (n > 0) {
        System.arraycopy(inode.current, (int) position, into, offset, n);
      }
      return n;
    }

    @Override
    public void close() {}
  }
}
