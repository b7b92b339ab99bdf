package io.lodge.api;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the last statements of {@code /api/sql} ended, by ClickHouse's query id: a stream that breaks
 * off cannot say why itself. For any thread.
 */
final class RecentQueries {
  /** Of those that ended; who asks does so at once. */
  private static final int ENDED_MAX = 200;

  /** What became of a statement. */
  sealed interface State {
    /** Its rows are still being sent. */
    record Running() implements State {}

    /** All of its rows were sent. */
    record Finished() implements State {}

    /** Nobody waited for the rest. */
    record Cancelled() implements State {}

    /** ClickHouse broke it off. */
    record Failed(SqlReply.Refused why) implements State {}
  }

  private final Map<String, State> states = new LinkedHashMap<>();

  /** Its rows begin. */
  synchronized void begun(String queryId) {
    states.put(queryId, new State.Running());
  }

  /** Its answer is about to end: to be said before, so that who sees the end finds the reason. */
  synchronized void ended(String queryId, State state) {
    states.remove(queryId); // to the end of the line
    states.put(queryId, state);
    Iterator<State> oldest = states.values().iterator();
    for (int excess = states.size() - ENDED_MAX; excess > 0 && oldest.hasNext(); ) {
      if (!(oldest.next() instanceof State.Running)) {
        oldest.remove();
        excess--;
      }
    }
  }

  synchronized Optional<State> of(String queryId) {
    return Optional.ofNullable(states.get(queryId));
  }
}
