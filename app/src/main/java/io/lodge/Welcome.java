package io.lodge;

import io.lodge.config.Config;
import java.util.Locale;

/** The page that {@code lodge up} prints when everything is ready. */
final class Welcome {
  private Welcome() {}

  static String page(Config config, long startNanos) {
    boolean tls = config.tls().isPresent();
    String http = tls ? "https://" : "http://";
    StringBuilder page = new StringBuilder();
    page.append(
        "%nLodge %s is ready, after %s s.%n%n"
            .formatted(
                Build.ofThisJar().version(), String.format(Locale.ROOT, "%.1f", startNanos / 1e9)));
    row(
        page,
        "OTLP/gRPC",
        config.receive().otlpGrpc().toString(),
        "OpenTelemetry SDKs, collectors");
    row(page, "OTLP/HTTP", http + config.receive().otlpHttp(), "/v1/logs, protobuf and JSON");
    row(page, "API", http + config.api().listen(), "/api/sql /healthz /readyz /metrics");
    if (config.clickhouse().embedded()) {
      row(page, "ClickHouse HTTP", "http://" + config.engine().http(), "user reader, read-only");
      row(
          page,
          "ClickHouse TCP",
          config.engine().tcp().toString(),
          "clickhouse-client --user reader");
    } else {
      row(page, "ClickHouse", config.clickhouse().urls().toString(), "");
    }
    row(page, "Data", config.data().toString(), "");
    row(page, "Journal", config.journal().dir().toString(), "what is not in ClickHouse yet");
    page.append(
        """

        Try:
          journalctl -f | ./lodge ship
          ./lodge sql "SELECT Timestamp, ServiceName, Body FROM otel.generic_logs ORDER BY Timestamp DESC LIMIT 10"
          OTEL_EXPORTER_OTLP_ENDPOINT=%s your-instrumented-program

        Ctrl-C stops everything.
        """
            .formatted(http + config.receive().otlpHttp()));
    return page.toString();
  }

  private static void row(StringBuilder page, String name, String where, String note) {
    page.append("  %-16s %-28s %s".formatted(name, where, note).stripTrailing());
    page.append(System.lineSeparator());
  }
}
