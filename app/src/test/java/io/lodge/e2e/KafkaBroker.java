package io.lodge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.base.FreePorts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** A real broker, its own controller, in this JVM; it can be stopped and started on its data. */
final class KafkaBroker implements AutoCloseable {
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger("org.apache.kafka"),
          Logger.getLogger("kafka"),
          Logger.getLogger("state.change.logger"));

  private final KafkaConfig config;
  private final String address;
  private @Nullable KafkaRaftServer server;

  private KafkaBroker(KafkaConfig config, String address) {
    this.config = config;
    this.address = address;
  }

  static KafkaBroker start(Path folder) throws Exception {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    int port = FreePorts.one();
    int controller = FreePorts.one();
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@127.0.0.1:" + controller,
            "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
            "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs", folder.resolve("kafka").toString(),
            "log.cleaner.dedupe.buffer.size", "4194304"));
    settings.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000",
            "auto.create.topics.enable", "false"));
    Path file = folder.resolve("server.properties");
    try (var out = Files.newOutputStream(file)) {
      settings.store(out, null);
    }
    String[] format = {
      "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()
    };
    int code =
        StorageTool.execute(format, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    if (code != 0) {
      throw new AssertionError("cannot format the broker's storage: " + code);
    }
    KafkaBroker broker = new KafkaBroker(new KafkaConfig(settings, false), "127.0.0.1:" + port);
    broker.start();
    return broker;
  }

  /** Starts it, again, on the same data and port. */
  void start() {
    KafkaRaftServer next = new KafkaRaftServer(config, Time.SYSTEM);
    next.startup();
    server = next;
  }

  void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  String address() {
    return address;
  }

  void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
