package io.lodge.e2e;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka producer of numbered records, several to a request, one request to a Kafka record. */
final class KafkaLoad implements AutoCloseable {
  private static final int REQUEST_RECORDS = 5;
  private static final long PAUSE_NANOS = 2_000_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Ledger ledger;
  private final Thread thread;
  private volatile boolean stopping;

  private KafkaLoad(String brokers, Ledger ledger, String topic, int partitions) {
    this.ledger = ledger;
    producer = producer(brokers);
    thread = Thread.ofPlatform().name("kafka-load").start(() -> produce(topic, partitions));
  }

  static KafkaLoad start(String brokers, Ledger ledger, String topic, int partitions) {
    return new KafkaLoad(brokers, ledger, topic, partitions);
  }

  static KafkaProducer<byte[], byte[]> producer(String brokers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", brokers, "max.block.ms", 600_000, "linger.ms", 5),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void produce(String topic, int partitions) {
    for (int request = 0; !stopping; request++) {
      int first = request * REQUEST_RECORDS;
      List<Numbered> records =
          IntStream.range(first, first + REQUEST_RECORDS)
              .mapToObj(sequence -> new Numbered(0, sequence))
              .toList();
      byte[] value =
          Otlp.request(ledger.service(), records.stream().map(Numbered::toOtlp).toList())
              .toByteArray();
      ledger.sent(records);
      var _ =
          producer.send(
              new ProducerRecord<>(topic, request % partitions, null, value),
              (metadata, failure) -> {
                if (failure == null) {
                  ledger.acknowledged(records);
                }
              });
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Waits until that many more records are in Kafka. */
  void awaitAcknowledged(int more) {
    int goal = ledger.acknowledged() + more;
    Waiting.until(more + " more records are in Kafka", () -> ledger.acknowledged() >= goal);
  }

  /** Ends it; every record that is sent is in Kafka then. */
  void stop() throws InterruptedException {
    stopping = true;
    thread.join();
    producer.flush();
  }

  @Override
  public void close() {
    stopping = true;
    producer.close();
  }
}
