package io.lodge.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the entries of {@code kafka}. */
final class KafkaEntries {
  private static final List<String> FIELDS =
      List.of("name", "brokers", "topics", "group", "format", "tenant", "start", "properties");

  /** Names a folder and a label. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,200}");
  private static final Pattern SECRET =
      Pattern.compile(".*(password|jaas|secret|key|token|credential).*");
  private static final int TENANT_BYTES_MAX = 255;

  /** What exactly-once rests on: set by Lodge, or by fields of their own. */
  private static final Set<String> FIXED =
      Set.of(
          "bootstrap.servers",
          "group.id",
          "group.protocol",
          "group.instance.id",
          "enable.auto.commit",
          "isolation.level",
          "partition.assignment.strategy",
          "auto.offset.reset",
          "key.deserializer",
          "value.deserializer",
          "interceptor.classes");

  private final Path folder;
  private final Map<String, String> environment;
  private final KeyEntries.Faults faults;

  private KafkaEntries(Path folder, Map<String, String> environment, KeyEntries.Faults faults) {
    this.folder = folder;
    this.environment = environment;
    this.faults = faults;
  }

  static List<Config.Kafka> read(
      List<Node> entries, Path folder, Map<String, String> environment, KeyEntries.Faults faults) {
    KafkaEntries reader = new KafkaEntries(folder, environment, faults);
    List<Config.Kafka> sources = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node entry : entries) {
      Config.Kafka source = reader.entry(entry);
      if (!names.add(source.name())) {
        faults.add(
            entry, "cannot use the name " + source.name() + " twice", "name each source its own");
      }
      sources.add(source);
    }
    return List.copyOf(sources);
  }

  private Config.Kafka entry(Node entry) {
    Map<String, Node> fields = fields(entry);
    String name = required(entry, fields, "name");
    if (!NAME.matcher(name).matches()) {
      faults.add(
          entry, "cannot use the name " + name, "write lower-case letters, digits and hyphens");
    }
    return new Config.Kafka(
        name,
        required(entry, fields, "brokers"),
        topics(entry, fields),
        required(entry, fields, "group"),
        choice(entry, required(entry, fields, "format")),
        tenant(entry, fields),
        fromEarliest(entry, fields),
        properties(fields));
  }

  private Map<String, Node> fields(Node entry) {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (!(entry instanceof MappingNode mapping)) {
      faults.add(entry, "cannot read a source here", "write {name: …, brokers: …, …}");
      return fields;
    }
    for (NodeTuple field : mapping.getValue()) {
      String name = text(field.getKeyNode());
      if (FIELDS.contains(name)) {
        fields.put(name, field.getValueNode());
      } else {
        String remedy =
            Suggestion.nearest(name, FIELDS)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("write one of " + String.join(", ", FIELDS));
        faults.add(field.getKeyNode(), "cannot use the field " + name + ": it is unknown", remedy);
      }
    }
    return fields;
  }

  private String required(Node entry, Map<String, Node> fields, String name) {
    String text = text(fields.get(name));
    if (text.isEmpty()) {
      faults.add(entry, "cannot use an entry without " + name, "write " + name + ": …");
    }
    return text;
  }

  private static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar && !Yaml.isNull(node) ? scalar.getValue() : "";
  }

  private List<String> topics(Node entry, Map<String, Node> fields) {
    Node node = fields.get("topics");
    List<String> topics =
        node instanceof SequenceNode list
            ? list.getValue().stream().map(KafkaEntries::text).toList()
            : List.of(text(node));
    for (String topic : topics) {
      if (!TOPIC.matcher(topic).matches()) {
        faults.add(
            entry,
            "cannot use the topic '" + topic + "'",
            "write topics: [NAME, …], each of 1 to 200 letters, digits, dots, hyphens and underscores");
      }
    }
    return topics;
  }

  private Config.KafkaFormat choice(Node entry, String text) {
    try {
      return text.isEmpty()
          ? Config.KafkaFormat.OTLP_LOGS_PROTOBUF
          : Values.choice(text, Config.KafkaFormat.class);
    } catch (BadValueException bad) {
      faults.add(entry, bad.problem(), bad.remedy());
      return Config.KafkaFormat.OTLP_LOGS_PROTOBUF;
    }
  }

  private String tenant(Node entry, Map<String, Node> fields) {
    String tenant = fields.containsKey("tenant") ? text(fields.get("tenant")) : "default";
    int bytes = tenant.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > TENANT_BYTES_MAX) {
      faults.add(
          entry, "cannot use a tenant of " + bytes + " bytes", "write one of 1 to 255 bytes");
    }
    return tenant;
  }

  private boolean fromEarliest(Node entry, Map<String, Node> fields) {
    String start = fields.containsKey("start") ? text(fields.get("start")) : "earliest";
    if (!start.equals("earliest") && !start.equals("latest")) {
      faults.add(entry, "cannot start at '" + start + "'", "write start: earliest or latest");
    }
    return start.equals("earliest");
  }

  private Map<String, Secret> properties(Map<String, Node> fields) {
    Map<String, Secret> properties = new LinkedHashMap<>();
    if (fields.get("properties") instanceof MappingNode mapping) {
      for (NodeTuple property : mapping.getValue()) {
        property(property).ifPresent(it -> properties.put(text(property.getKeyNode()), it));
      }
    }
    return properties;
  }

  /** Values are not repeated: one may be a password. */
  private Optional<Secret> property(NodeTuple property) {
    String name = text(property.getKeyNode());
    String value = text(property.getValueNode());
    if (FIXED.contains(name)) {
      faults.add(
          property.getKeyNode(),
          "cannot set " + name + ": exactly-once rests on it",
          "leave it out; see docs/decisions/kafka.md");
      return Optional.empty();
    }
    boolean reference = value.startsWith("env:") || value.startsWith("file:");
    if (SECRET.matcher(name).matches() && !reference) {
      faults.add(
          property.getKeyNode(),
          "cannot take the secret " + name + " from here",
          "write env:NAME or file:/path");
      return Optional.empty();
    }
    try {
      return Secrets.resolve(value, folder, environment);
    } catch (BadValueException bad) {
      faults.add(property.getKeyNode(), bad.problem(), bad.remedy());
      return Optional.empty();
    }
  }
}
