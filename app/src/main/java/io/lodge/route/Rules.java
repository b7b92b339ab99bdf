package io.lodge.route;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * All rules in force at one moment. Immutable. Equal rules have equal text, and the journal keeps
 * the text for as long as a segment names it: a field that is added here is read as its neutral
 * value from older text, and never changes its meaning.
 *
 * @param retention how long teams' events are kept
 * @param pseudonymKey the key of the hash that takes the place of {@code distinct_id}; empty where
 *     ids are stored as sent. It is as secret as the journal beside it, which holds the ids
 * @param tokens teams of projects
 * @param routing where log records go, and what is dropped or changed of them
 */
public record Rules(
    TeamRetention retention, Optional<String> pseudonymKey, ProjectTokens tokens, Routing routing) {
  private static final String ROUTING = "routing";
  private static final String RETENTION = "retention_days_by_team";
  private static final String TOKENS = "teams_by_token";
  private static final String PSEUDONYM_KEY = "pseudonym_key";

  /** Every body becomes the rows it says. */
  public static final Rules NONE = new Rules(TeamRetention.NONE, Optional.empty());

  /** Rules for events alone: log records are stored as sent. */
  public Rules(TeamRetention retention, Optional<String> pseudonymKey) {
    this(retention, pseudonymKey, ProjectTokens.NONE, Routing.NONE);
  }

  /** The same rules for all else, with this routing. */
  public Rules with(Routing newRouting) {
    return new Rules(retention, pseudonymKey, tokens, newRouting);
  }

  /** The same rules for all else, with these tokens. */
  public Rules with(ProjectTokens newTokens) {
    return new Rules(retention, pseudonymKey, newTokens, routing);
  }

  /** The rules as YAML, the same for equal rules; empty for {@link #NONE}. */
  public byte[] toText() {
    Map<String, Object> text = new LinkedHashMap<>();
    if (!retention.daysByTeam().isEmpty()) {
      text.put(RETENTION, retention.daysByTeam());
    }
    pseudonymKey.ifPresent(key -> text.put(PSEUDONYM_KEY, key));
    if (!tokens.teamByToken().isEmpty()) {
      text.put(TOKENS, tokens.teamByToken());
    }
    if (!routing.rules().isEmpty()) {
      text.put(ROUTING, yaml(routing.toYaml()));
    }
    return text.isEmpty() ? new byte[0] : yaml(text).getBytes(StandardCharsets.UTF_8);
  }

  private static String yaml(Object value) {
    return new Dump(DumpSettings.builder().build()).dumpToString(value);
  }

  /**
   * Reads what {@link #toText} wrote.
   *
   * @throws IllegalArgumentException if this build cannot follow these rules
   */
  public static Rules parse(byte[] text) {
    if (text.length == 0) {
      return NONE;
    }
    try {
      Object read =
          new Load(LoadSettings.builder().build())
              .loadFromString(new String(text, StandardCharsets.UTF_8));
      return of(new LinkedHashMap<>((Map<?, ?>) read));
    } catch (YamlEngineException | ClassCastException e) {
      throw new IllegalArgumentException("cannot read rules: " + e.getMessage(), e);
    }
  }

  private static Rules of(Map<?, ?> text) {
    SortedMap<Long, Integer> days = new TreeMap<>();
    if (text.remove(RETENTION) instanceof Map<?, ?> byTeam) {
      byTeam.forEach(
          (team, count) -> days.put(((Number) team).longValue(), ((Number) count).intValue()));
    }
    SortedMap<String, Long> teams = new TreeMap<>();
    if (text.remove(TOKENS) instanceof Map<?, ?> byToken) {
      byToken.forEach((token, team) -> teams.put((String) token, ((Number) team).longValue()));
    }
    Object key = text.remove(PSEUDONYM_KEY);
    Object rules = text.remove(ROUTING);
    if (!text.isEmpty()) {
      throw new IllegalArgumentException("cannot follow rules of a newer build: " + text.keySet());
    }
    return new Rules(
        new TeamRetention(days),
        Optional.ofNullable(key).map(value -> (String) value),
        new ProjectTokens(teams),
        rules == null ? Routing.NONE : RoutingReader.parse((String) rules));
  }
}
