package io.lodge.config;

import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The configuration for people. Secrets are masked. */
public final class ConfigText {
  private ConfigText() {}

  /** The shipped defaults with their comments: the reference, and a file to start from. */
  public static String defaults() {
    return Settings.defaultYaml();
  }

  /**
   * The settings in force as YAML that can be used again; what is not a default says where it was
   * set.
   *
   * @throws InvalidConfigException with every fault found
   */
  public static String effective(ConfigSource source) throws InvalidConfigException {
    Settings settings = Settings.load(source);
    ConfigReader.read(settings, source.insecure());
    StringBuilder out = new StringBuilder();
    String[] above = {};
    for (Setting shipped : settings.defaults().values()) {
      Setting setting = settings.get(shipped.key());
      String[] path = setting.key().split("\\.");
      int shared = sharedSections(above, path);
      for (int depth = shared; depth < path.length - 1; depth++) {
        out.append("  ".repeat(depth)).append(path[depth]).append(":\n");
      }
      out.append("  ".repeat(path.length - 1)).append(path[path.length - 1]).append(": ");
      out.append(value(setting));
      out.append(setting.equals(shipped) ? "\n" : "  # " + setting.where() + "\n");
      above = path;
    }
    return out.toString();
  }

  private static int sharedSections(String[] above, String[] path) {
    int shared = 0;
    while (shared < Math.min(above.length, path.length) - 1 && above[shared].equals(path[shared])) {
      shared++;
    }
    return shared;
  }

  static String value(Setting setting) {
    if (Secrets.KEYS.contains(setting.key()) && setting.node() instanceof ScalarNode scalar) {
      return quoted(Secrets.masked(scalar.getValue()));
    }
    return value(setting.node());
  }

  private static String value(Node node) {
    return switch (node.getNodeType()) {
      case SCALAR -> quoted(((ScalarNode) node).getValue());
      case SEQUENCE ->
          ((SequenceNode) node)
              .getValue().stream()
                  .map(ConfigText::value)
                  .collect(Collectors.joining(", ", "[", "]"));
      case MAPPING ->
          ((MappingNode) node)
              .getValue().stream()
                  .map(entry -> value(entry.getKeyNode()) + ": " + value(entry.getValueNode()))
                  .collect(Collectors.joining(", ", "{", "}"));
      case ANCHOR -> throw new IllegalStateException("composed YAML has no open anchors");
    };
  }

  /** Plain where YAML reads it back as it stands, else in double quotes. */
  private static String quoted(String text) {
    if (text.matches("[A-Za-z0-9_/.$~-][A-Za-z0-9_/.:$~-]*") && !text.endsWith(":")) {
      return text;
    }
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
