package io.lodge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.xerial.snappy.Snappy;

/** What Prometheus and Loki's clients push: snappy-compressed protobuf. Seeded. */
final class PushRequests {
  private static final int STREAMS = 10;

  private final SplittableRandom random = new SplittableRandom(1);

  /**
   * A scrape on its way: one sample for each of so many series of ten labels, about the names and
   * values of a node exporter behind Kubernetes' service discovery.
   *
   * @param first the number of the first series; others of other requests are other series
   */
  byte[] samples(int first, int count, long unixMillis) throws IOException {
    Message request = new Message();
    for (int i = first; i < first + count; i++) {
      Message series = new Message();
      label(series, "__name__", "node_network_transmit_bytes_total_" + i % 40);
      label(series, "cluster", "prod-eu-1");
      label(series, "container", "node-exporter");
      label(series, "device", "eth" + i / 40 % 8);
      label(series, "endpoint", "metrics");
      label(series, "instance", "10.0." + i / 320 % 250 + ".17:9100");
      label(series, "job", "node-exporter");
      label(series, "namespace", "monitoring");
      label(series, "pod", "node-exporter-" + i / 320);
      label(series, "service", "node-exporter");
      series.message(2, new Message().real(1, random.nextInt(1_000_000)).varint(2, unixMillis));
      request.message(1, series);
    }
    return Snappy.compress(request.toBytes());
  }

  private static void label(Message series, String name, String value) {
    series.message(1, new Message().text(1, name).text(2, value));
  }

  /** Lines of containers, as Promtail sends them: ten streams of seven labels. */
  byte[] lines(int count, long unixNanos) throws IOException {
    Message request = new Message();
    for (int stream = 0; stream < STREAMS; stream++) {
      Message entries = new Message();
      int pod = random.nextInt(400);
      entries.text(
          1,
          "{app=\"shop-%d\", cluster=\"prod-eu-1\", container=\"app\", job=\"shop/app\", namespace=\"shop\", node_name=\"ip-10-0-%d-17\", pod=\"shop-%d-x2k9p\"}"
              .formatted(pod % 12, pod % 16, pod));
      for (int i = 0; i < count / STREAMS; i++) {
        long nanos = unixNanos + random.nextInt(1_000_000_000);
        entries.message(
            2,
            new Message()
                .message(
                    1,
                    new Message().varint(1, nanos / 1_000_000_000).varint(2, nanos % 1_000_000_000))
                .text(2, line()));
      }
      request.message(1, entries);
    }
    return Snappy.compress(request.toBytes());
  }

  /** RFC 5424 messages, each behind its length, as rsyslog's omfwd sends them over TCP. */
  byte[] syslog(int count, String time) {
    StringBuilder messages = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String message =
          "<134>1 %s ip-10-0-%d-17 shop-%d %d - [meta@1 sequenceId=\"%d\"] %s"
              .formatted(
                  time, random.nextInt(16), random.nextInt(12), random.nextInt(9000), i, line());
      messages.append(message.length()).append(' ').append(message);
    }
    return messages.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private String line() {
    return "ts=2026-11-21T10:00:00.%03dZ caller=handler.go:%d level=%s msg=\"handled request\" customer=%08x took=%dms items=%d"
        .formatted(
            random.nextInt(1000),
            random.nextInt(400),
            random.nextInt(20) == 0 ? "error" : "info",
            random.nextInt(),
            random.nextInt(900),
            random.nextInt(40));
  }
}
