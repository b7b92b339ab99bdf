package io.lodge;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.lodge.api.ApiListener;
import io.lodge.api.ApiParts;
import io.lodge.api.ReadyCheck;
import io.lodge.base.BufferPool;
import io.lodge.base.ByteBudget;
import io.lodge.base.Time;
import io.lodge.base.net.CannotListenException;
import io.lodge.base.net.KeyCheck;
import io.lodge.base.net.Listener;
import io.lodge.base.net.ListenerOptions;
import io.lodge.base.net.TlsFiles;
import io.lodge.block.Compression;
import io.lodge.bucket.Bucket;
import io.lodge.canary.Canary;
import io.lodge.canary.CanaryReport;
import io.lodge.config.AccessKey;
import io.lodge.config.Config;
import io.lodge.config.HostPort;
import io.lodge.config.InvalidConfigException;
import io.lodge.decode.DecoderLimits;
import io.lodge.deliver.Courier;
import io.lodge.deliver.DeliveredBlocksTable;
import io.lodge.ingest.Overflow;
import io.lodge.ingest.Pipeline;
import io.lodge.ingest.PipelineOptions;
import io.lodge.ingest.SourcePipeline;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalFailure;
import io.lodge.journal.JournalOptions;
import io.lodge.kafka.KafkaMetrics;
import io.lodge.kafka.KafkaSource;
import io.lodge.query.run.QueryLimits;
import io.lodge.query.run.ReaderProfile;
import io.lodge.query.run.Runner;
import io.lodge.receive.HttpIngestListener;
import io.lodge.receive.Limits;
import io.lodge.receive.OtlpGrpcListener;
import io.lodge.receive.ReceiveMetrics;
import io.lodge.receive.Reception;
import io.lodge.receive.SyslogMetrics;
import io.lodge.receive.SyslogOptions;
import io.lodge.receive.SyslogTcpListener;
import io.lodge.receive.SyslogUdpListener;
import io.lodge.route.Routing;
import io.lodge.route.RoutingReader;
import io.lodge.route.Rules;
import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts of one Lodge, built by hand: what there is, what each gets, and the order in which they
 * start. They stop in the opposite order, so that everything outlives what uses it.
 */
