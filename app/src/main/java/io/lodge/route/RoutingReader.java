package io.lodge.route;

import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.config.Written;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds {@link Routing} from configuration and from the text of segments. */
public final class RoutingReader {
  private RoutingReader() {}

  /**
   * The rules of the configuration, behind the built-in ones.
   *
   * @throws InvalidConfigException with every rule that cannot be used
   */
  public static Routing read(Config.Route route) throws InvalidConfigException {
    List<RoutingRule> rules = new ArrayList<>();
    if (route.builtIn()) {
      rules.addAll(RuleReader.read(Written.parse("rules.yaml", builtIn())));
    }
    List<RoutingRule> own = RuleReader.read(route.rules());
    for (RoutingRule rule : own) {
      if (rules.stream().anyMatch(other -> other.name().equals(rule.name()))) {
        throw new InvalidConfigException(
            List.of(
                route
                    .rules()
                    .fault(
                        route.rules().items().get(own.indexOf(rule)),
                        "cannot use the name " + rule.name() + ": a built-in rule has it",
                        "name it otherwise")));
      }
    }
    rules.addAll(own);
    return rules.isEmpty() ? Routing.NONE : new Routing(rules);
  }

  /**
   * The rules in a text that {@link Routing#toYaml} became.
   *
   * @throws IllegalArgumentException if this build cannot follow them
   */
  static Routing parse(String yaml) {
    try {
      return new Routing(RuleReader.read(Written.parse("rules", yaml)));
    } catch (InvalidConfigException e) {
      throw new IllegalArgumentException("cannot follow rules: " + e.getMessage(), e);
    }
  }

  /** The built-in rules as shipped: what recognises ClickHouse, Keeper and structured bodies. */
  public static String builtIn() {
    try (InputStream in = RoutingReader.class.getResourceAsStream("rules.yaml")) {
      if (in == null) {
        throw new IllegalStateException("rules.yaml is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
