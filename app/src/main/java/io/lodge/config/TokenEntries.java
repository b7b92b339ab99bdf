package io.lodge.config;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the entries of {@code analytics.tokens}. */
final class TokenEntries {
  private static final int TOKEN_CHARS_MAX = 200;
  private static final String REMEDY = "write {token: …, team: …} with the team's number";

  private TokenEntries() {}

  /** The team of each token. */
  static SortedMap<String, Long> read(Iterable<Node> entries, KeyEntries.Faults faults) {
    SortedMap<String, Long> teams = new TreeMap<>();
    for (Node entry : entries) {
      Map<String, String> fields = fields(entry, faults);
      String token = fields.getOrDefault("token", "");
      String team = fields.getOrDefault("team", "");
      if (token.isEmpty() || token.length() > TOKEN_CHARS_MAX || !team.matches("\\d{1,18}")) {
        faults.add(entry, "cannot use this token", REMEDY);
      } else if (teams.put(token, Long.parseLong(team)) != null) {
        faults.add(entry, "cannot use a token twice", "keep one of its teams");
      }
    }
    return teams;
  }

  private static Map<String, String> fields(Node entry, KeyEntries.Faults faults) {
    Map<String, String> fields = new TreeMap<>();
    if (entry instanceof MappingNode mapping) {
      for (NodeTuple field : mapping.getValue()) {
        String name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
        if (!name.equals("token") && !name.equals("team")) {
          faults.add(
              field.getKeyNode(), "cannot use the field " + name + ": it is unknown", REMEDY);
        } else if (field.getValueNode() instanceof ScalarNode value) {
          fields.put(name, value.getValue());
        }
      }
    }
    return fields;
  }
}