final class Lodge implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lodge.class);

  /**
   * Requests in flight when the gateway stops: they are on disk within milliseconds, but on a busy
   * machine. One that is cut off is sent again, and may be kept twice.
   */
  private static final Duration LISTENERS_STOP = Duration.ofSeconds(15);

  /** Blocks under way when the gateway stops; what is late stays in the journal. */
  private static final Duration DELIVERY_STOP = Duration.ofSeconds(10);

  /** From the first byte of a request to its answer: a body slower than that holds memory. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  /** Exit code after a failure that only a person can mend (EX_IOERR of sysexits.h). */
  private static final int EXIT_BROKEN = 74;

  private final Deque<Part> parts = new ArrayDeque<>();

  /** Something that was started, and how to stop it. */
  private record Part(String name, AutoCloseable stop) {}

  private Lodge() {}

  /**
   * Starts everything.
   *
   * @param progress told when something takes long
   * @throws CommandException with what is wrong and what to do; nothing is left running then
   */
  static Lodge start(Config config, Consumer<String> progress)
      throws CommandException, InterruptedException {
    Lodge lodge = new Lodge();
    try {
      lodge.build(config, progress);
      return lodge;
    } catch (JournalFailure | CannotListenException e) {
      lodge.close();
      throw new CommandException(String.valueOf(e.getMessage()), e);
    } catch (CommandException | InterruptedException | RuntimeException e) {
      lodge.close();
      throw e;
    }
  }

  private void build(Config config, Consumer<String> progress)
      throws CommandException, InterruptedException {
    PrometheusRegistry registry = new PrometheusRegistry();
    LodgeMetrics metrics = new LodgeMetrics(registry);

    PortCheck.requireFree(config);
    Routing routing = routing(config);
    Journal journal = started("journal", openJournal(config, config.journal().dir()));
    metrics.journal(journal);
    Store store = started("clickhouse", Store.open(config, progress));
    store.engine().ifPresent(metrics::engine);
    SchemaKeeper schema = started("schema", new SchemaKeeper(store.writer()));
    schema.start();

    Courier courier =
        new Courier(
            store.writer()::insert,
            new DeliveredBlocksTable(store.writer()),
            config.clickhouse().insertTimeout(),
            schema::trouble,
            Time.SYSTEM);
    metrics.courier(courier);
    // Two halves, so that a slow ClickHouse does not take the memory that receiving needs.
    ByteBudget bodies = new ByteBudget(config.memory().budgetBytes() / 2);
    ByteBudget blocks = new ByteBudget(config.memory().budgetBytes() / 2);
    RulesKeeper rules = new RulesKeeper(config.analytics(), routing);
    Pipeline pipeline =
        new Pipeline(
            pipelineOptions(config),
            journal,
            rules.first(),
            courier,
            blocks,
            Time.SYSTEM,
            Lodge::broken);
    metrics.pipeline(pipeline);
    LedgerMetrics.register(registry, pipeline.counters().ledger());
    LodgeLedger ledger = new LodgeLedger(pipeline.counters().ledger(), pipeline.gateway());
    pipeline.start();
    started("pipeline", () -> pipeline.stop(DELIVERY_STOP));
    Optional<Overflow> overflow = overflow(config, journal, pipeline);
    overflow.ifPresent(metrics::overflow);

    EventLoopGroup workers = EventLoopGroups.newEventLoopGroup(eventLoops(), "receive");
    started("event loops", () -> workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).await());
    Reception reception = reception(config, pipeline, bodies, registry);
    Config.Acks acks = config.receive().acks();
    Listener otlpHttp =
        started(
            "otlp/http",
            HttpIngestListener.open(
                listener(config, "receive.otlp.http", config.receive().otlpHttp()),
                workers,
                reception.with(pipeline.accepting(acks.otlpHttp(), acks.timeout()))));
    started(
        "otlp/grpc",
        OtlpGrpcListener.open(
            listener(config, "receive.otlp.grpc", config.receive().otlpGrpc()),
            workers,
            reception.with(pipeline.accepting(acks.otlpGrpc(), acks.timeout()))));
    syslog(
        config,
        workers,
        reception.with(pipeline.accepting(acks.syslog(), acks.timeout())),
        new SyslogMetrics(registry));
    Optional<Canary> canary = Canaries.of(config, otlpHttp, ledger, store.reader(), registry);
    started(
        "api",
        ApiListener.open(
            listener(config, "api.listen", config.api().listen()),
            workers,
            apiParts(
                config,
                store,
                schema,
                courier,
                registry,
                new LodgeStatus(
                    new LodgeStatus.Parts(
                        registry,
                        pipeline,
                        journal,
                        overflow,
                        courier,
                        List.of(bodies, blocks),
                        store.engine().isPresent(),
                        () -> unreachable(store).or(() -> trouble(schema.trouble())),
                        config.journal().diskBudgetBytes())),
                ledger,
                () -> canary.map(Canary::report),
                letters(config, pipeline, journal, store, courier, overflow, rules))));
    List<SourcePipeline> sources =
        kafka(config, rules.first(), pipeline, courier, blocks, new KafkaMetrics(registry), ledger);
    started("rules", rules)
        .start(next -> {
          pipeline.useRules(next);
          sources.forEach(source -> source.useRules(next));
        });
    canary.ifPresent(it -> {
      it.start();
      started("canary", it::stop);
    });
  }

  private Optional<Overflow> overflow(Config config, Journal journal, Pipeline pipeline) {
    return config
        .journal()
        .bucket()
        .map(settings -> {
          Bucket bucket = started("bucket", Buckets.open(settings));
          Overflow overflow = pipeline.overflowTo(journal.in(bucket), settings.budgetBytes());
          overflow.start();
          started("overflow", overflow::stop);
          return overflow;
        });
  }

  private void syslog(
      Config config, EventLoopGroup workers, Reception reception, SyslogMetrics metrics) {
    Config.Syslog syslog = config.receive().syslog();
    SyslogOptions options =
        new SyslogOptions((int) syslog.maxMessageBytes(), syslog.zone(), syslog.tenant(), metrics);
    syslog
        .tcp()
        .map(address -> listener(config, "receive.syslog.tcp", address))
        .ifPresent(
            at -> started("syslog/tcp", SyslogTcpListener.open(at, workers, reception, options)));
    syslog
        .udp()
        .map(address -> listener(config, "receive.syslog.udp", address))
        .ifPresent(
            at -> started("syslog/udp", SyslogUdpListener.open(at, workers, reception, options)));
  }

  private List<SourcePipeline> kafka(
      Config config,
      Rules rules,
      Pipeline pipeline,
      Courier courier,
      ByteBudget blocks,
      KafkaMetrics metrics,
      LodgeLedger ledger) {
    List<SourcePipeline> paths = new ArrayList<>();
    for (Config.Kafka source : config.kafka()) {
      Journal journal =
          started(
              "journal of kafka " + source.name(),
              openJournal(config, KafkaSources.journal(config.journal().dir(), source.name())));
      ledger.add(journal.gateway());
      SourcePipeline path =
          new SourcePipeline(
              pipelineOptions(config),
              journal,
              rules,
              pipeline,
              courier,
              blocks,
              Time.SYSTEM,
              Lodge::broken);
      KafkaSource reader =
          new KafkaSource(
              KafkaSources.options(source), path, metrics, Lodge::unixNanos, Lodge::broken);
      reader.start();
      started("kafka " + source.name(), reader::stop);
      paths.add(path);
    }
    return paths;
  }

  private static Reception reception(
      Config config, Pipeline pipeline, ByteBudget bodies, PrometheusRegistry registry) {
    int requestBytesMax = (int) config.receive().maxRequestBytes();
    BufferPool buffers = new BufferPool(requestBytesMax, config.memory().budgetBytes() / 4);
    return new Reception(
        pipeline,
        keys(config, AccessKey.Kind.INGEST),
        bodies,
        buffers,
        new Limits(requestBytesMax, REQUEST_TIMEOUT, Duration.ofSeconds(1)),
        new ReceiveMetrics(registry, bodies, buffers),
        Lodge::unixNanos);
  }

  private static ApiParts apiParts(
      Config config,
      Store store,
      SchemaKeeper schema,
      Courier courier,
      PrometheusRegistry registry,
      LodgeStatus status,
      LodgeLedger ledger,
      Supplier<Optional<CanaryReport>> canary,
      LetterOffice letters) {
    Config.Query query = config.query();
    ReaderProfile profile = new ReaderProfile(store.reader());
    QueryLimits limits =
        new QueryLimits(
            query.maxTime(), query.maxMemoryBytes(), query.maxResultRows(), query.maxConcurrent());
    return new ApiParts(
        new ClickHouseSql(store.reader(), profile, query.maxTime()),
        new Runner(store.reader(), profile, limits),
        Lodge::unixNanos,
        status,
        ledger,
        canary,
        letters,
        List.of(
            new ReadyCheck("clickhouse", () -> unreachable(store)),
            new ReadyCheck("schema", () -> trouble(schema.trouble())),
            new ReadyCheck("delivery", () -> trouble(courier.trouble())),
            ReadyCheck.note("pressure", () -> trouble(courier.pressure().text()))),
        registry,
        keys(config, AccessKey.Kind.QUERY),
        Set.of());
  }

  private static LetterOffice letters(
      Config config,
      Pipeline pipeline,
      Journal journal,
      Store store,
      Courier courier,
      Optional<Overflow> overflow,
      RulesKeeper rules) {
    return new LetterOffice(
        new LetterOffice.Parts(
            pipeline,
            journal,
            new LettersUnderWay(
                new JournalKinds(config.journal().dir()),
                () -> pipeline.backlogSegments() > 0,
                overflow),
            store.writer(),
            new LetterRows(courier, compression(config.clickhouse().compression())),
            new LetterTrial(limits(config), rules::now),
            keys(config, AccessKey.Kind.INGEST),
            Lodge::unixNanos));
  }

  private static Optional<String> unreachable(Store store) {
    return store.writer().ping(Duration.ofSeconds(2))
        ? Optional.empty()
        : Optional.of("ClickHouse does not answer");
  }

  private static Optional<String> trouble(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Routing routing(Config config) throws CommandException {
    try {
      return RoutingReader.read(config.route());
    } catch (InvalidConfigException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Journal openJournal(Config config, Path dir) {
    Config.Journal journal = config.journal();
    return Journal.open(
        dir,
        new JournalOptions(
            journal.diskBudgetBytes(), journal.minFreeBytes(), limits(config).stamp()));
  }

  /** How this configuration cuts and sends. */
  static PipelineOptions pipelineOptions(Config config) {
    return new PipelineOptions(
        shards(config),
        config.journal().segmentBytes(),
        config.journal().segmentAge(),
        config.deliver().blockRows(),
        config.deliver().blockBytes(),
        limits(config),
        config.deliver().parallel(),
        compression(config.clickhouse().compression()));
  }

  static DecoderLimits limits(Config config) {
    return DecoderLimits.ofBytes(
        config.receive().maxDecompressedBytes(), config.receive().maxRecordBytes());
  }

  private static Compression compression(Config.Compression compression) {
    return switch (compression) {
      case LZ4 -> Compression.LZ4;
      case ZSTD -> Compression.ZSTD;
      case NONE -> Compression.NONE;
    };
  }

  private static ListenerOptions listener(Config config, String key, HostPort address) {
    @Nullable TlsFiles tls =
        config.tls().map(files -> new TlsFiles(files.certificate(), files.key())).orElse(null);
    return new ListenerOptions(key, Store.socket(address), tls, LISTENERS_STOP);
  }

  private static KeyCheck keys(Config config, AccessKey.Kind kind) {
    return config.keys().required(kind)
        ? presented -> config.keys().find(presented, kind).map(AccessKey::tenant)
        : KeyCheck.OPEN;
  }

  /** One for each core, as long as their open segments take no more than half of the heap. */
  private static int shards(Config config) {
    long setBytes = 3 * config.deliver().blockBytes();
    long fit = Runtime.getRuntime().maxMemory() / 2 / (2 * setBytes);
    return Math.clamp(fit, 1, cores());
  }

  /**
   * Half as many as cores: the shards and ClickHouse need the others, and a loop that serves more
   * connections finds more requests at each waking. Measured with 10 records per request: a ninth
   * less CPU than with a loop for each core.
   */
  private static int eventLoops() {
    return Math.max(1, cores() / 2);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static long unixNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /**
   * The environment is broken, such as by a disk that does not sync: going on could break a
   * promise. Nothing is tidied up; what was acknowledged is on disk.
   */
  private static void broken(Throwable cause) {
    try {
      log.error("cannot go on: {}; this process stops now", cause.getMessage(), cause);
    } finally {
      Runtime.getRuntime().halt(EXIT_BROKEN);
    }
  }

  private <T extends AutoCloseable> T started(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /**
   * Stops everything that was started, the last first. A part that fails does not keep the others.
   */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.stop.close();
      } catch (Exception e) {
        log.warn("cannot stop {} in order: {}", part.name, e.toString());
      }
    }
  }
}
