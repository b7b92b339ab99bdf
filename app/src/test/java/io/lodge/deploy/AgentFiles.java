package io.lodge.deploy;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code deploy/agents}: its files and what is in them. */
final class AgentFiles {
  static final Path FOLDER = Path.of("..", "deploy", "agents");

  private AgentFiles() {}

  /** The files that agents read. */
  static List<Path> configurations() {
    return Stream.of(
            "alloy/config.alloy",
            "fluent-bit/fluent-bit.yaml",
            "otel-collector/agent/config.yaml",
            "otel-collector/gateway/config.yaml",
            "prometheus/prometheus.yml",
            "promtail/promtail.yaml",
            "rsyslog/lodge.conf",
            "vector/vector.yaml")
        .map(FOLDER::resolve)
        .toList();
  }

  static List<Path> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> yaml() {
    return all().stream().filter(file -> file.toString().matches(".*\\.ya?ml")).toList();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String file) {
    return text(FOLDER.resolve(file));
  }

  /** The comment a file begins with, its marks taken off. */
  static String header(Path file) {
    return text(file)
        .lines()
        .takeWhile(line -> line.startsWith("#") || line.startsWith("//"))
        .map(line -> line.replaceFirst("^(#|//) ?", ""))
        .collect(joining("\n"));
  }

  /** Every document in a YAML file; fails as YAML 1.2 does, on a doubled key too. */
  static List<Object> documents(Path file) {
    LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
    return StreamSupport.stream(
            new Load(settings).loadAllFromString(text(file)).spliterator(), false)
        .toList();
  }

  static Map<?, ?> document(String file) {
    return map(documents(FOLDER.resolve(file)).getFirst());
  }

  /** What is at a path of keys, which must be there. */
  static Object at(Object tree, String... keys) {
    Object here = tree;
    for (String key : keys) {
      Object next = map(here).get(key);
      if (next == null) {
        throw new AssertionError("no key '" + key + "' in " + here);
      }
      here = next;
    }
    return here;
  }

  static Map<?, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new AssertionError("not a map: " + value);
  }

  static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new AssertionError("not a list: " + value);
  }
}
