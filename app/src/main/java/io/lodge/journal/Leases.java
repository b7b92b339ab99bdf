package io.lodge.journal;

import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import io.lodge.bucket.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The leases in a bucket. Each change of a gateway's lease is a new object, numbered one higher
 * than the highest there; the highest counts. An object is put only where there is none, so of two
 * who want one lease at the same time one gets it, and no other condition on writes is needed.
 *
 * <p>Clocks of gateways that share a bucket should be within {@link #CLOCKS_APART} of each other;
 * where they are not, two may send the same segments for a while, under the same tokens.
 * Thread-safe.
 */
public final class Leases {
  /** How long a lease holds: an owner that cannot renew it for so long is taken for dead. */
  public static final Duration TERM = Duration.ofMinutes(2);

  /** How much clocks may differ: so much after its end a lease may be taken. */
  public static final Duration CLOCKS_APART = Duration.ofSeconds(30);

  private final Bucket bucket;

  public Leases(Bucket bucket) {
    this.bucket = bucket;
  }

  /** The highest of a gateway's numbers, and the lease it says. */
  private record Numbered(long number, Lease lease) {}

  /**
   * Makes or renews the lease of a gateway.
   *
   * @return who has it now: {@code holder}, or another whose lease is not over
   */
  public Lease hold(int gateway, int holder, Instant now) throws BucketFault {
    Optional<Numbered> before = highest(gateway);
    if (before.isPresent()) {
      Lease old = before.get().lease();
      if (old.holder() != holder && !isFree(old, now)) {
        return old;
      }
    }
    return put(before, new Lease(gateway, holder, now.plus(TERM)));
  }

  /**
   * Takes the lease of a gateway that is dead.
   *
   * @param force also if its lease is not over
   * @return who has it now; empty if there is no such gateway
   */
  public Optional<Lease> adopt(int gateway, int by, boolean force, Instant now) throws BucketFault {
    Optional<Numbered> before = highest(gateway);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Lease old = before.get().lease();
    if (!force && old.holder() != by && !isFree(old, now)) {
      return Optional.of(old);
    }
    Lease taken = put(before, new Lease(gateway, by, now.plus(TERM)));
    if (taken.holder() == by) {
      putIfAbsent(BucketNames.adopted(by) + BucketNames.gateway(gateway), new byte[0]);
    }
    return Optional.of(taken);
  }

  /** Whether anybody may take it. */
  public static boolean isFree(Lease lease, Instant now) {
    return lease.isOver(now.minus(CLOCKS_APART));
  }

  /** The gateways that this one was told to adopt and has not done with. */
  public List<Integer> adoptedBy(int by) throws BucketFault {
    String prefix = BucketNames.adopted(by);
    List<Integer> gateways = new ArrayList<>();
    bucket.list(
        prefix,
        object ->
            BucketNames.gatewayOf(object.name().substring(prefix.length()))
                .ifPresent(gateways::add));
    return List.copyOf(gateways);
  }

  /** The adoption is over: all is delivered, or another has the lease. */
  public void forget(int gateway, int by) throws BucketFault {
    bucket.delete(BucketNames.adopted(by) + BucketNames.gateway(gateway));
  }

  /** Lets others have the lease at once, or removes it if there is nothing to deliver. */
  public void release(int gateway, int holder, boolean empty) throws BucketFault {
    Optional<Numbered> before = highest(gateway);
    if (before.isEmpty() || before.get().lease().holder() != holder) {
      return;
    }
    if (empty) {
      removeUpTo(gateway, before.get().number());
    } else {
      put(before, new Lease(gateway, holder, Instant.EPOCH));
    }
  }

  /** The leases of all gateways. */
  public List<Lease> all() throws BucketFault {
    NavigableSet<Integer> gateways = new TreeSet<>();
    bucket.list(
        BucketNames.LEASES,
        object ->
            BucketNames.gatewayIn(object.name(), BucketNames.LEASES).ifPresent(gateways::add));
    List<Lease> leases = new ArrayList<>();
    for (int gateway : gateways) {
      highest(gateway).map(Numbered::lease).ifPresent(leases::add);
    }
    return List.copyOf(leases);
  }

  /**
   * Makes sure that the server minds the condition on writes, without which two gateways could take
   * one lease.
   *
   * @param gateway whose lease is there
   */
  public void requireConditions(int gateway) throws BucketFault {
    Optional<Numbered> there = highest(gateway);
    if (there.isEmpty()) {
      return;
    }
    byte[] same = there.get().lease().toBytes();
    if (putIfAbsent(BucketNames.lease(gateway, there.get().number()), same)) {
      throw new BucketFault(
          "cannot use the bucket: its server ignores If-None-Match of a PUT; use one that knows conditional writes");
    }
  }

  private Optional<Numbered> highest(int gateway) throws BucketFault {
    NavigableSet<Long> numbers = numbers(gateway);
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    String name = BucketNames.lease(gateway, numbers.last());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!get(name, bytes)) {
      throw new BucketFault("cannot read the lease %s: it was removed just now".formatted(name));
    }
    Lease lease =
        Lease.parse(gateway, bytes.toByteArray())
            .orElseThrow(() ->
                new BucketFault(
                    "cannot read the lease %s: a newer Lodge wrote it, or another program"
                        .formatted(name)));
    return Optional.of(new Numbered(numbers.last(), lease));
  }

  private NavigableSet<Long> numbers(int gateway) throws BucketFault {
    NavigableSet<Long> numbers = new TreeSet<>();
    String prefix = BucketNames.leases(gateway);
    bucket.list(
        prefix,
        object -> {
          String number = object.name().substring(prefix.length());
          if (number.matches("[0-9a-f]{16}")) {
            numbers.add(HexFormat.fromHexDigitsToLong(number));
          }
        });
    return numbers;
  }

  /** Puts the next number; if somebody was faster, theirs is the lease. */
  private Lease put(Optional<Numbered> before, Lease mine) throws BucketFault {
    long number = before.map(Numbered::number).orElse(0L) + 1;
    boolean mineWasFirst = putIfAbsent(BucketNames.lease(mine.gateway(), number), mine.toBytes());
    // Also if it was: others may be ahead by now, and have removed the one that stood there.
    Numbered now =
        highest(mine.gateway())
            .orElseThrow(() -> new BucketFault("cannot take a lease: it was removed just now"));
    if (mineWasFirst && now.number() == number) {
      removeUpTo(mine.gateway(), number - 1);
    }
    return now.lease();
  }

  private void removeUpTo(int gateway, long last) throws BucketFault {
    for (long number : numbers(gateway).headSet(last, true)) {
      bucket.delete(BucketNames.lease(gateway, number));
    }
  }

  private boolean putIfAbsent(String name, byte[] bytes) throws BucketFault {
    try {
      return bucket.putIfAbsent(name, Content.of(bytes));
    } catch (BucketFault fault) {
      throw fault;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean get(String name, ByteArrayOutputStream to) throws BucketFault {
    try {
      return bucket.get(name, to);
    } catch (BucketFault fault) {
      throw fault;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
