package io.lodge.kafka;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the sources count; a label for each source. One per process; any thread. */
public final class KafkaMetrics {
  private final Counter records;
  private final Counter segments;
  private final Counter rebalances;
  private final Counter failures;
  private final Counter pauses;
  private final Gauge lag;
  private final Gauge partitions;
  private final Gauge undecided;

  public KafkaMetrics(PrometheusRegistry registry) {
    records =
        counter(
            registry,
            "lodge_kafka_records_total",
            "Records whose offsets are committed: taken, unreadable (dead letters), or empty.",
            "outcome");
    segments =
        counter(
            registry,
            "lodge_kafka_commits_total",
            "Segments by what became of their commit: committed, dropped, or undecided.",
            "outcome");
    rebalances =
        counter(registry, "lodge_kafka_rebalances_total", "Assignments of partitions.", "event");
    failures =
        counter(
            registry, "lodge_kafka_failures_total", "Times a consumer was started over.", "cause");
    pauses =
        counter(
            registry,
            "lodge_kafka_pauses_total",
            "Times partitions were paused because the journal was full.",
            "cause");
    lag = gauge(registry, "lodge_kafka_lag_records", "Records not read yet, of all partitions.");
    partitions = gauge(registry, "lodge_kafka_partitions", "Partitions assigned.");
    undecided =
        gauge(
            registry,
            "lodge_kafka_undecided_segments",
            "Segments that wait for Kafka to say whether they were committed.");
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String label) {
    return Counter.builder().name(name).help(help).labelNames("source", label).register(registry);
  }

  private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
    return Gauge.builder().name(name).help(help).labelNames("source").register(registry);
  }

  /** The counters of one source. */
  OfSource of(String source) {
    return new OfSource(
        source,
        records.labelValues(source, "taken"),
        lag.labelValues(source),
        partitions.labelValues(source),
        undecided.labelValues(source));
  }

  /** What one source counts. */
  final class OfSource {
    final CounterDataPoint taken;
    final GaugeDataPoint lag;
    final GaugeDataPoint partitions;
    final GaugeDataPoint undecided;
    private final String source;

    private OfSource(
        String source,
        CounterDataPoint taken,
        GaugeDataPoint lag,
        GaugeDataPoint partitions,
        GaugeDataPoint undecided) {
      this.source = source;
      this.taken = taken;
      this.lag = lag;
      this.partitions = partitions;
      this.undecided = undecided;
    }

    void record(String outcome, long count) {
      if (count > 0) {
        records.labelValues(source, outcome).inc(count);
      }
    }

    void commit(String outcome) {
      segments.labelValues(source, outcome).inc();
    }

    void rebalance(String event) {
      rebalances.labelValues(source, event).inc();
    }

    void failure(String cause) {
      failures.labelValues(source, cause).inc();
    }

    void pause() {
      pauses.labelValues(source, "journal_full").inc();
    }
  }
}
