package io.lodge.deploy;

import static io.lodge.deploy.AgentFiles.at;
import static io.lodge.deploy.AgentFiles.list;
import static io.lodge.deploy.AgentFiles.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names within a file that refer to each other: what the agent's own check would say first. */
final class AgentNamesTest {
  private static final Pattern ALLOY_BLOCK =
      Pattern.compile("^([a-z_0-9.]+) \"(\\w+)\" \\{", Pattern.MULTILINE);
  private static final Pattern ALLOY_REFERENCE =
      Pattern.compile(
          "\\b((?:discovery|local|loki|otelcol|prometheus)\\.[a-z_0-9.]+)"
              + "\\.(output|targets|receiver|input|handler)\\b");

  @ParameterizedTest
  @ValueSource(strings = {"agent", "gateway"})
  void everyPartOfACollectorIsDeclaredAndUsed(String role) {
    Object config = AgentFiles.document("otel-collector/" + role + "/config.yaml");
    for (String kind : new String[] {"receivers", "processors", "exporters"}) {
      Set<Object> used = new TreeSet<>();
      map(at(config, "service", "pipelines"))
          .values()
          .forEach(pipeline -> used.addAll(list(at(pipeline, kind))));
      assertThat(used).as(kind).isEqualTo(new TreeSet<>(map(at(config, kind)).keySet()));
    }
    assertThat(new TreeSet<>(list(at(config, "service", "extensions"))))
        .isEqualTo(new TreeSet<>(map(at(config, "extensions")).keySet()));
  }

  /** The promise of the file's header, where a changed default would break it in silence. */
  @ParameterizedTest
  @ValueSource(strings = {"agent", "gateway"})
  void aCollectorAsksForEverAndKeepsItsQueueOnDisk(String role) {
    Object config = AgentFiles.document("otel-collector/" + role + "/config.yaml");
    Object exporter = at(config, "exporters", "otlp_http/lodge");
    assertThat(at(exporter, "retry_on_failure", "max_elapsed_time")).isEqualTo(0);
    assertThat(at(exporter, "sending_queue", "storage")).isEqualTo("file_storage");
    assertThat(at(exporter, "sending_queue", "block_on_overflow")).isEqualTo(true);
    assertThat(at(config, "extensions", "file_storage", "fsync")).isEqualTo(true);
  }

  @Test
  void everyPartOfAlloyIsDeclaredOnceAndUsed() {
    String text = AgentFiles.text("alloy/config.alloy");
    Stream<String> blocks =
        ALLOY_BLOCK.matcher(text).results().map(block -> block.group(1) + "." + block.group(2));
    Set<String> declared = blocks.collect(Collectors.toCollection(TreeSet::new));
    Set<String> referred =
        ALLOY_REFERENCE
            .matcher(text)
            .results()
            .map(reference -> reference.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(declared).containsAll(referred);
    declared.removeAll(referred);
    // Where data comes in, nobody refers to.
    assertThat(declared)
        .containsExactly(
            "loki.source.file.pods",
            "otelcol.receiver.otlp.pods",
            "prometheus.scrape.node",
            "prometheus.scrape.pods");
  }

  @Test
  void alloysBracesMatch() {
    String code =
        AgentFiles.text("alloy/config.alloy")
            .replaceAll("(?m)^\\s*//.*$", "")
            .replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "");
    for (String pair : new String[] {"{}", "[]", "()"}) {
      assertThat(code.chars().filter(c -> c == pair.charAt(0)).count())
          .as(pair)
          .isEqualTo(code.chars().filter(c -> c == pair.charAt(1)).count());
    }
  }

  @Test
  void everyInputOfVectorIsDeclared() {
    Object config = AgentFiles.document("vector/vector.yaml");
    Set<Object> declared = new TreeSet<>(map(at(config, "sources")).keySet());
    declared.addAll(map(at(config, "transforms")).keySet());
    Set<Object> used = new TreeSet<>();
    Stream.of("transforms", "sinks")
        .flatMap(kind -> map(at(config, kind)).values().stream())
        .forEach(part -> used.addAll(list(at(part, "inputs"))));
    assertThat(used).isEqualTo(declared);
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "medium", "large"})
  void aSizeIsWhatTheReadmeSays(String size) {
    String patch =
        (String)
            at(
                list(at(AgentFiles.document("sizes/" + size + "/kustomization.yaml"), "patches"))
                    .getFirst(),
                "patch");
    String row =
        AgentFiles.text("README.md")
            .lines()
            .filter(line -> line.startsWith("| [" + size + "]"))
            .findFirst()
            .orElseThrow();
    String[] cells = row.split("\\s*\\|\\s*", -1);
    String resources = "{cpu: %s, memory: %s}".formatted(cells[3], cells[4]);
    assertThat(patch)
        .contains("requests: " + resources, "limits: " + resources, "name: lodge-agent-" + size);
  }
}
