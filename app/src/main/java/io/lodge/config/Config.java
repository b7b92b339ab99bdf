package io.lodge.config;

import io.lodge.model.Ack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The whole configuration of one Lodge. Immutable, checked and complete: what it holds can be used
 * as it is. What each option means, its unit and default are said in {@code default.yaml}.
 */
public record Config(
    Path data,
    Receive receive,
    Memory memory,
    List<Kafka> kafka,
    Api api,
    Query query,
    Engine engine,
    ClickHouse clickhouse,
    Journal journal,
    Deliver deliver,
    Analytics analytics,
    Route route,
    Optional<Canary> canary,
    AccessKeys keys,
    Optional<Tls> tls,
    Log log) {

  /**
   * Reads, merges and checks the settings.
   *
   * @throws InvalidConfigException with every fault found
   */
  public static Config load(ConfigSource source) throws InvalidConfigException {
    return ConfigReader.read(Settings.load(source), source.insecure());
  }

  /** Listeners for what agents send, and the limits on each request. */
  public record Receive(
      HostPort otlpGrpc,
      HostPort otlpHttp,
      Acks acks,
      Syslog syslog,
      long maxRequestBytes,
      long maxDecompressedBytes,
      long maxRecordBytes) {}

  /**
   * When each listener says that something is accepted.
   *
   * @param timeout how long the bucket or ClickHouse may take
   */
  public record Acks(Ack otlpGrpc, Ack otlpHttp, Ack syslog, Duration timeout) {}

  /**
   * Syslog listeners.
   *
   * @param tcp empty: off
   * @param udp empty: off
   * @param zone of times that name none
   * @param tenant of all messages
   */
  public record Syslog(
      Optional<HostPort> tcp,
      Optional<HostPort> udp,
      long maxMessageBytes,
      ZoneId zone,
      String tenant) {}

  /**
   * A Kafka source.
   *
   * @param topics all of one format
   * @param group all gateways of one Lodge share it
   * @param properties of Kafka's client
   */
  public record Kafka(
      String name,
      String brokers,
      List<String> topics,
      String group,
      KafkaFormat format,
      String tenant,
      boolean fromEarliest,
      Map<String, Secret> properties) {}

  /** What the value of a Kafka record is. */
  public enum KafkaFormat {
    OTLP_LOGS_PROTOBUF,
    OTLP_LOGS_JSON,
    OTLP_TRACES_PROTOBUF,
    OTLP_TRACES_JSON,
    OTLP_METRICS_PROTOBUF,
    OTLP_METRICS_JSON,
    /** Wide events; the topic is their dataset. */
    JSON_EVENTS,
    /** Product-analytics events, one object of HIP-47's columns or several. */
    ANALYTICS_EVENTS
  }

  /** Memory for requests in flight and open segments. */
  public record Memory(long budgetBytes) {}

  /** The listener for queries, metrics, health and the UI. */
  public record Api(HostPort listen) {}

  /**
   * Limits on each query.
   *
   * @param maxConcurrent questions under way, for each user
   */
  public record Query(
      Duration maxTime, long maxMemoryBytes, long maxResultRows, int maxConcurrent) {}

  /**
   * The embedded engine.
   *
   * @param binary a full {@code clickhouse} to run instead of the library
   * @param readerPassword of its read-only user; empty where it has none
   */
  public record Engine(
      HostPort http, HostPort tcp, Optional<Path> binary, Optional<Secret> readerPassword) {}

  /**
   * A ClickHouse that Lodge does not run itself.
   *
   * @param urls its servers, in the order to try; none means the embedded engine
   * @param readerUser who queries run as; empty for {@code user}
   */
  public record ClickHouse(
      List<URI> urls,
      String user,
      Optional<Secret> password,
      Optional<String> readerUser,
      Optional<Secret> readerPassword,
      Compression compression,
      Duration connectTimeout,
      Duration insertTimeout) {

    /** True where Lodge runs its own engine. */
    public boolean embedded() {
      return urls.isEmpty();
    }
  }

  /** How inserted blocks are compressed. */
  public enum Compression {
    LZ4,
    ZSTD,
    NONE
  }

  /** Where accepted requests are kept until ClickHouse has them. */
  public record Journal(
      Path dir,
      long segmentBytes,
      Duration segmentAge,
      long diskBudgetBytes,
      long minFreeBytes,
      Optional<Bucket> bucket) {}

  /**
   * An S3-compatible bucket for what does not fit on the disk.
   *
   * @param endpoint empty: Amazon's own, by region
   * @param prefix empty, or ending with a slash
   * @param key empty: what the AWS SDK finds by itself
   */
  public record Bucket(
      String name,
      Optional<URI> endpoint,
      String region,
      String prefix,
      boolean pathStyle,
      Optional<BucketKey> key,
      BucketEncryption encryption,
      long budgetBytes) {}

  /** What opens a bucket. */
  public record BucketKey(String accessKey, Secret secretKey) {}

  /**
   * Encryption by the server.
   *
   * @param keyId of {@code KMS}; empty for the service's own key
   */
  public record BucketEncryption(Kind kind, String keyId) {
    /** Who has the key. */
    public enum Kind {
      OF_BUCKET,
      AES256,
      KMS
    }
  }

  /** How blocks are cut and sent. */
  public record Deliver(int blockRows, long blockBytes, int parallel) {}

  /**
   * What product-analytics events become.
   *
   * @param teamByToken {@code team_id} by project token
   */
  public record Analytics(
      Optional<Secret> pseudonymKey,
      SortedMap<String, Long> teamByToken,
      RetentionSource teamRetention) {}

  /** Where the days come from that teams keep their events: a file, a table, or neither. */
  public record RetentionSource(
      Optional<Path> file,
      Optional<String> postgres,
      String user,
      Optional<Secret> password,
      Duration refresh) {}

  /**
   * Where log records go.
   *
   * @param builtIn whether the shipped rules are in force
   * @param rules the operator's own, unread: the room {@code route} compiles them
   */
  public record Route(boolean builtIn, Written rules) {}

  /**
   * Numbered records of its own, sent and looked for.
   *
   * @param missing how long an accepted record may be absent without a sign of it
   * @param to other gateways' OTLP/HTTP listeners
   * @param key an ingest key, where they ask for one
   */
  public record Canary(
      Duration every, Duration late, Duration missing, List<URI> to, Optional<Secret> key) {}

  /** PEM files of the certificate chain and its private key. */
  public record Tls(Path certificate, Path key) {}

  /** What is logged. */
  public record Log(Level level) {}

  /** From least said to most. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }
}
