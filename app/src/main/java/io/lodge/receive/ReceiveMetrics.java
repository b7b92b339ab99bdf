package io.lodge.receive;

import io.lodge.base.BufferPool;
import io.lodge.base.ByteBudget;
import io.lodge.model.PayloadKind;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the listeners count. One per process; any thread. */
public final class ReceiveMetrics {
  private final Counter requests;
  private final Counter records;
  private final Map<Protocol, DistributionDataPoint> seconds = new EnumMap<>(Protocol.class);
  private final Map<Protocol, CounterDataPoint> accepted = new EnumMap<>(Protocol.class);
  private final Map<PayloadKind, CounterDataPoint> bytes = new EnumMap<>(PayloadKind.class);

  public ReceiveMetrics(PrometheusRegistry registry, ByteBudget budget, BufferPool buffers) {
    requests =
        Counter.builder()
            .name("lodge_receive_requests_total")
            .help("Requests answered, by what became of them.")
            .labelNames("protocol", "outcome")
            .register(registry);
    records =
        Counter.builder()
            .name("lodge_receive_records_total")
            .help("Records acknowledged as accepted, or reported to the client as rejected.")
            .labelNames("protocol", "outcome")
            .register(registry);
    Counter received =
        Counter.builder()
            .name("lodge_receive_body_bytes_total")
            .help("Bytes of bodies handed to the pipeline, as sent.")
            .labelNames("kind")
            .register(registry);
    Histogram latency =
        Histogram.builder()
            .name("lodge_receive_request_duration_seconds")
            .help("From a request's headers to its answer.")
            .unit(Unit.SECONDS)
            .labelNames("protocol")
            .classicOnly()
            .classicUpperBounds(
                .0005, .001, .002, .004, .008, .016, .032, .064, .128, .256, .512, 1, 2, 4, 8, 16)
            .register(registry);
    gauge(registry, "lodge_receive_in_flight_bytes", "Memory held by bodies.", budget::usedBytes);
    gauge(
        registry,
        "lodge_receive_idle_buffer_bytes",
        "Memory kept for the next bodies.",
        buffers::idleBytes);
    for (Protocol protocol : Protocol.values()) {
      seconds.put(protocol, latency.labelValues(protocol.label));
      accepted.put(protocol, requests.labelValues(protocol.label, "accepted"));
    }
    for (PayloadKind kind : PayloadKind.values()) {
      bytes.put(kind, received.labelValues(kind.label()));
    }
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, LongSupplier bytes) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call((double) bytes.getAsLong()))
        .register(registry);
  }

  void submitted(PayloadKind kind, int bodyBytes) {
    counter(bytes.get(kind)).inc(bodyBytes);
  }

  void answered(Protocol protocol, Reply reply, long startNanos) {
    if (reply instanceof Reply.Stored stored) {
      records.labelValues(protocol.label, "accepted").inc(stored.records());
      if (stored.rejected() > 0) {
        records.labelValues(protocol.label, "rejected").inc(stored.rejected());
      }
    }
    answered(protocol, reply.label(), startNanos);
  }

  /**
   * @param outcome also what never became a reply: {@code broken}
   */
  void answered(Protocol protocol, String outcome, long startNanos) {
    if (outcome.equals("accepted")) {
      counter(accepted.get(protocol)).inc();
    } else {
      requests.labelValues(protocol.label, outcome).inc();
    }
    DistributionDataPoint latency = seconds.get(protocol);
    if (latency != null) {
      latency.observe((System.nanoTime() - startNanos) / 1e9);
    }
  }

  private static CounterDataPoint counter(@Nullable CounterDataPoint it) {
    if (it == null) {
      throw new IllegalStateException("unexpected label without a counter");
    }
    return it;
  }
}
