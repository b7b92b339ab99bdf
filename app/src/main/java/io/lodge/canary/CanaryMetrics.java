package io.lodge.canary;

import io.lodge.canary.CanaryReport.OfGateway;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What /metrics shows of the canary, by gateway. */
final class CanaryMetrics {
  private static final String GATEWAY = "gateway";

  private final PrometheusRegistry registry;
  private final Supplier<CanaryReport> report;
  private final Histogram delays;

  CanaryMetrics(PrometheusRegistry registry, Supplier<CanaryReport> report) {
    this.registry = registry;
    this.report = report;
    delays =
        Histogram.builder()
            .name("lodge_canary_delay_seconds")
            .help("From sending a record to finding it in ClickHouse, to within a second.")
            .unit(Unit.SECONDS)
            .labelNames(GATEWAY)
            .classicOnly()
            .classicUpperBounds(1, 2, 3, 5, 10, 20, 60, 300, 1800, 3600, 6 * 3600)
            .register(registry);
    counters();
    gauges();
    GaugeWithCallback.builder()
        .name("lodge_canary_up")
        .help("1 while ClickHouse answers what the canary asks.")
        .callback(gauge -> gauge.call(report.get().answering() ? 1 : 0))
        .register(registry);
  }

  /** Told of each record of a gateway. */
  Consumer<Duration> delays(String gateway) {
    DistributionDataPoint of = delays.labelValues(gateway);
    return delay -> of.observe(seconds(delay));
  }

  private void counters() {
    counter("lodge_canary_sent_records_total", "Records sent.", OfGateway::sent);
    counter(
        "lodge_canary_refused_records_total",
        "Records that the gateway did not accept, and said so.",
        OfGateway::refused);
    counter(
        "lodge_canary_found_records_total",
        "Records that were found in ClickHouse.",
        OfGateway::everFound);
    counter(
        "lodge_canary_late_records_total",
        "Records accepted and not found within canary.late.",
        OfGateway::late);
    counter(
        "lodge_canary_duplicate_records_total",
        "Rows of a record beyond the one.",
        OfGateway::duplicates);
  }

  private void gauges() {
    gauge(
        "lodge_canary_missing_records",
        "Of the newest " + Numbers.NEWEST + " records those that were accepted and are nowhere.",
        OfGateway::newMissing);
    gauge(
        "lodge_canary_waiting_records",
        "Records accepted, or being sent, and not found yet.",
        OfGateway::waiting);
    gauge(
        "lodge_canary_waiting_oldest_seconds",
        "How long ago the oldest record was sent that is not found; 0 if none waits.",
        of -> seconds(of.oldestWaiting()));
    gauge(
        "lodge_canary_unknown_records",
        "Records accepted of which nothing is known: ClickHouse does not answer.",
        OfGateway::unknown);
    gauge(
        "lodge_canary_unanswered_records",
        "Records that the gateway gave no answer to, and that are not found.",
        OfGateway::unanswered);
    gauge(
        "lodge_canary_last_delay_seconds",
        "From sending the record found last to finding it.",
        of -> seconds(of.lastDelay()));
    gauge(
        "lodge_canary_worst_delay_seconds",
        "The longest of all since this process began.",
        of -> seconds(of.worstDelay()));
  }

  private static double seconds(Optional<Duration> duration) {
    return duration.map(CanaryMetrics::seconds).orElse(0.0);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private void counter(String name, String help, ToDoubleFunction<OfGateway> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(GATEWAY)
        .callback(counter ->
            report
                .get()
                .gateways()
                .forEach(of -> counter.call(value.applyAsDouble(of), of.gateway())))
        .register(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<OfGateway> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(GATEWAY)
        .callback(gauge ->
            report
                .get()
                .gateways()
                .forEach(of -> gauge.call(value.applyAsDouble(of), of.gateway())))
        .register(registry);
  }
}
