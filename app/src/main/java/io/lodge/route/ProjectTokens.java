package io.lodge.route;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which team the events of a project are of, by the token that its SDKs send.
 *
 * @param teamByToken {@code team_id} by token; numbers are unsigned
 */
public record ProjectTokens(SortedMap<String, Long> teamByToken) {
  /** No token names a team. */
  public static final ProjectTokens NONE = new ProjectTokens(Collections.emptySortedMap());

  /** What {@link #teamOf} says of a token that names no team. */
  public static final long UNKNOWN = -1;

  public ProjectTokens {
    teamByToken = Collections.unmodifiableSortedMap(new TreeMap<>(teamByToken));
  }

  /** The team of the token in this slice, or {@link #UNKNOWN}. */
  public long teamOf(byte[] utf8, int from, int length) {
    return teamByToken.isEmpty()
        ? UNKNOWN
        : teamByToken.getOrDefault(new String(utf8, from, length, StandardCharsets.UTF_8), UNKNOWN);
  }
}
