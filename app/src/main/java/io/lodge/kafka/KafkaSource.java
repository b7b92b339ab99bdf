package io.lodge.kafka;

import io.lodge.ingest.SourcePipeline;
import io.lodge.journal.JournalFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics, each record exactly once over all gateways of the group, for as long as it is open.
 * A broker that is away is a delay: the consumer is started over until it answers.
 */
public final class KafkaSource {
  private static final Logger log = LoggerFactory.getLogger(KafkaSource.class);

  private static final Duration START_OVER = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(5);

  /**
   * What exactly-once rests on, and so cannot be set: one commit by hand for each segment, only
   * what is committed by producers, all partitions given back before they are given out again.
   */
  private static final Map<String, Object> FIXED =
      Map.of(
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          false,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          "read_committed",
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          "classic",
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          RangeAssignor.class.getName(),
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ByteArrayDeserializer.class.getName(),
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ByteArrayDeserializer.class.getName());

  private final KafkaOptions options;
  private final SourcePipeline pipeline;
  private final Undecided undecided;
  private final KafkaMetrics.OfSource metrics;
  private final LongSupplier unixNanos;
  private final java.util.function.Consumer<Throwable> fatal;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Builds the source; {@link #start} sets it going.
   *
   * @param unixNanos the clock: nanoseconds since 1970
   * @param fatal stops the process, when going on could break a promise
   */
  public KafkaSource(
      KafkaOptions options,
      SourcePipeline pipeline,
      KafkaMetrics metrics,
      LongSupplier unixNanos,
      java.util.function.Consumer<Throwable> fatal) {
    this.options = options;
    this.pipeline = pipeline;
    this.metrics = metrics.of(options.name());
    this.unixNanos = unixNanos;
    this.fatal = fatal;
    undecided = new Undecided(pipeline.leftovers());
    thread = Thread.ofPlatform().name("kafka-" + options.name()).unstarted(this::run);
  }

  public void start() {
    pipeline.start();
    thread.start();
  }

  private void run() {
    try {
      while (!isStopping()) {
        live();
        stopping.await(isStopping() ? 0 : START_OVER.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException | InterruptException interrupted) {
      log.warn("kafka source {} was interrupted", options.name());
    } catch (Throwable broken) {
      fatal.accept(broken);
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void live() throws InterruptedException {
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
      Reader reader = new Reader(options, consumer, pipeline, undecided, metrics, unixNanos);
      try {
        reader.subscribe();
        while (!isStopping()) {
          reader.step();
        }
        reader.commit();
      } finally {
        reader.abandon();
        consumer.unsubscribe();
      }
    } catch (JournalFailure | InterruptException broken) {
      throw broken;
    } catch (KafkaException over) {
      metrics.failure(over.getClass().getSimpleName());
      log.warn("cannot go on reading {}: {}; starting over", options, causeOf(over));
    }
  }

  private static String causeOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  private Map<String, Object> properties() {
    Map<String, Object> all = new HashMap<>();
    // A gateway that was killed gives its partitions free after this.
    all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, "lodge-" + options.name());
    all.putAll(options.properties());
    all.putAll(FIXED);
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, options.brokers());
    all.put(ConsumerConfig.GROUP_ID_CONFIG, options.group());
    all.put(
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, options.fromEarliest() ? "earliest" : "latest");
    return all;
  }

  /** Commits what was taken and leaves the group; then sends what it can. */
  public void stop() throws InterruptedException {
    stopping.countDown();
    thread.join();
    pipeline.stop(STOP);
  }
}
