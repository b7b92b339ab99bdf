package io.lodge;

import io.lodge.ingest.DeliveryLedger;
import io.lodge.ingest.LedgerTotals;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/** What /metrics shows of the delivery ledger: this process's totals. */
final class LedgerMetrics {
  private final PrometheusRegistry registry;
  private final DeliveryLedger ledger;

  private LedgerMetrics(PrometheusRegistry registry, DeliveryLedger ledger) {
    this.registry = registry;
    this.ledger = ledger;
  }

  static void register(PrometheusRegistry registry, DeliveryLedger ledger) {
    new LedgerMetrics(registry, ledger).register();
  }

  private void register() {
    counter(
        "lodge_ledger_received_records_total",
        "Records acknowledged, in segments that are closed.",
        LedgerTotals::received);
    counter(
        "lodge_ledger_recovered_records_total",
        "Records found in segments that an earlier process left.",
        LedgerTotals::recovered);
    counter(
        "lodge_ledger_stored_records_total",
        "Records, dead letters and drops among them, of segments that ClickHouse has whole.",
        LedgerTotals::stored);
    gauge(
        "lodge_ledger_quarantined_records",
        "Records of segments that went to quarantine, as far as they were counted.",
        LedgerTotals::quarantined);
    gauge(
        "lodge_ledger_lost_records",
        "Records of segments that vanished from the bucket, as far as they were counted.",
        LedgerTotals::lost);
    gauge(
        "lodge_ledger_handed_over_records",
        "Records of segments that another gateway delivers by now, as far as they were counted.",
        LedgerTotals::handedOver);
    gauge(
        "lodge_ledger_in_flight_records",
        "Records received and neither stored, in quarantine, lost nor handed over.",
        LedgerTotals::inFlight);
    gauge(
        "lodge_ledger_in_bucket_records",
        "Those of them that wait in the bucket, and not on this disk.",
        LedgerTotals::inBucket);
    gauge(
        "lodge_ledger_in_flight_segments",
        "Closed segments that are not stored.",
        LedgerTotals::segments);
    gauge(
        "lodge_ledger_in_flight_oldest_seconds",
        "How long ago the oldest of them began.",
        LedgerMetrics::oldestSeconds);
    gauge(
        "lodge_ledger_not_counted_segments",
        "Segments that an earlier process left and that are not decoded yet.",
        LedgerTotals::segmentsUncounted);
    gauge(
        "lodge_ledger_not_counted_in_bucket_segments",
        "Those of them that wait in the bucket.",
        LedgerTotals::segmentsUncountedInBucket);
    gauge(
        "lodge_ledger_difference_records",
        "Received and recovered, less stored, quarantined, lost, handed over and in flight: anything but 0 is a bug.",
        LedgerTotals::difference);
  }

  private static double oldestSeconds(LedgerTotals totals) {
    return totals
        .oldestInFlight()
        .map(created -> Math.max(0, Duration.between(created, Instant.now()).toMillis() / 1e3))
        .orElse(0.0);
  }

  private void counter(String name, String help, ToDoubleFunction<LedgerTotals> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(counter -> counter.call(value.applyAsDouble(ledger.totals())))
        .register(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<LedgerTotals> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.applyAsDouble(ledger.totals())))
        .register(registry);
  }
}
