package io.lodge.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from; later ones win: the shipped defaults, the file, {@code data}, {@code
 * overrides}.
 *
 * @param file the YAML file, if any
 * @param data the data folder named on the command line, if any
 * @param overrides {@code key=value} each
 * @param insecure allows listeners that others can reach without keys
 * @param environment variables for {@code env:NAME} secrets, {@code HOME} and {@code XDG_DATA_HOME}
 */
public record ConfigSource(
    Optional<Path> file,
    Optional<String> data,
    List<String> overrides,
    boolean insecure,
    Map<String, String> environment) {

  public ConfigSource {
    overrides = List.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  /** The shipped defaults alone, with {@code key=value} overrides. */
  public static ConfigSource ofOverrides(List<String> overrides) {
    return new ConfigSource(Optional.empty(), Optional.empty(), overrides, false, System.getenv());
  }

  /** Names the settings only: the environment is full of secrets. */
  @Override
  public String toString() {
    return "ConfigSource[file=" + file + ", data=" + data + ", insecure=" + insecure + "]";
  }
}
