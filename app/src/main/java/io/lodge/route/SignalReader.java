package io.lodge.route;

import io.lodge.route.when.Condition;
import io.lodge.route.when.Signal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads which signals a rule acts on, and refuses what has no meaning for one of them. */
final class SignalReader {
  private static final String REMEDY = "write signals: logs, traces or events, or a list of these";

  /** Only log records have a body and a choice of lanes. */
  private static final List<String> OF_LOGS = List.of("parse", "extract", "lane");

  private SignalReader() {}

  static Set<Signal> read(RuleYaml yaml, @Nullable Node node) {
    if (node == null) {
      return RoutingRule.DEFAULT_SIGNALS;
    }
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    for (Node item : RuleYaml.items(node)) {
      Signal.of(RuleYaml.text(item))
          .ifPresentOrElse(
              signals::add, () -> yaml.fault(item, "cannot act on " + RuleYaml.text(item), REMEDY));
    }
    if (RuleYaml.items(node).isEmpty()) {
      yaml.fault(node, "cannot use a rule that acts on nothing", REMEDY);
    }
    return signals;
  }

  /** Checks a rule's actions. */
  static void check(RuleYaml yaml, Map<String, Node> fields, Set<Signal> signals) {
    for (Signal signal : signals) {
      if (signal == Signal.LOGS) {
        continue;
      }
      for (String action : OF_LOGS) {
        Node node = fields.get(action);
        if (node != null) {
          yaml.fault(
              node,
              "cannot %s %s: only log records have a body and a choice of lanes"
                  .formatted(action.equals("lane") ? "choose the lane of" : action, signal.word()),
              "write signals: logs, or one of rename, redact, sample, drop, stop");
        }
      }
      Node redact = fields.get("redact");
      if (redact != null && namesBody(redact)) {
        yaml.fault(
            redact,
            "cannot redact the body of %s: they have none".formatted(signal.word()),
            "write in: attributes, or leave in: out for every text");
      }
    }
  }

  private static boolean namesBody(Node redact) {
    return redact instanceof MappingNode mapping
        && mapping.getValue().stream()
            .filter(entry -> RuleYaml.text(entry.getKeyNode()).equals("in"))
            .flatMap(entry -> RuleYaml.items(entry.getValueNode()).stream())
            .anyMatch(item -> RuleYaml.text(item).equals("body"));
  }

  /** Checks what a rule's condition asks for. */
  static void check(RuleYaml yaml, Node when, Condition condition, Set<Signal> signals) {
    for (Signal signal : signals) {
      condition
          .missingIn(signal)
          .ifPresent(path ->
              yaml.fault(
                  when,
                  "cannot ask for %s of %s: they have none".formatted(path, signal.word()),
                  "take %s out of signals, or the value out of the condition"
                      .formatted(signal.word())));
    }
  }
}
