package io.lodge.config;

import io.lodge.config.Setting.Origin;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Flattens a YAML document into dotted keys. Says nothing about whether the keys exist. */
final class Yaml {
  private final Origin origin;
  private final Map<String, Setting> settings;
  private final Consumer<Fault> faults;

  private Yaml(Origin origin, Map<String, Setting> settings, Consumer<Fault> faults) {
    this.origin = origin;
    this.settings = settings;
    this.faults = faults;
  }

  /** Adds what {@code text} sets to {@code settings}; a key set twice in it is a fault. */
  static void read(
      String text, Origin origin, Map<String, Setting> settings, Consumer<Fault> faults) {
    try {
      Optional<Node> root = compose(text);
      if (root.isPresent() && !isNull(root.get())) {
        new Yaml(origin, settings, faults).document(root.get());
      }
    } catch (YamlEngineException e) {
      faults.accept(syntax(origin, e));
    }
  }

  static Optional<Node> compose(String text) {
    LoadSettings load =
        LoadSettings.builder().setParseComments(false).setAllowDuplicateKeys(true).build();
    return new Compose(load).composeString(text);
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  static String place(String name, Optional<Mark> mark) {
    return name + mark.map(m -> ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse("");
  }

  private void document(Node root) {
    if (root instanceof MappingNode mapping) {
      section("", mapping, Set.of());
    } else {
      faults.accept(
          new Fault(
              origin.at(root), "", "cannot read settings: not a mapping", "write key: value"));
    }
  }

  private void section(String prefix, MappingNode mapping, Set<MappingNode> outer) {
    if (outer.contains(mapping)) {
      faults.accept(
          new Fault(origin.at(mapping), "", "cannot read an alias of itself", "write it out"));
      return;
    }
    Set<MappingNode> path = new HashSet<>(outer);
    path.add(mapping);
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode name) {
        entry(prefix + name.getValue(), name, entry.getValueNode(), path);
      } else {
        faults.accept(
            new Fault(
                origin.at(entry.getKeyNode()), "", "cannot read a key that is no text", "name it"));
      }
    }
  }

  private void entry(String key, ScalarNode name, Node value, Set<MappingNode> path) {
    if (value instanceof MappingNode mapping) {
      section(key + ".", mapping, path);
      return;
    }
    Setting earlier = settings.get(key);
    Setting setting = new Setting(key, value, origin, origin.at(name));
    if (earlier != null && earlier.origin().equals(origin)) {
      faults.accept(
          new Fault(
              setting.where(),
              key,
              "cannot set it twice: it is set at " + earlier.where() + " already",
              "keep one of the two"));
    }
    settings.put(key, setting);
  }

  /** The parser's own message quotes the text around the fault, which may be a secret: left out. */
  private static Fault syntax(Origin origin, YamlEngineException e) {
    String where = origin.name();
    String problem = "it is not YAML";
    if (e instanceof MarkedYamlEngineException marked) {
      where = origin.hasLines() ? place(where, marked.getProblemMark()) : where;
      problem = marked.getProblem();
    }
    return new Fault(
        where, "", "cannot read YAML: " + problem, "check indentation and quotes near this place");
  }
}
