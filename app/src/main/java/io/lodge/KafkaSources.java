package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.Secret;
import io.lodge.kafka.KafkaOptions;
import io.lodge.model.PayloadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configuration of a Kafka source → what the source wants to know. */
final class KafkaSources {
  private static final String FOLDER = "kafka";

  private KafkaSources() {}

  static KafkaOptions options(Config.Kafka source) {
    return new KafkaOptions(
        source.name(),
        source.brokers(),
        source.topics(),
        source.group(),
        kind(source.format()),
        source.tenant(),
        source.fromEarliest(),
        revealed(source.properties()));
  }

  /** Where a source keeps what it has taken. */
  static Path journal(Path dir, String name) {
    return dir.resolve(FOLDER).resolve(name);
  }

  /** The journals of all sources that there ever were, by name. */
  static List<Path> journals(Path dir) throws IOException {
    if (!Files.isDirectory(dir.resolve(FOLDER))) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(dir.resolve(FOLDER))) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static PayloadKind kind(Config.KafkaFormat format) {
    return switch (format) {
      case OTLP_LOGS_PROTOBUF -> PayloadKind.OTLP_LOGS_PROTOBUF;
      case OTLP_LOGS_JSON -> PayloadKind.OTLP_LOGS_JSON;
      case OTLP_TRACES_PROTOBUF -> PayloadKind.OTLP_TRACES_PROTOBUF;
      case OTLP_TRACES_JSON -> PayloadKind.OTLP_TRACES_JSON;
      case OTLP_METRICS_PROTOBUF -> PayloadKind.OTLP_METRICS_PROTOBUF;
      case OTLP_METRICS_JSON -> PayloadKind.OTLP_METRICS_JSON;
      case JSON_EVENTS -> PayloadKind.JSON_EVENTS;
      case ANALYTICS_EVENTS -> PayloadKind.ANALYTICS_ROWS;
    };
  }

  private static Map<String, String> revealed(Map<String, Secret> properties) {
    return properties.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().reveal()));
  }
}
