package io.lodge.receive;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the syslog listeners count: nobody answers a sender, so this is where to look. */
public final class SyslogMetrics {
  final Gauge connections;
  private final Counter messages;
  private final Counter cut;
  private final Counter lost;
  private final Counter retries;
  private volatile KernelDrops drops = KernelDrops.NONE;

  public SyslogMetrics(PrometheusRegistry registry) {
    messages = counter(registry, "lodge_syslog_messages_total", "Messages that are durable.");
    cut =
        counter(
            registry,
            "lodge_syslog_truncated_total",
            "Messages over receive.syslog.max_message, or unfinished when their connection ended.");
    lost =
        counter(
            registry,
            "lodge_syslog_lost_total",
            "Messages read and not stored: the gateway was stopped or has a bug.");
    retries =
        counter(
            registry,
            "lodge_syslog_retries_total",
            "Payloads that waited because the gateway was full; nothing was read meanwhile.");
    connections =
        Gauge.builder()
            .name("lodge_syslog_connections")
            .help("Open TCP connections.")
            .register(registry);
    CounterWithCallback.builder()
        .name("lodge_syslog_udp_drops_total")
        .help("Datagrams that the kernel dropped because the socket's buffer was full.")
        .callback(callback -> callback.call((double) drops.count()))
        .register(registry);
  }

  private static Counter counter(PrometheusRegistry registry, String name, String help) {
    return Counter.builder().name(name).help(help).labelNames("transport").register(registry);
  }

  void watch(KernelDrops socket) {
    drops = socket;
  }

  void durable(String transport, int count) {
    messages.labelValues(transport).inc(count);
  }

  void cut(String transport, int count) {
    if (count > 0) {
      cut.labelValues(transport).inc(count);
    }
  }

  void lost(String transport, int count) {
    lost.labelValues(transport).inc(count);
  }

  void retried(String transport) {
    retries.labelValues(transport).inc();
  }
}
