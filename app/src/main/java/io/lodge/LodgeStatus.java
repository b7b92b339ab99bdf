package io.lodge;

import io.lodge.api.ask.SystemStatus;
import io.lodge.base.ByteBudget;
import io.lodge.deliver.Courier;
import io.lodge.ingest.IngestCounters;
import io.lodge.ingest.Overflow;
import io.lodge.ingest.Pipeline;
import io.lodge.journal.BucketCounters;
import io.lodge.journal.Journal;
import io.lodge.model.PayloadKind;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What Lodge tells of itself at /api/system: what its parts count, and what the listeners have
 * counted in the registry. Thread-safe.
 */
final class LodgeStatus implements Supplier<SystemStatus> {
  private static final Duration RATE_OVER = Duration.ofMinutes(1);

  /** Requests of which all or most was kept. */
  private static final Set<String> TAKEN = Set.of("accepted", "partial");

  /**
   * The parts that are asked.
   *
   * @param notReady why ClickHouse is not ready
   * @param journalBudgetBytes {@code journal.disk_budget}
   */
  record Parts(
      PrometheusRegistry registry,
      Pipeline pipeline,
      Journal journal,
      Optional<Overflow> overflow,
      Courier courier,
      List<ByteBudget> memory,
      boolean embedded,
      Supplier<Optional<String>> notReady,
      long journalBudgetBytes) {}

  private record Sample(long nanos, Map<String, Double> accepted) {}

  private final Parts parts;
  private final String version = Build.ofThisJar().version();
  private final long beganNanos = System.nanoTime();
  private final Deque<Sample> samples = new ArrayDeque<>();

  LodgeStatus(Parts parts) {
    this.parts = parts;
    samples.add(new Sample(beganNanos, Map.of()));
  }

  @Override
  public SystemStatus get() {
    return new SystemStatus(
        version,
        Duration.ofNanos(System.nanoTime() - beganNanos),
        parts.embedded,
        parts.notReady.get(),
        received(),
        kinds(),
        journal(),
        delivered(),
        memory());
  }

  private List<SystemStatus.Received> received() {
    Map<String, Double> accepted = byProtocol("lodge_receive_records", Set.of("accepted"), true);
    Map<String, Double> rejected = byProtocol("lodge_receive_records", Set.of("rejected"), true);
    Map<String, Double> refused = byProtocol("lodge_receive_requests", TAKEN, false);
    Set<String> protocols = new TreeSet<>(accepted.keySet());
    protocols.addAll(rejected.keySet());
    protocols.addAll(refused.keySet());
    Sample before = sample(accepted);
    double seconds = Math.max(1, System.nanoTime() - before.nanos) / 1e9;
    List<SystemStatus.Received> all = new ArrayList<>();
    for (String protocol : protocols) {
      double now = accepted.getOrDefault(protocol, 0.0);
      all.add(
          new SystemStatus.Received(
              protocol,
              (long) now,
              rejected.getOrDefault(protocol, 0.0).longValue(),
              refused.getOrDefault(protocol, 0.0).longValue(),
              (now - before.accepted.getOrDefault(protocol, 0.0)) / seconds));
    }
    return all;
  }

  /** Keeps what is counted now; gives what was counted a minute ago, or when last asked. */
  private synchronized Sample sample(Map<String, Double> accepted) {
    long now = System.nanoTime();
    while (samples.size() > 1 && now - samples.getFirst().nanos > RATE_OVER.toNanos()) {
      samples.removeFirst();
    }
    Sample before = samples.getFirst();
    if (now - samples.getLast().nanos >= 1_000_000_000L) {
      samples.add(new Sample(now, accepted));
    }
    return before;
  }

  /** A counter of the listeners, by protocol; of the outcomes, or of all others. */
  private Map<String, Double> byProtocol(String name, Set<String> outcomes, boolean these) {
    Map<String, Double> values = new TreeMap<>();
    for (CounterSnapshot.CounterDataPointSnapshot point : points(name)) {
      if (outcomes.contains(point.getLabels().get("outcome")) == these && point.getValue() > 0) {
        values.merge(point.getLabels().get("protocol"), point.getValue(), Double::sum);
      }
    }
    return values;
  }

  private List<CounterSnapshot.CounterDataPointSnapshot> points(String name) {
    for (MetricSnapshot metric : parts.registry.scrape(name::equals)) {
      if (metric instanceof CounterSnapshot counter) {
        return counter.getDataPoints();
      }
    }
    return List.of();
  }

  private List<SystemStatus.OfKind> kinds() {
    Map<String, Double> bytes = new TreeMap<>();
    points("lodge_receive_body_bytes")
        .forEach(point -> bytes.put(point.getLabels().get("kind"), point.getValue()));
    IngestCounters counters = parts.pipeline.counters();
    List<SystemStatus.OfKind> kinds = new ArrayList<>();
    for (PayloadKind kind : PayloadKind.values()) {
      long received = bytes.getOrDefault(kind.label(), 0.0).longValue();
      long records = counters.records(kind);
      long deadLetters = counters.deadLetters(kind);
      if (received > 0 || records > 0 || deadLetters > 0) {
        kinds.add(new SystemStatus.OfKind(kind.label(), records, received, deadLetters));
      }
    }
    return kinds;
  }

  private SystemStatus.Waiting journal() {
    Journal journal = parts.journal;
    return new SystemStatus.Waiting(
        journal.segments(),
        journal.sizeBytes(),
        parts.journalBudgetBytes,
        parts.pipeline.backlogSegments(),
        parts
            .pipeline
            .oldestWaiting()
            .map(created -> Duration.between(created, Instant.now()))
            .map(age -> age.isNegative() ? Duration.ZERO : age),
        parts.pipeline.backlogBytes(),
        parts.pipeline.drainBytesPerSecond(),
        parts.pipeline.drainLeft(),
        journal.quarantineFiles(),
        journal.quarantineBytes(),
        parts.overflow.map(LodgeStatus::bucket));
  }

  private static SystemStatus.InBucket bucket(Overflow overflow) {
    BucketCounters counters = overflow.counters();
    return new SystemStatus.InBucket(
        counters.objects(),
        counters.bytes(),
        overflow.budgetBytes(),
        counters.moved(),
        counters.fetched(),
        counters.quarantined(),
        overflow.failures(),
        Optional.of(overflow.trouble()).filter(text -> !text.isEmpty()));
  }

  private SystemStatus.Delivered delivered() {
    Courier courier = parts.courier;
    return new SystemStatus.Delivered(
        courier.rowsStored(),
        courier.blocksStored(),
        courier.rawBytesStored(),
        courier.compressedBytesStored(),
        courier.retries(),
        courier.refusals());
  }

  private SystemStatus.Memory memory() {
    Runtime heap = Runtime.getRuntime();
    return new SystemStatus.Memory(
        parts.memory.stream().mapToLong(ByteBudget::limitBytes).sum(),
        parts.memory.stream().mapToLong(ByteBudget::usedBytes).sum(),
        heap.totalMemory() - heap.freeMemory(),
        heap.maxMemory());
  }
}
