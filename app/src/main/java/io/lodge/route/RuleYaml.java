package io.lodge.route;

import io.lodge.config.Fault;
import io.lodge.config.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The nodes of rules as written, and the faults found in them, each with its place. */
final class RuleYaml {
  private final Written written;
  private final List<Fault> faults = new ArrayList<>();

  RuleYaml(Written written) {
    this.written = written;
  }

  /** What has been found, in order. */
  List<Fault> faults() {
    return faults;
  }

  /** Whether a switch is written at all; only {@code true} can be. */
  boolean isTrue(@Nullable Node node) {
    if (node != null && !text(node).equals("true")) {
      fault(node, "cannot read " + text(node), "write true, or remove the line");
    }
    return node != null;
  }

  /** The members of a mapping; none of a list of known ones means that any may be there. */
  Map<String, Node> mapping(Node node, List<String> known) {
    Map<String, Node> members = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      fault(node, "cannot read this: it is not a mapping", "write key: value");
      return members;
    }
    for (NodeTuple entry : mapping.getValue()) {
      String key = text(entry.getKeyNode());
      if (!known.isEmpty() && !known.contains(key)) {
        fault(
            entry.getKeyNode(),
            "cannot use the field " + key + ": it is unknown",
            "write one of " + String.join(", ", known));
      } else if (members.put(key, entry.getValueNode()) != null) {
        fault(entry.getKeyNode(), "cannot set " + key + " twice", "keep one of the two");
      }
    }
    return members;
  }

  /** The elements of a list; of anything else, itself alone. */
  static List<Node> items(@Nullable Node node) {
    if (node == null) {
      return List.of();
    }
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  /** The text of a scalar; empty for all else. */
  static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** Notes a fault at this place. */
  void fault(Node at, String problem, String remedy) {
    faults.add(written.fault(at, problem, remedy));
  }
}
