package io.lodge;

import io.lodge.config.AccessKey;
import io.lodge.config.Config;
import io.lodge.config.HostPort;
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
    row(
        page,
        "HTTP ingest",
        http + config.receive().otlpHttp(),
        "OTLP, Loki, Prometheus, Zipkin, Elasticsearch, events");
    row(page, "Web UI", http + config.api().listen() + "/", "logs, traces, SQL, the system");
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
          journalctl -f | ./lodge ship%s
          ./lodge sql%s "SELECT Timestamp, ServiceName, Body FROM otel.generic_logs ORDER BY Timestamp DESC LIMIT 10"
          OTEL_EXPORTER_OTLP_ENDPOINT=%s your-instrumented-program

        Ctrl-C stops everything.
        """
            .formatted(
                options("--to", config.receive().otlpHttp(), 4318, AccessKey.Kind.INGEST, config),
                options("--api", config.api().listen(), 8080, AccessKey.Kind.QUERY, config),
                ConfigFileOptions.urlOf(config.receive().otlpHttp(), tls)));
    return page.toString();
  }

  /** What a command must be told beside its defaults to reach this Lodge. */
  private static String options(
      String option, HostPort address, int defaultPort, AccessKey.Kind kind, Config config) {
    boolean usual = address.isLoopback() && address.port() == defaultPort && config.tls().isEmpty();
    String where =
        usual
            ? ""
            : " " + option + " " + ConfigFileOptions.urlOf(address, config.tls().isPresent());
    return where + (config.keys().required(kind) ? " --key env:LODGE_KEY" : "");
  }

  private static void row(StringBuilder page, String name, String where, String note) {
    page.append("  %-16s %-28s %s".formatted(name, where, note).stripTrailing());
    page.append(System.lineSeparator());
  }
}
