package io.lodge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.engine.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ClickHouse reads a topic itself, by the DDL that is shipped for it, on the embedded engine. */
class KafkaEngineTest {
  private static final int EVENTS = 200;
  private static final String TOPIC = "hanzo_events";

  @TempDir Path folder;
  private final TestEngine engine = TestEngine.shared();

  @Test
  void storesWhatIsInTheTopicAndPutsTheRestAside() throws Exception {
    assertThat(engine.sql("SELECT count() FROM system.table_engines WHERE name = 'Kafka'"))
        .isEqualTo("1");
    try (KafkaBroker broker = KafkaBroker.start(folder)) {
      broker.createTopic(TOPIC, 2);
      send(broker);
      run("CREATE DATABASE kafka_engine");
      // The columns of HIP-47's table that a producer fills.
      run(
          "CREATE TABLE kafka_engine.events (uuid UUID, team_id UInt64, event LowCardinality(String),"
              + " timestamp DateTime64(3, 'UTC'), created_at DateTime64(3), distinct_id String,"
              + " properties String) ENGINE = MergeTree ORDER BY (team_id, timestamp)");
      try {
        String ddl =
            Files.readString(Path.of("../deploy/kafka/events_kafka.sql"))
                .replace("analytics.", "kafka_engine.")
                .replace("kafka:9092", broker.address());
        for (String statement : ddl.split(";\n", -1)) {
          if (!statement.isBlank()) {
            run(statement);
          }
        }
        Waiting.until(
            "all is read",
            () ->
                engine.sql("SELECT count() FROM kafka_engine.events").equals("" + EVENTS)
                    && engine
                        .sql("SELECT count() FROM kafka_engine.events_kafka_errors")
                        .equals("2"),
            () -> engine.sql("SELECT * FROM system.kafka_consumers FORMAT Vertical"));
        assertThat(
                engine.sql(
                    "SELECT uniqExact(uuid), sum(team_id), uniqExact(JSONExtractInt(properties, 'n')),"
                        + " min(timestamp), any(event) FROM kafka_engine.events"))
            .isEqualTo("200\t1400\t200\t2080-11-21 10:00:00.000\t$pageview");
        assertThat(
                engine.sql("SELECT message FROM kafka_engine.events_kafka_errors ORDER BY message"))
            .isEqualTo("no json\nno-uuid 2080-11-21T10:00:00Z x");
      } finally {
        run("DROP DATABASE kafka_engine SYNC");
      }
    }
  }

  private void run(String statement) {
    assertThat(engine.sql(statement)).as(statement).isEmpty();
  }

  private static void send(KafkaBroker broker) {
    try (KafkaProducer<byte[], byte[]> producer = KafkaLoad.producer(broker.address())) {
      for (int i = 0; i < EVENTS; i++) {
        String event =
            "{\"uuid\":\"%s\",\"team_id\":7,\"event\":\"$pageview\",\"timestamp\":\"2080-11-21T10:00:%02d.000Z\",\"distinct_id\":\"u%d\",\"properties\":\"{\\\"n\\\":%d}\"}"
                .formatted(UUID.randomUUID(), i % 60, i % 9, i);
        var _ = producer.send(new ProducerRecord<>(TOPIC, event.getBytes(UTF_8)));
      }
      var _ = producer.send(new ProducerRecord<>(TOPIC, "no json".getBytes(UTF_8)));
      String noUuid =
          "{\"uuid\":\"no-uuid\",\"team_id\":7,\"event\":\"x\",\"timestamp\":\"2080-11-21T10:00:00Z\"}";
      var _ = producer.send(new ProducerRecord<>(TOPIC, noUuid.getBytes(UTF_8)));
    }
  }
}
