package io.lodge.ingest;

import io.lodge.base.Backoff;
import io.lodge.base.Time;
import io.lodge.bucket.BucketFault;
import io.lodge.journal.Lease;
import io.lodge.journal.Leases;
import io.lodge.journal.SegmentBucket;
import io.lodge.journal.SegmentId;
import io.lodge.journal.SegmentInBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the leases of this gateway and of those that it adopted, and puts what their leases cover
 * in line. Nothing is moved or fetched before it has the lease and has seen what is there.
 */
final class BucketKeeper {
  private static final Logger log = LoggerFactory.getLogger(BucketKeeper.class);

  /** Often enough that a lease outlives two tries that fail; each costs a few requests. */
  private static final Duration RENEW = Leases.TERM.dividedBy(4);

  /** Until what a thread had in hand when a lease was lost is where it belongs. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  /** As {@link Backlog}'s: more than are fetched, or decided on and not deleted, at a time. */
  private static final int IN_FLIGHT_MAX = 64;

  private final SegmentBucket bucket;
  private final Leases leases;
  private final Backlog backlog;
  private final WaitingLine line;
  private final BucketHealth health;
  private final Time time;
  private final int own;
  private final Set<Integer> seen = new HashSet<>();

  /** What of each gateway another delivers, as far as it was in line here. */
  private final Map<Integer, List<SegmentId>> handedOver = new HashMap<>();

  /** Of which it is said already that another has them. */
  private final Set<Integer> lost = new HashSet<>();

  private boolean conditionsHold;
  private int failures;
  private volatile boolean held;

  /** Whether what this gateway has in the bucket is in line, all of it. */
  private volatile boolean known;

  private volatile long heldUntilNanos;

  BucketKeeper(SegmentBucket bucket, Backlog backlog, BucketHealth health, Time time) {
    this.bucket = bucket;
    leases = bucket.leases();
    this.backlog = backlog;
    line = backlog.line();
    this.health = health;
    this.time = time;
    own = bucket.gateway();
  }

  /** Whether this gateway may use the bucket now. */
  boolean holds() {
    return held && heldUntilNanos - time.nanoTime() > 0;
  }

  /**
   * Whether all that this gateway has in the bucket is in line, but for what is in quarantine
   * there: not before the bucket was seen, and not while another gateway delivers it.
   */
  boolean knowsOwn() {
    return known;
  }

  /** Renews what it holds; returns how long to wait before the next turn. */
  Duration turn() {
    try {
      boolean done = renewOwn();
      done &= renewAdopted();
      failures = 0;
      return done ? RENEW : LOOK;
    } catch (BucketFault fault) {
      health.failed(fault);
      return BACKOFF.after(++failures, time.random());
    }
  }

  /** False if it is not done with yet. */
  private boolean renewOwn() throws BucketFault {
    long nowNanos = time.nanoTime();
    Lease lease = leases.hold(own, own, time.instant());
    if (lease.holder() != own) {
      known = false;
      held = false;
      lost(own, lease);
      return true;
    }
    if (!conditionsHold) {
      leases.requireConditions(own);
      conditionsHold = true;
    }
    // What is being moved is in both places for a while, and must not be taken for a leftover.
    if ((isNew(own) && line.isMoving()) || !takeOver(own)) {
      return false;
    }
    known = true;
    heldUntilNanos = nowNanos + Leases.TERM.toNanos();
    if (!held) {
      health.worked();
    }
    held = true;
    return true;
  }

  private boolean renewAdopted() throws BucketFault {
    boolean done = true;
    for (int gateway : leases.adoptedBy(own)) {
      Lease lease = leases.hold(gateway, own, time.instant());
      if (lease.holder() != own) {
        lost(gateway, lease);
        leases.forget(gateway, own);
      } else if (isNew(gateway)) {
        done &= takeOver(gateway);
      } else if (hasNone(gateway) && bucket.hasAny(gateway)) {
        // Moved there since by its owner, that had not heard yet.
        seen.remove(gateway);
        done = false;
      } else if (hasNone(gateway)) {
        leases.release(gateway, own, true);
        leases.forget(gateway, own);
        seen.remove(gateway);
        log.info("all that gateway {} had in the bucket is delivered", hex(gateway));
      }
    }
    return done;
  }

  private boolean isNew(int gateway) {
    return !seen.contains(gateway);
  }

  /** Whether nothing of it is in hand here. */
  private boolean hasNone(int gateway) {
    return !line.hasAwayOf(gateway) && bucket.fetched() == 0 && bucket.duties() == 0;
  }

  /**
   * Puts what is there in line, once. Which of it was being sent is not known: the oldest.
   *
   * @return false if that must wait, for one of them is being fetched since before the lease was
   *     lost
   */
  private boolean takeOver(int gateway) throws BucketFault {
    if (!isNew(gateway)) {
      return true;
    }
    if (line.isFetching(gateway)) {
      return false;
    }
    handOver(gateway); // what was given back since the lease was lost: it is found anew
    List<SegmentInBucket> found = bucket.takeOver(gateway);
    Set<SegmentId> there = new HashSet<>();
    for (int i = 0; i < found.size(); i++) {
      backlog.foundAway(found.get(i), i < IN_FLIGHT_MAX);
      there.add(found.get(i).id());
    }
    handedOver.getOrDefault(gateway, List.of()).stream()
        .filter(id -> !there.contains(id))
        .forEach(backlog::decidedElsewhere);
    handedOver.remove(gateway);
    seen.add(gateway);
    lost.remove(gateway);
    if (!found.isEmpty()) {
      log.info(
          "{} segments{} wait in the bucket",
          found.size(),
          gateway == own ? "" : " of gateway " + hex(gateway));
    }
    return true;
  }

  private void lost(int gateway, Lease lease) {
    seen.remove(gateway);
    if (lost.add(gateway)) {
      log.warn(
          "gateway {} delivers what gateway {} has in the bucket, until {}",
          hex(lease.holder()),
          hex(gateway),
          lease.until());
    }
    handOver(gateway);
  }

  /** What waits in line and is not this gateway's to deliver any more. */
  private void handOver(int gateway) {
    for (SegmentInBucket object : line.dropAwayOf(gateway)) {
      bucket.isGone(object);
      backlog.handedOver(object.id());
      handedOver.computeIfAbsent(gateway, _ -> new ArrayList<>()).add(object.id());
    }
  }

  /** Lets others have the leases: what is left may be adopted at once. */
  void release() throws BucketFault {
    if (!held) {
      return;
    }
    held = false;
    boolean empty = bucket.counters().objects() == 0;
    leases.release(own, own, empty);
    for (int gateway : leases.adoptedBy(own)) {
      leases.release(gateway, own, false);
    }
  }

  private static String hex(int gateway) {
    return HexFormat.of().toHexDigits(gateway);
  }
}
