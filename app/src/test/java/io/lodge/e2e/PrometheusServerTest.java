package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lodge.base.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus (Debian's package) scrapes itself and writes to Lodge: what SQL finds is what
 * its own query API says, sample by sample.
 */
class PrometheusServerTest {
  private static final String SELECTOR =
      "{__name__=~\"up|go_goroutines|process_cpu_seconds_total|prometheus_http_requests_total\"}";

  @TempDir Path folder;

  @Test
  void whatPrometheusHasIsWhatSqlFinds() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/prometheus")), "needs Debian's prometheus");
    int port = FreePorts.one();
    try (RunningLodge lodge = RunningLodge.start(folder, "journal.segment_age=50ms")) {
      Process prometheus = start(port, lodge.at().otlpHttpUrl());
      try {
        URI api = URI.create("http://127.0.0.1:" + port + "/api/v1/query");
        Waiting.until("five scrapes", () -> samples(api, "up[1h]", now()).size() >= 5);
        double until = now();
        Waiting.until(
            "Lodge has what came later",
            () ->
                lodge
                        .reader()
                        .number(
                            "SELECT count() FROM otel.prom_samples WHERE MetricName = 'up' AND"
                                + " toUnixTimestamp64Milli(Timestamp) > "
                                + (long) (until * 1000))
                    > 0);
        List<String> expected = samples(api, SELECTOR + "[1h]", until);
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(stored(lodge, until)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(
                lodge
                    .reader()
                    .number(
                        "SELECT count() FROM otel.prom_metadata WHERE MetricName ="
                            + " 'go_goroutines' AND Type = 'gauge'"))
            .isPositive();
      } finally {
        prometheus.destroy();
        if (!prometheus.waitFor(10, TimeUnit.SECONDS)) {
          prometheus.destroyForcibly();
        }
      }
    }
  }

  private Process start(int port, URI lodge) throws IOException {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: self
            static_configs: [{targets: ['127.0.0.1:%d']}]
        remote_write:
          - url: %s
            queue_config: {batch_send_deadline: 200ms}
            metadata_config: {send_interval: 1s}
        """
            .formatted(port, lodge.resolve("/api/v1/write")));
    return new ProcessBuilder(
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  /** Each sample as {@code name{job, instance, handler, code} milliseconds value}. */
  private static List<String> samples(URI api, String selector, double time) {
    String query = URLEncoder.encode(selector, StandardCharsets.UTF_8);
    Http.Answer answer = Http.get(URI.create(api + "?query=" + query + "&time=" + time));
    JsonArray series =
        JsonParser.parseString(answer.text())
            .getAsJsonObject()
            .getAsJsonObject("data")
            .getAsJsonArray("result");
    List<String> samples = new ArrayList<>();
    for (JsonElement one : series) {
      JsonObject metric = one.getAsJsonObject().getAsJsonObject("metric");
      for (JsonElement pair : one.getAsJsonObject().getAsJsonArray("values")) {
        JsonArray sample = pair.getAsJsonArray();
        samples.add(
            line(
                text(metric, "__name__"),
                text(metric, "handler") + "," + text(metric, "code") + "," + text(metric, "job"),
                sample.get(0).getAsBigDecimal().movePointRight(3).longValueExact(),
                sample.get(1).getAsString()));
      }
    }
    return samples;
  }

  private static List<String> stored(RunningLodge lodge, double until) {
    return lodge
        .reader()
        .rows(
            """
            SELECT MetricName, l['handler'] || ',' || l['code'] || ',' || l['job'],
              toUnixTimestamp64Milli(Timestamp), toString(Value)
            FROM otel.prom_samples
            JOIN (SELECT SeriesId, any(Labels) AS l FROM otel.prom_series GROUP BY SeriesId) AS series USING SeriesId
            WHERE MetricName IN ('up', 'go_goroutines', 'process_cpu_seconds_total', 'prometheus_http_requests_total')
              AND toUnixTimestamp64Milli(Timestamp) <= %d\
            """
                .formatted((long) (until * 1000)))
        .stream()
        .map(row -> line(row.get(0), row.get(1), Long.parseLong(row.get(2)), row.get(3)))
        .toList();
  }

  private static String text(JsonObject metric, String label) {
    return metric.has(label) ? metric.get(label).getAsString() : "";
  }

  private static String line(String name, String labels, long millis, String value) {
    return "%s{%s} %d %s".formatted(name, labels, millis, Double.parseDouble(value));
  }
}
