package io.lodge.api.ask;

import io.lodge.query.run.Guard;
import io.lodge.query.run.QueryFault;
import java.util.concurrent.ConcurrentHashMap;

/** How many questions each user has under way. For any thread. */
final class Slots {
  private final int max;
  private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

  Slots(int max) {
    this.max = max;
  }

  /** Takes one of the user's places, or says that there is none. */
  void take(String user) throws QueryFault {
    int now = taken.merge(user, 1, Integer::sum);
    if (now > max) {
      give(user);
      throw QueryFault.limit(
          Guard.CONCURRENCY,
          "cannot answer now: %d questions of this user are under way; try again, or raise query.max_concurrent"
              .formatted(max));
    }
  }

  /** Gives a place back. */
  void give(String user) {
    taken.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
  }
}
