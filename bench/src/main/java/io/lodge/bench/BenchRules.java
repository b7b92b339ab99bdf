package io.lodge.bench;

import io.lodge.config.Config;
import io.lodge.config.ConfigSource;
import io.lodge.config.InvalidConfigException;
import io.lodge.route.RoutingReader;
import io.lodge.route.Rules;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sets of routing rules whose cost is measured. None of them changes a record of the benchmark. */
final class BenchRules {
  private BenchRules() {}

  /**
   * The set with this name: {@code none}; {@code built_in}; {@code resourceN}, which ask for the
   * resource; {@code recordN}, which compare a text and a number of each record; {@code matchN},
   * which look for a pattern in each body.
   */
  static Rules of(String name) {
    String kind = name.replaceAll("\\d", "");
    String condition =
        switch (kind) {
          case "resource" -> "resource.attributes[\"service.name\"] == \"nobody-%d\"";
          case "record" ->
              "record.severity_number < 0 || record.attributes[\"http.route\"] == \"/none-%d\"";
          case "match" -> "record.body.matches(\"no-such-(text|word)-%d$\")";
          default -> "";
        };
    int count = condition.isEmpty() ? 0 : Integer.parseInt(name.substring(kind.length()));
    String rules =
        IntStream.range(0, count)
            .mapToObj(
                i -> "{name: r%d, drop: true, when: '%s'}".formatted(i, condition.formatted(i)))
            .collect(Collectors.joining(", ", "[", "]"));
    try {
      return Rules.NONE.with(
          RoutingReader.read(
              Config.load(
                      ConfigSource.ofOverrides(
                          List.of(
                              "route.built_in=" + kind.equals("built_in"), "route.rules=" + rules)))
                  .route()));
    } catch (InvalidConfigException e) {
      throw new IllegalStateException(e);
    }
  }
}
