package io.lodge.route;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long the events of teams are kept, where it is not the table's own time.
 *
 * @param daysByTeam whole days by {@code team_id}, each from 1 to {@link #DAYS_MAX}
 */
public record TeamRetention(SortedMap<Long, Integer> daysByTeam) {
  /** 100 years: beyond it a time of expiry passes the range of ClickHouse's {@code DateTime}. */
  public static final int DAYS_MAX = 36_500;

  /** No team has its own. */
  public static final TeamRetention NONE = new TeamRetention(Collections.emptySortedMap());

  public TeamRetention {
    daysByTeam = Collections.unmodifiableSortedMap(new TreeMap<>(daysByTeam));
    for (Map.Entry<Long, Integer> team : daysByTeam.entrySet()) {
      if (team.getValue() < 1 || team.getValue() > DAYS_MAX) {
        throw new IllegalArgumentException(
            "unexpected retention of team %s; got %d days want 1 to %d"
                .formatted(Long.toUnsignedString(team.getKey()), team.getValue(), DAYS_MAX));
      }
    }
  }

  /** The team's days, or {@code otherwise} if it has none of its own. */
  public int days(long teamId, int otherwise) {
    return daysByTeam.getOrDefault(teamId, otherwise);
  }
}
