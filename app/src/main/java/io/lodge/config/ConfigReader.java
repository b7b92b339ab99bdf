package io.lodge.config;

import io.lodge.config.AccessKey.Kind;
import io.lodge.model.Ack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the record tree and checks what one value alone cannot show. */
final class ConfigReader {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;

  private final SettingReader in;
  private final boolean insecure;

  private ConfigReader(SettingReader in, boolean insecure) {
    this.in = in;
    this.insecure = insecure;
  }

  static Config read(Settings settings, boolean insecure) throws InvalidConfigException {
    ConfigReader reader = new ConfigReader(new SettingReader(settings), insecure);
    Config config = reader.config();
    reader.check(config);
    settings.throwIfFaulty();
    Set<String> unread = reader.in.unread();
    if (!unread.isEmpty()) {
      throw new IllegalStateException("default.yaml has keys that nothing reads: " + unread);
    }
    return config;
  }

  private Config config() {
    Path data = in.folder("data", Optional.empty());
    return new Config(
        data,
        receive(),
        new Config.Memory(in.bytes("memory.budget", 32 * MIB, 64 * GIB)),
        in.kafka("kafka"),
        new Config.Api(in.address("api.listen")),
        query(),
        engine(),
        clickhouse(),
        journal(data),
        deliver(),
        analytics(),
        new Config.Route(in.flag("route.built_in"), in.written("route.rules")),
        CanarySettings.read(in),
        new AccessKeys(in.keys("auth.keys")),
        tls(),
        new Config.Log(in.choice("log.level", Config.Level.class)));
  }

  private Config.Receive receive() {
    return new Config.Receive(
        in.address("receive.otlp.grpc"),
        in.address("receive.otlp.http"),
        new Config.Acks(
            in.choice("receive.otlp.grpc_ack", Ack.class),
            in.choice("receive.otlp.http_ack", Ack.class),
            in.choice("receive.syslog.ack", Ack.class),
            in.duration("receive.ack_timeout", Duration.ofSeconds(1), Duration.ofSeconds(25))),
        new Config.Syslog(
            in.optionalAddress("receive.syslog.tcp"),
            in.optionalAddress("receive.syslog.udp"),
            in.bytes("receive.syslog.max_message", 480, MIB),
            in.zone("receive.syslog.timezone"),
            in.tenant("receive.syslog.tenant")),
        in.bytes("receive.max_request", 64 * KIB, 64 * MIB),
        in.bytes("receive.max_decompressed", 64 * KIB, GIB),
        in.bytes("receive.max_record", 4 * KIB, GIB));
  }

  private Config.Query query() {
    return new Config.Query(
        in.duration("query.max_time", Duration.ofSeconds(1), Duration.ofDays(1)),
        in.bytes("query.max_memory", 64 * MIB, TIB),
        in.count("query.max_rows", 1, 1_000_000_000_000L),
        (int) in.count("query.max_concurrent", 1, 10_000));
  }

  private Config.Engine engine() {
    return new Config.Engine(
        in.address("engine.http"),
        in.address("engine.tcp"),
        in.file("engine.binary"),
        in.secret("engine.reader_password"));
  }

  private Config.ClickHouse clickhouse() {
    return new Config.ClickHouse(
        in.urls("clickhouse.url"),
        in.text("clickhouse.user"),
        in.secret("clickhouse.password"),
        in.optionalText("clickhouse.reader_user"),
        in.secret("clickhouse.reader_password"),
        in.choice("clickhouse.compression", Config.Compression.class),
        in.duration("clickhouse.connect_timeout", Duration.ofMillis(100), Duration.ofMinutes(5)),
        in.duration("clickhouse.insert_timeout", Duration.ofSeconds(1), Duration.ofHours(1)));
  }

  private Config.Journal journal(Path data) {
    return new Config.Journal(
        in.folder("journal.dir", Optional.of(data)),
        in.bytes("journal.segment_size", MIB, GIB),
        in.duration("journal.segment_age", Duration.ofMillis(50), Duration.ofMinutes(10)),
        in.bytes("journal.disk_budget", 16 * MIB, 1024 * TIB),
        in.bytes("journal.min_free", 0, 1024 * TIB),
        BucketSettings.read(in));
  }

  private Config.Deliver deliver() {
    return new Config.Deliver(
        (int) in.count("deliver.block_rows", 1, 10_000_000),
        in.bytes("deliver.block_size", 64 * KIB, GIB),
        (int) in.count("deliver.parallel", 1, 64));
  }

  private Config.Analytics analytics() {
    Config.RetentionSource source =
        new Config.RetentionSource(
            in.file("analytics.team_retention.file"),
            in.optionalText("analytics.team_retention.postgres"),
            in.text("analytics.team_retention.user"),
            in.secret("analytics.team_retention.password"),
            in.duration(
                "analytics.team_retention.refresh", Duration.ofMillis(100), Duration.ofDays(1)));
    if (source.file().isPresent() && source.postgres().isPresent()) {
      in.fault(
          "analytics.team_retention.file",
          "cannot take retention from a file and from a table",
          "set one of the two");
    }
    return new Config.Analytics(
        in.secret("analytics.pseudonym_key"), in.tokens("analytics.tokens"), source);
  }

  private Optional<Config.Tls> tls() {
    Optional<Path> certificate = in.file("tls.certificate");
    Optional<Path> key = in.file("tls.key");
    if (certificate.isPresent() != key.isPresent()) {
      String missing = certificate.isPresent() ? "tls.key" : "tls.certificate";
      in.fault(missing, "cannot use TLS with one of its two files", "set " + missing + " too");
    }
    return certificate.flatMap(chain -> key.map(file -> new Config.Tls(chain, file)));
  }

