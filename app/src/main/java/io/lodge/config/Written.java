package io.lodge.config;

import io.lodge.config.Setting.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A list as written, for the room that knows what its items mean; it says where each stands. */
public final class Written {
  private final String key;
  private final Origin origin;
  private final List<Node> items;

  Written(String key, Origin origin, List<Node> items) {
    this.key = key;
    this.origin = origin;
    this.items = List.copyOf(items);
  }

  /**
   * The items of a YAML document that is a list.
   *
   * @param name what faults call the document
   * @throws InvalidConfigException if it is no list
   */
  public static Written parse(String name, String yaml) throws InvalidConfigException {
    Origin origin = new Origin(name, Path.of(""), true);
    try {
      Optional<Node> root = Yaml.compose(yaml);
      if (root.isPresent() && root.get() instanceof SequenceNode list) {
        return new Written("", origin, list.getValue());
      }
      throw new InvalidConfigException(
          List.of(new Fault(name, "", "cannot read it: it is no list", "begin each item with -")));
    } catch (YamlEngineException e) {
      String where =
          e instanceof MarkedYamlEngineException marked
              ? Yaml.place(name, marked.getProblemMark())
              : name;
      throw new InvalidConfigException(
          List.of(
              new Fault(
                  where, "", "cannot read YAML", "check indentation and quotes near this place")));
    }
  }

  /** The items, in order. */
  public List<Node> items() {
    return items;
  }

  /** A fault at one place in the list. */
  public Fault fault(Node at, String problem, String remedy) {
    return new Fault(origin.at(at), key, problem, remedy);
  }

  @Override
  public String toString() {
    return key + items.stream().map(origin::at).toList();
  }
}
