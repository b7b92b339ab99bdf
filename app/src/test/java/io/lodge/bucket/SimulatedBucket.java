package io.lodge.bucket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A bucket in memory whose calls fail, before they are done or after, as often as it is told to. It
 * outlives the processes that use it. Thread-safe.
 */
public final class SimulatedBucket implements Bucket {
  private record Kept(byte[] bytes, Instant modified) {}

  private final TreeMap<String, Kept> objects = new TreeMap<>();
  private final RandomGenerator random;
  private final Supplier<Instant> clock;
  private double faults;
  private int damages;

  public SimulatedBucket(RandomGenerator random, Supplier<Instant> clock) {
    this.random = random;
    this.clock = clock;
  }

  /** The part of calls that fail, from 0 to 1; half of them after they were done. */
  public synchronized void fail(double part) {
    faults = part;
  }

  /** So many of the next downloads have a flipped bit; the objects are as before. */
  public synchronized void damageDownloads(int count) {
    damages = count;
  }

  /** Flips a bit of an object. */
  public synchronized void damage(String name) {
    byte[] bytes = kept(name).bytes();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
  }

  public synchronized List<String> names() {
    return new ArrayList<>(objects.keySet());
  }

  public synchronized byte[] bytes(String name) {
    return kept(name).bytes().clone();
  }

  private Kept kept(String name) {
    Kept kept = objects.get(name);
    if (kept == null) {
      throw new IllegalStateException("no object " + name);
    }
    return kept;
  }

  /** Half of the faults come before the call, half behind it. */
  private boolean mayFail(String verb, String name) throws BucketFault {
    boolean fails = random.nextDouble() < faults;
    if (fails && random.nextBoolean()) {
      throw fault(verb, name);
    }
    return fails;
  }

  private static BucketFault fault(String verb, String name) {
    return new BucketFault("cannot " + verb + " " + name + ": simulated");
  }

  @Override
  public synchronized boolean putIfAbsent(String name, Content content) throws IOException {
    boolean fails = mayFail("put", name);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = content.open()) {
      in.transferTo(bytes);
    }
    boolean put = objects.putIfAbsent(name, new Kept(bytes.toByteArray(), clock.get())) == null;
    if (fails) {
      throw fault("put", name);
    }
    return put;
  }

  @Override
  public synchronized boolean get(String name, OutputStream to) throws IOException {
    boolean fails = mayFail("get", name);
    Kept kept = objects.get(name);
    if (kept == null) {
      return false;
    }
    byte[] bytes = kept.bytes().clone();
    if (damages > 0) {
      damages--;
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    to.write(bytes, 0, fails ? random.nextInt(bytes.length + 1) : bytes.length);
    if (fails) {
      throw fault("get", name);
    }
    return true;
  }

  @Override
  public synchronized Optional<StoredObject> find(String name) throws BucketFault {
    if (mayFail("find", name)) {
      throw fault("find", name);
    }
    return Optional.ofNullable(objects.get(name))
        .map(kept -> new StoredObject(name, kept.bytes().length, kept.modified()));
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> visitor) throws BucketFault {
    List<StoredObject> found = new ArrayList<>();
    synchronized (this) {
      if (mayFail("list", prefix)) {
        throw fault("list", prefix);
      }
      for (Map.Entry<String, Kept> entry : objects.tailMap(prefix).entrySet()) {
        if (!entry.getKey().startsWith(prefix)) {
          break;
        }
        Kept kept = entry.getValue();
        found.add(new StoredObject(entry.getKey(), kept.bytes().length, kept.modified()));
      }
    }
    found.forEach(visitor);
  }

  @Override
  public synchronized void copy(String from, String to) throws BucketFault {
    boolean fails = mayFail("copy", from);
    Kept kept = objects.get(from);
    if (kept == null) {
      throw fault("copy", from);
    }
    objects.put(to, new Kept(kept.bytes().clone(), clock.get()));
    if (fails) {
      throw fault("copy", from);
    }
  }

  @Override
  public synchronized void delete(String name) throws BucketFault {
    boolean fails = mayFail("delete", name);
    objects.remove(name);
    if (fails) {
      throw fault("delete", name);
    }
  }

  @Override
  public void close() {}
}
