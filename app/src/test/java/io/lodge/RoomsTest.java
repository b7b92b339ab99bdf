package io.lodge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of rooms in docs/architecture.md: who may import whom, and nobody in a circle.
 */
class RoomsTest {
  private static final Set<String> EVERYWHERE = Set.of("base", "model", "config");

  /** What each room may import besides {@link #EVERYWHERE}. The root package may import all. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("base", Set.of()),
          Map.entry("model", Set.of()),
          Map.entry("config", Set.of()),
          Map.entry("block", Set.of()),
          Map.entry("bucket", Set.of()),
          Map.entry("engine", Set.of()),
          Map.entry("clickhouse", Set.of()),
          Map.entry("schema", Set.of("clickhouse")),
          Map.entry("journal", Set.of("bucket")),
          Map.entry("lane", Set.of("block")),
          Map.entry("route", Set.of()),
          Map.entry("decode", Set.of("block", "lane", "route")),
          Map.entry("deliver", Set.of("block", "clickhouse")),
          Map.entry(
              "ingest", Set.of("journal", "bucket", "decode", "deliver", "block", "lane", "route")),
          Map.entry("receive", Set.of("ingest")),
          Map.entry("query", Set.of("clickhouse", "schema")),
          Map.entry("canary", Set.of("query")),
          Map.entry("api", Set.of("clickhouse", "query", "canary")),
          Map.entry("kafka", Set.of("ingest", "journal")),
          Map.entry("ship", Set.of()));

  /**
   * What the three common rooms may import of each other: base nothing, so that it stays the base.
   */
  private static final Map<String, Set<String>> COMMON =
      Map.of("base", Set.of(), "model", Set.of("base"), "config", Set.of("base", "model"));

  private final JavaClasses product =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.lodge");

  @Test
  void everyRoomImportsOnlyWhatItMay() {
    Map<String, Set<String>> forbidden = new LinkedHashMap<>();
    imports()
        .forEach((room, targets) -> {
          Set<String> excess = new TreeSet<>(targets);
          excess.removeAll(allowed(room));
          if (!excess.isEmpty()) {
            forbidden.put(room, excess);
          }
        });
    assertThat(forbidden).as("room → rooms that it imports and must not").isEmpty();
  }

  @Test
  void everyRoomIsInTheTable() {
    assertThat(imports().keySet()).isSubsetOf(MAY_IMPORT.keySet());
  }

  @Test
  void noRoomsImportEachOtherInACircle() {
    Map<String, Set<String>> graph = imports();
    for (String room : graph.keySet()) {
      assertThat(reachable(room, graph)).as("rooms reachable from " + room).doesNotContain(room);
    }
  }

  private static Set<String> allowed(String room) {
    Set<String> allowed = new HashSet<>(COMMON.getOrDefault(room, EVERYWHERE));
    allowed.addAll(MAY_IMPORT.getOrDefault(room, Set.of()));
    return allowed;
  }

  private Map<String, Set<String>> imports() {
    return product.stream()
        .filter(type -> !room(type).isEmpty())
        .collect(
            Collectors.groupingBy(
                RoomsTest::room,
                LinkedHashMap::new,
                Collectors.flatMapping(
                    type ->
                        type.getDirectDependenciesFromSelf().stream()
                            .map(dependency -> dependency.getTargetClass())
                            .filter(target -> target.getPackageName().startsWith("io.lodge"))
                            .map(target -> room(target).isEmpty() ? "root" : room(target))
                            .filter(target -> !target.equals(room(type))),
                    Collectors.toCollection(TreeSet::new))));
  }

  private static Set<String> reachable(String from, Map<String, Set<String>> graph) {
    Set<String> seen = new HashSet<>();
    Set<String> next = new HashSet<>(graph.getOrDefault(from, Set.of()));
    while (!next.isEmpty()) {
      seen.addAll(next);
      next =
          next.stream()
              .flatMap(room -> graph.getOrDefault(room, Set.of()).stream())
              .filter(room -> !seen.contains(room))
              .collect(Collectors.toSet());
    }
    return seen;
  }

  /** The first package below io.lodge; empty for the root package. */
  private static String room(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    return parts.length < 3 ? "" : parts[2];
  }
}
