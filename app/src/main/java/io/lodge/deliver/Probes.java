package io.lodge.deliver;

import io.lodge.base.Backoff;
import io.lodge.base.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tables that take no block until a person acts, such as behind a broken view. Each block that is
 * tried there is stored in the targets that work and in none of the others; after 10,000 of them
 * ClickHouse would have forgotten the token of the first, and would store it twice when the view is
 * mended. So once several have failed, only those are tried again, and another one now and then: it
 * may be the data of the several that is at fault. Thread-safe.
 */
final class Probes {
  /** So many different blocks in a row, and the table is taken for broken. */
  private static final int FAILURES_MAX = 3;

  /** Between blocks that are tried for the first time: in a week, 10,000 at the longest. */
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Time time;
  private final Map<String, Failing> failing = new HashMap<>();

  /** So that nobody waits for anybody while all is well. */
  private volatile boolean allWork = true;

  /** A table that has taken nothing since these tokens failed. */
  private static final class Failing {
    private final Set<String> tokens = new HashSet<>();
    private String reason = "";
    private long nextNanos;
  }

  Probes(Time time) {
    this.time = time;
  }

  /** Why a block may not be sent to the table now; empty if it may. */
  String reasonToWait(String table, String token) {
    return allWork ? "" : reasonAmongFailing(table, token);
  }

  private synchronized String reasonAmongFailing(String table, String token) {
    Failing found = failing.get(table);
    if (found == null || found.tokens.size() < FAILURES_MAX || found.tokens.contains(token)) {
      return "";
    }
    if (time.nanoTime() - found.nextNanos < 0) {
      return found.reason;
    }
    pause(found);
    return "";
  }

  private void pause(Failing found) {
    int others = found.tokens.size() - FAILURES_MAX;
    found.nextNanos = time.nanoTime() + PAUSES.after(others + 1, time.random()).toNanos();
  }

  /** The table did not take the block, and will not until a person acts. */
  synchronized void failed(String table, String token, String reason) {
    Failing found = failing.computeIfAbsent(table, _ -> new Failing());
    found.reason = reason;
    if (found.tokens.add(token)) {
      pause(found);
    }
    allWork = false;
  }

  /** The table has taken a block, or refused it for what is in it. */
  void works(String table) {
    if (!allWork) {
      forget(table);
    }
  }

  private synchronized void forget(String table) {
    failing.remove(table);
    allWork = failing.isEmpty();
  }
}
