package io.lodge.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sources of settings for tests: nothing of this machine's environment gets in. */
final class Source {
  static final Map<String, String> HOME = Map.of("HOME", "/home/ada");

  private Source() {}

  static ConfigSource set(String... overrides) {
    return new ConfigSource(Optional.empty(), Optional.empty(), List.of(overrides), false, HOME);
  }

  static ConfigSource insecure(String... overrides) {
    return new ConfigSource(Optional.empty(), Optional.empty(), List.of(overrides), true, HOME);
  }

  static ConfigSource file(Path file, String... overrides) {
    return new ConfigSource(Optional.of(file), Optional.empty(), List.of(overrides), false, HOME);
  }

  static ConfigSource environment(Map<String, String> environment, String... overrides) {
    return new ConfigSource(
        Optional.empty(), Optional.empty(), List.of(overrides), false, environment);
  }
}
