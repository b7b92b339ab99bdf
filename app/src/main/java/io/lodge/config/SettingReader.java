package io.lodge.config;

import io.lodge.base.ByteSize;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads typed values. A value that cannot be read is a fault and its default stands in, so that
 * reading goes on and finds the next fault.
 */
final class SettingReader {
  private final Settings settings;
  private final Set<String> read = new HashSet<>();

  /** Reads one setting's value. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(Setting setting) throws BadValueException;
  }

  SettingReader(Settings settings) {
    this.settings = settings;
  }

  <T> T read(String key, Parser<T> parser) {
    read.add(key);
    Setting setting = settings.get(key);
    try {
      return parser.parse(setting);
    } catch (BadValueException bad) {
      fault(key, bad.problem(), bad.remedy());
      return parseDefault(key, parser);
    }
  }

  private <T> T parseDefault(String key, Parser<T> parser) {
    try {
      return parser.parse(settings.defaultOf(key));
    } catch (BadValueException bad) {
      throw new IllegalStateException("default.yaml: " + key + ": " + bad.getMessage(), bad);
    }
  }

  void fault(String key, String problem, String remedy) {
    settings.fault(settings.get(key), problem, remedy);
  }

  /** Keys of {@code default.yaml} that nothing has read: a fault of this program. */
  Set<String> unread() {
    Set<String> unread = new HashSet<>(settings.defaults().keySet());
    unread.removeAll(read);
    return unread;
  }

  String text(String key) {
    return read(key, SettingReader::scalar);
  }

  Optional<String> optionalText(String key) {
    return Optional.of(text(key)).filter(text -> !text.isEmpty());
  }

  String tenant(String key) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          if (!AccessKey.isTenant(text)) {
            throw new BadValueException(
                "cannot use this tenant: it is empty or too long",
                "write one of 1 to " + AccessKey.TENANT_BYTES_MAX + " bytes");
          }
          return text;
        });
  }

  HostPort address(String key) {
    return read(key, setting -> Values.hostPort(scalar(setting)));
  }

  Optional<HostPort> optionalAddress(String key) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          return text.isEmpty() ? Optional.empty() : Optional.of(Values.hostPort(text));
        });
  }

  ZoneId zone(String key) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          try {
            return ZoneId.of(text);
          } catch (DateTimeException unknown) {
            throw new BadValueException(
                "cannot use the time zone " + text + ": it is unknown",
                "write one such as UTC, Europe/Berlin or +02:00");
          }
        });
  }

  long bytes(String key, long min, long max) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          return within(
              text, Values.bytes(text), min, max, ByteSize.format(min), ByteSize.format(max));
        });
  }

  long count(String key, long min, long max) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          return within(text, Values.count(text), min, max, "" + min, "" + max);
        });
  }

  Duration duration(String key, Duration min, Duration max) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          Duration value = Values.duration(text);
          within(text, value.toMillis(), min.toMillis(), max.toMillis(), span(min), span(max));
          return value;
        });
  }

  /** Empty where nothing is written. */
  Optional<Duration> optionalDuration(String key, Duration min, Duration max) {
    return text(key).isEmpty() ? Optional.empty() : Optional.of(duration(key, min, max));
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    return read(key, setting -> Values.choice(scalar(setting), type));
  }

  Optional<Secret> secret(String key) {
    if (!Secrets.KEYS.contains(key)) {
      throw new IllegalStateException(key + " is not among the keys that are never printed");
    }
    return read(
        key,
        setting ->
            Secrets.resolve(scalar(setting), setting.origin().folder(), settings.environment()));
  }

  Path folder(String key, Optional<Path> start) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          if (text.isEmpty()) {
            throw new BadValueException("cannot use an empty folder name", "name a folder");
          }
          return Paths.resolve(
              text, start.orElse(setting.origin().folder()), settings.environment());
        });
  }

  Optional<Path> file(String key) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          if (text.isEmpty()) {
            return Optional.empty();
          }
          Path file = Paths.resolve(text, setting.origin().folder(), settings.environment());
          if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new BadValueException(
                "cannot read " + file, "name a file that this user may read");
          }
          return Optional.of(file);
        });
  }

  List<URI> urls(String key) {
    return read(
        key,
        setting -> {
          List<URI> urls = new ArrayList<>();
          for (Node item : items(setting)) {
            String text = item instanceof ScalarNode scalar ? scalar.getValue() : "";
            urls.add(Values.url(text));
          }
          return List.copyOf(urls);
        });
  }

  Optional<URI> optionalUrl(String key) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          return text.isEmpty() ? Optional.empty() : Optional.of(url(text));
        });
  }

  /** A URL whose user and password have settings of their own. */
  private static URI url(String text) throws BadValueException {
    if (text.contains("@")) {
      throw new BadValueException(
          "cannot take a user or password from the URL", "set the keys beside this one instead");
    }
    return Values.url(text);
  }

  List<AccessKey> keys(String key) {
    return read(
        key,
        setting ->
            KeyEntries.read(
                items(setting),
                (node, problem, remedy) -> settings.fault(setting, node, problem, remedy)));
  }

  SortedMap<String, Long> tokens(String key) {
    return read(
        key,
        setting ->
            TokenEntries.read(
                items(setting),
                (node, problem, remedy) -> settings.fault(setting, node, problem, remedy)));
  }

  List<Config.Kafka> kafka(String key) {
    return read(
        key,
        setting ->
            KafkaEntries.read(
                items(setting),
                setting.origin().folder(),
                settings.environment(),
                (node, problem, remedy) -> settings.fault(setting, node, problem, remedy)));
  }

  boolean flag(String key) {
    return read(
        key,
        setting -> {
          String text = scalar(setting);
          if (!text.equals("true") && !text.equals("false")) {
            throw new BadValueException(
                "cannot read \"" + text + "\" as yes or no", "write true or false");
          }
          return text.equals("true");
        });
  }

  /** A list whose items another room reads. */
  Written written(String key) {
    return read(key, setting -> new Written(key, setting.origin(), items(setting)));
  }

  /** A list; one bare value is a list of one, an empty value an empty list. */
  private static List<Node> items(Setting setting) {
    Node node = setting.node();
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    boolean empty = node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    return empty ? List.of() : List.of(node);
  }

  private static String scalar(Setting setting) throws BadValueException {
    if (!(setting.node() instanceof ScalarNode scalar)) {
      throw new BadValueException("cannot read a list here", "write one value");
    }
    if (Yaml.isNull(scalar)) {
      throw new BadValueException(
          "cannot read a value: there is none", "write one, or remove the line for the default");
    }
    return scalar.getValue();
  }

  private static long within(
      String text, long value, long min, long max, String minText, String maxText)
      throws BadValueException {
    if (value < min || value > max) {
      throw new BadValueException(
          "cannot use " + text + ": it is outside its range",
          "write a value from " + minText + " to " + maxText);
    }
    return value;
  }

  private static String span(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