  private void checkAcks(Config config) {
    Config.Acks acks = config.receive().acks();
    checkAck("receive.otlp.grpc_ack", acks.otlpGrpc(), config);
    checkAck("receive.otlp.http_ack", acks.otlpHttp(), config);
    checkAck("receive.syslog.ack", acks.syslog(), config);
    if (acks.syslog() == Ack.CLICKHOUSE || acks.syslog() == Ack.OBJECT) {
      in.fault(
          "receive.syslog.ack",
          "cannot wait for more than the disk: syslog's senders are told nothing",
          "use disk or memory");
    }
  }

  private void checkAck(String key, Ack ack, Config config) {
    if (ack == Ack.OBJECT && config.journal().bucket().isEmpty()) {
      in.fault(
          key,
          "cannot wait for a bucket: there is none",
          "set journal.bucket.bucket, or use disk, memory or clickhouse");
    }
    if ((ack == Ack.CLICKHOUSE || ack == Ack.OBJECT)
        && config.receive().acks().timeout().compareTo(config.journal().segmentAge()) <= 0) {
      in.fault(
          "receive.ack_timeout",
          "cannot be as short as journal.segment_age while %s waits for more than the disk"
              .formatted(key),
          "raise it, or lower journal.segment_age");
    }
  }

  private void check(Config config) {
    checkReach(config);
    checkPorts(config);
    Config.Receive receive = config.receive();
    if (receive.maxRecordBytes() > receive.maxDecompressedBytes()) {
      in.fault(
          "receive.max_record",
          "cannot be larger than receive.max_decompressed",
          "lower it, or raise receive.max_decompressed");
    }
    if (receive.syslog().maxMessageBytes() > receive.maxRecordBytes()) {
      in.fault(
          "receive.syslog.max_message",
          "cannot be larger than receive.max_record",
          "lower it, or raise receive.max_record");
    }
    checkAcks(config);
    CanarySettings.check(config, in);
    if (receive.maxDecompressedBytes() > config.memory().budgetBytes()) {
      in.fault(
          "receive.max_decompressed",
          "cannot be larger than memory.budget",
          "lower it, or raise memory.budget");
    }
    if (config.journal().diskBudgetBytes() < 2 * config.journal().segmentBytes()) {
      in.fault(
          "journal.disk_budget",
          "cannot hold two segments",
          "raise it to twice journal.segment_size, or lower that");
    }
  }

  /** What others can reach needs a key, or the word of whoever starts Lodge. */
  private void checkReach(Config config) {
    if (insecure) {
      return;
    }
    AccessKeys keys = config.keys();
    checkKey("receive.otlp.grpc", config.receive().otlpGrpc(), keys, Kind.INGEST);
    checkKey("receive.otlp.http", config.receive().otlpHttp(), keys, Kind.INGEST);
    checkKey("api.listen", config.api().listen(), keys, Kind.QUERY);
    Config.Syslog syslog = config.receive().syslog();
    syslog.tcp().ifPresent(address -> checkKeyless("receive.syslog.tcp", address));
    syslog.udp().ifPresent(address -> checkKeyless("receive.syslog.udp", address));
    if (config.clickhouse().embedded() && config.engine().readerPassword().isEmpty()) {
      checkPassword("engine.http", config.engine().http());
      checkPassword("engine.tcp", config.engine().tcp());
    }
  }

  private void checkKey(String key, HostPort address, AccessKeys keys, Kind kind) {
    if (!address.isLoopback() && !keys.required(kind)) {
      String word = kind == Kind.INGEST ? "ingest" : "query";
      in.fault(
          key,
          "cannot open " + address + " to others without an access key",
          "make one with `lodge key new --kind "
              + word
              + " --name NAME`, listen on 127.0.0.1, or"
              + " start with --insecure");
    }
  }

  /** Syslog has no keys: whoever can reach the address can write. */
  private void checkKeyless(String key, HostPort address) {
    if (!address.isLoopback()) {
      in.fault(
          key,
          "cannot open " + address + " to others: syslog has no access keys",
          "listen on 127.0.0.1, or start with --insecure and let a firewall choose who may send");
    }
  }

  private void checkPassword(String key, HostPort address) {
    if (!address.isLoopback()) {
      in.fault(
          key,
          "cannot open " + address + " to others without a password",
          "set engine.reader_password, listen on 127.0.0.1, or start with --insecure");
    }
  }

  /** Two listeners on one address: found here, both keys are named; found later, only a port. */
  private void checkPorts(Config config) {
    Map<HostPort, String> taken = new LinkedHashMap<>();
    checkPort("receive.otlp.grpc", config.receive().otlpGrpc(), taken);
    checkPort("receive.otlp.http", config.receive().otlpHttp(), taken);
    checkPort("api.listen", config.api().listen(), taken);
    config.receive().syslog().tcp().ifPresent(at -> checkPort("receive.syslog.tcp", at, taken));
    if (config.clickhouse().embedded()) {
      checkPort("engine.http", config.engine().http(), taken);
      checkPort("engine.tcp", config.engine().tcp(), taken);
    }
  }

  private void checkPort(String key, HostPort address, Map<HostPort, String> taken) {
    String other = address.port() == 0 ? null : taken.putIfAbsent(address, key);
    if (other != null) {
      in.fault(key, "cannot listen on " + address + ": " + other + " does", "change one port");
    }
  }
}
