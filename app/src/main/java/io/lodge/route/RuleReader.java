package io.lodge.route;

import io.lodge.config.InvalidConfigException;
import io.lodge.config.Written;
import io.lodge.route.when.BadConditionException;
import io.lodge.route.when.Condition;
import io.lodge.route.when.ConditionCompiler;
import io.lodge.route.when.Signal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads rules from YAML and compiles them. Every fault is found, with its line and remedy. */
final class RuleReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final int RULES_MAX = 500;
  private static final int RENAMES_MAX = 100;

  /** One in so many: beyond it a sample is a drop. */
  private static final int ONE_IN_MAX = 1_000_000;

  private static final int REPLACEMENT_CHARS_MAX = 1000;

  private static final List<String> FIELDS =
      List.of(
          "name", "signals", "when", "parse", "extract", "rename", "redact", "lane", "sample",
          "drop", "stop");

  private final RuleYaml yaml;
  private final Written written;
  private @Nullable ConditionCompiler compiler;

  private RuleReader(Written written) {
    this.written = written;
    yaml = new RuleYaml(written);
  }

  /**
   * Reads a list of rules.
   *
   * @throws InvalidConfigException with every fault found
   */
  static List<RoutingRule> read(Written written) throws InvalidConfigException {
    RuleReader reader = new RuleReader(written);
    List<RoutingRule> rules = reader.rules();
    if (!reader.yaml.faults().isEmpty()) {
      throw new InvalidConfigException(reader.yaml.faults());
    }
    return rules;
  }

  private List<RoutingRule> rules() {
    List<RoutingRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node node : written.items()) {
      if (rules.size() == RULES_MAX) {
        yaml.fault(node, "cannot use more than " + RULES_MAX + " rules", "merge some");
        break;
      }
      Map<String, Node> fields = yaml.mapping(node, FIELDS);
      String name = RuleYaml.text(fields.get("name"));
      if (!NAME.matcher(name).matches()) {
        yaml.fault(
            fields.getOrDefault("name", node),
            "cannot use a rule without a name of its own",
            "write name: with lower-case letters, digits, dots and dashes");
      } else if (!names.add(name)) {
        yaml.fault(node, "cannot use the name " + name + " twice", "name each rule its own");
      }
      rules.add(rule(name, node, fields));
    }
    return rules;
  }

  private RoutingRule rule(String name, Node node, Map<String, Node> fields) {
    List<Action> actions = new ArrayList<>();
    parse(fields.get("parse"), actions);
    extract(fields.get("extract"), actions);
    rename(fields.get("rename"), actions);
    redact(fields.get("redact"), actions);
    lane(fields.get("lane"), actions);
    sample(fields.get("sample"), actions);
    if (yaml.isTrue(fields.get("drop"))) {
      if (!actions.isEmpty()) {
        yaml.fault(node, "cannot do anything else with what is dropped", "keep drop alone");
      }
      actions.add(new Action.Drop());
    }
    if (yaml.isTrue(fields.get("stop"))) {
      actions.add(new Action.Stop());
    }
    if (actions.isEmpty()) {
      yaml.fault(
          node,
          "cannot use a rule that does nothing",
          "write one of parse, extract, rename, redact, lane, sample, drop, stop");
    }
    Set<Signal> signals = SignalReader.read(yaml, fields.get("signals"));
    SignalReader.check(yaml, fields, signals);
    Node when = fields.get("when");
    return new RoutingRule(name, signals, RuleYaml.text(when), condition(when, signals), actions);
  }

  private Condition condition(@Nullable Node node, Set<Signal> signals) {
    if (node == null) {
      return Condition.ALWAYS;
    }
    Condition condition = compile(node);
    SignalReader.check(yaml, node, condition, signals);
    return condition;
  }

  private Condition compile(Node node) {
    if (compiler == null) {
      compiler = new ConditionCompiler();
    }
    try {
      return compiler.compile(RuleYaml.text(node));
    } catch (BadConditionException e) {
      yaml.fault(
          node,
          "cannot compile the condition: " + e.getMessage(),
          "write CEL over resource, scope, record, signal, tenant; see docs/routing.md");
      return Condition.ALWAYS;
    }
  }

  private void parse(@Nullable Node node, List<Action> actions) {
    if (node == null) {
      return;
    }
    if (!RuleYaml.text(node).equals("clickhouse")) {
      yaml.fault(node, "cannot parse this format", "write parse: clickhouse");
    }
    actions.add(new Action.ParseClickHouse());
  }

  private void extract(@Nullable Node node, List<Action> actions) {
    if (node == null) {
      return;
    }
    Map<String, Node> fields =
        node instanceof MappingNode ? yaml.mapping(node, List.of("format", "body")) : Map.of();
    String format = RuleYaml.text(fields.getOrDefault("format", node));
    if (!format.equals("json")) {
      yaml.fault(node, "cannot extract from this format", "write extract: json");
    }
    actions.add(new Action.ExtractJson(RuleYaml.text(fields.get("body"))));
  }

  private void rename(@Nullable Node node, List<Action> actions) {
    if (node == null) {
      return;
    }
    List<Action.Name> names = new ArrayList<>();
    yaml.mapping(node, List.of())
        .forEach((from, to) -> names.add(new Action.Name(from, RuleYaml.text(to))));
    boolean nameless = names.stream().anyMatch(name -> name.to().isEmpty());
    if (names.isEmpty() || names.size() > RENAMES_MAX || nameless) {
      yaml.fault(node, "cannot rename", "write rename: {old: new}, at most " + RENAMES_MAX);
    }
    actions.add(new Action.Rename(names));
  }

  private void redact(@Nullable Node node, List<Action> actions) {
    if (node == null) {
      return;
    }
    Map<String, Node> fields = yaml.mapping(node, List.of("pattern", "with", "in"));
    Set<String> in = new HashSet<>();
    RuleYaml.items(fields.get("in")).forEach(item -> in.add(RuleYaml.text(item)));
    if (!Set.of("body", "attributes").containsAll(in)) {
      yaml.fault(
          node, "cannot redact there", "write in: [body, attributes], or leave it out for both");
    }
    String with = fields.containsKey("with") ? RuleYaml.text(fields.get("with")) : "[redacted]";
    String pattern = RuleYaml.text(fields.get("pattern"));
    if (pattern.isEmpty() || with.length() > REPLACEMENT_CHARS_MAX) {
      yaml.fault(
          node,
          "cannot redact without a pattern, or with a long replacement",
          "write pattern: and with: of at most " + REPLACEMENT_CHARS_MAX + " characters");
      return;
    }
    try {
      actions.add(
          new Action.Redact(
              new Redaction(pattern, with),
              in.isEmpty() || in.contains("body"),
              in.isEmpty() || in.contains("attributes")));
    } catch (IllegalArgumentException e) {
      yaml.fault(node, "cannot use the pattern: " + e.getMessage(), "write RE2's syntax");
    }
  }

  private void lane(@Nullable Node node, List<Action> actions) {
    if (node == null) {
      return;
    }
    Optional<Destination> to = Destination.of(RuleYaml.text(node));
    if (to.isEmpty()) {
      yaml.fault(
          node,
          "cannot send records to " + RuleYaml.text(node),
          "write lane: generic_logs, server_text_log or keeper_log");
    }
    to.ifPresent(destination -> actions.add(new Action.Lane(destination)));
  }

  private void sample(@Nullable Node node, List<Action> actions) {
    if (node == null) {
      return;
    }
    String text = RuleYaml.text(node);
    int oneIn = text.matches("\\d{1,7}") ? Integer.parseInt(text) : 0;
    if (oneIn < 2 || oneIn > ONE_IN_MAX) {
      yaml.fault(
          node,
          "cannot keep one record in " + text,
          "write sample: with a whole number from 2 to " + ONE_IN_MAX);
    }
    actions.add(new Action.Sample(oneIn));
  }
}
