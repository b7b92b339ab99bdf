package io.lodge.route;

import io.lodge.route.when.Condition;
import io.lodge.route.when.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One rule. Immutable.
 *
 * @param name what metrics and reports call it
 * @param signals the signals whose records it is tried on
 * @param when the condition as written; empty where there is none
 * @param condition the same, compiled
 * @param actions in the order in which they are done
 */
public record RoutingRule(
    String name, Set<Signal> signals, String when, Condition condition, List<Action> actions) {
  /** Where a rule does not say. */
  static final Set<Signal> DEFAULT_SIGNALS = Set.of(Signal.LOGS);

  public RoutingRule {
    signals = Set.copyOf(signals);
    actions = List.copyOf(actions);
  }

  /** The rule as its YAML, the same for equal rules. */
  Map<String, Object> toYaml() {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("name", name);
    if (!signals.equals(DEFAULT_SIGNALS)) {
      yaml.put("signals", signals.stream().sorted().map(Signal::word).toList());
    }
    if (!when.isEmpty()) {
      yaml.put("when", when);
    }
    for (Action action : actions) {
      switch (action) {
        case Action.ParseClickHouse _ -> yaml.put("parse", "clickhouse");
        case Action.ExtractJson extract -> yaml.put("extract", toYaml(extract));
        case Action.Rename rename -> yaml.put("rename", toYaml(rename));
        case Action.Redact redact -> yaml.put("redact", toYaml(redact));
        case Action.Lane lane -> yaml.put("lane", lane.to().word());
        case Action.Sample sample -> yaml.put("sample", sample.oneIn());
        case Action.Drop _ -> yaml.put("drop", true);
        case Action.Stop _ -> yaml.put("stop", true);
      }
    }
    return yaml;
  }

  private static Map<String, String> toYaml(Action.Rename rename) {
    Map<String, String> yaml = new LinkedHashMap<>();
    rename.names().forEach(name -> yaml.put(name.from(), name.to()));
    return yaml;
  }

  private static Map<String, Object> toYaml(Action.ExtractJson extract) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("format", "json");
    if (!extract.body().isEmpty()) {
      yaml.put("body", extract.body());
    }
    return yaml;
  }

  private static Map<String, Object> toYaml(Action.Redact redact) {
    List<String> in = new ArrayList<>();
    if (redact.inBody()) {
      in.add("body");
    }
    if (redact.inAttributes()) {
      in.add("attributes");
    }
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("pattern", redact.redaction().regex());
    yaml.put("with", redact.redaction().replacement());
    if (in.size() == 1) {
      yaml.put("in", in); // both is every text there is, which some signals have no body among
    }
    return yaml;
  }
}
