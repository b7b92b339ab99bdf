package io.lodge.config;

import io.lodge.config.Setting.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Every setting as written: the shipped defaults, and what overrides them. Collects faults. */
final class Settings {
  /** Keys of the past, and what to write today. A key that is renamed or removed is named here. */
  private static final Map<String, String> REMOVED = Map.of();

  private static final Path HERE = Path.of("").toAbsolutePath();

  private final Map<String, Setting> defaults = new LinkedHashMap<>();
  private final Map<String, Setting> given = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, String> environment;

  private Settings(Map<String, String> environment) {
    this.environment = environment;
    Origin origin = new Origin("default.yaml", HERE, true);
    Yaml.read(
        defaultYaml(),
        origin,
        defaults,
        fault -> {
          throw new IllegalStateException(fault.toString());
        });
  }

  static Settings load(ConfigSource source) {
    return load(source, REMOVED);
  }

  static Settings load(ConfigSource source, Map<String, String> removed) {
    Settings settings = new Settings(source.environment());
    source.file().ifPresent(settings::readFile);
    source.data().ifPresent(dir -> settings.override("data", dir, "--data"));
    source.overrides().forEach(settings::readOverride);
    settings.refuseUnknown(removed);
    return settings;
  }

  /** The reference: every key with its default and its comment. */
  static String defaultYaml() {
    try (InputStream in = Settings.class.getResourceAsStream("default.yaml")) {
      if (in == null) {
        throw new IllegalStateException("default.yaml is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Setting> defaults() {
    return defaults;
  }

  /** The setting in force for a key of {@code default.yaml}. */
  Setting get(String key) {
    return given.getOrDefault(key, defaultOf(key));
  }

  Setting defaultOf(String key) {
    Setting setting = defaults.get(key);
    if (setting == null) {
      throw new IllegalStateException("unexpected key " + key + ": default.yaml has none");
    }
    return setting;
  }

  Map<String, String> environment() {
    return environment;
  }

  void fault(Setting setting, String problem, String remedy) {
    faults.add(new Fault(setting.where(), setting.key(), problem, remedy));
  }

  /** A fault at one place inside the value. */
  void fault(Setting setting, Node inside, String problem, String remedy) {
    faults.add(new Fault(setting.origin().at(inside), setting.key(), problem, remedy));
  }

  void throwIfFaulty() throws InvalidConfigException {
    if (!faults.isEmpty()) {
      throw new InvalidConfigException(faults);
    }
  }

  private void readFile(Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(HERE);
    try {
      Yaml.read(
          Files.readString(file), new Origin(file.toString(), folder, true), given, faults::add);
    } catch (NoSuchFileException e) {
      fileFault(file, "it does not exist", "name an existing file with --config");
    } catch (CharacterCodingException e) {
      fileFault(file, "it is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      fileFault(file, e.getMessage(), "make it a file this user may read");
    }
  }

  private void fileFault(Path file, @Nullable String cause, String remedy) {
    faults.add(new Fault(file.toString(), "", "cannot read it: " + cause, remedy));
  }

  private void readOverride(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      String shown = equals < 0 ? " " + assignment : "";
      faults.add(
          new Fault(
              "--set" + shown,
              "",
              "cannot find key=value",
              "write --set receive.otlp.grpc=HOST:PORT"));
      return;
    }
    String key = assignment.substring(0, equals).strip();
    override(key, assignment.substring(equals + 1), "--set " + key);
  }

  /**
   * Keys that hold a list take YAML; all others take the value as it stands, so that no password
   * needs quoting.
   */
  private void override(String key, String value, String where) {
    Origin origin = new Origin(where, HERE, false);
    boolean list = defaults.containsKey(key) && defaultOf(key).node() instanceof SequenceNode;
    if (list && value.startsWith("[")) {
      Yaml.read("\"" + key + "\": " + value, origin, given, faults::add);
      return;
    }
    Node node = new ScalarNode(Tag.STR, value, ScalarStyle.DOUBLE_QUOTED);
    given.put(key, new Setting(key, node, origin, where));
  }

  private void refuseUnknown(Map<String, String> removed) {
    for (Setting setting : List.copyOf(given.values())) {
      String key = setting.key();
      if (defaults.containsKey(key)) {
        continue;
      }
      given.remove(key);
      String replacement = removed.get(key);
      boolean section = defaults.keySet().stream().anyMatch(known -> known.startsWith(key + "."));
      if (replacement != null) {
        fault(setting, "cannot use this key: it was removed", replacement);
      } else if (!section) {
        fault(setting, "cannot use this key: it is unknown", meant(key));
      } else if (!Yaml.isNull(setting.node())) {
        fault(
            setting,
            "cannot read a value here: this key is a section",
            "write its keys below it; `lodge config print --defaults` lists them");
      }
    }
  }

  private String meant(String key) {
    return Suggestion.nearest(key, defaults.keySet())
        .map(nearest -> "did you mean " + nearest + "?")
        .orElse("`lodge config print --defaults` lists every key");
  }
}
