package io.lodge.route;

import io.lodge.route.when.Signal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rules that decide where records go, what is dropped of them and what is changed. All that are
 * for a record's signal are tried, in order, and each acts on the record as those before it left
 * it. Immutable; equal if their YAML is.
 */
public final class Routing {
  /** Every record goes to its own table, as sent. */
  public static final Routing NONE = new Routing(List.of());

  private final List<RoutingRule> rules;

  Routing(List<RoutingRule> rules) {
    this.rules = List.copyOf(rules);
  }

  public List<RoutingRule> rules() {
    return rules;
  }

  /** The places in {@link #rules} of those that are tried on this signal's records. */
  public int[] on(Signal signal) {
    return IntStream.range(0, rules.size())
        .filter(rule -> rules.get(rule).signals().contains(signal))
        .toArray();
  }

  List<Map<String, Object>> toYaml() {
    return rules.stream().map(RoutingRule::toYaml).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Routing routing && routing.toYaml().equals(toYaml());
  }

  @Override
  public int hashCode() {
    return toYaml().hashCode();
  }

  @Override
  public String toString() {
    return "Routing" + toYaml();
  }
}
