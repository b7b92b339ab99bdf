package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lodge.base.FreePorts;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus' own client library shows native histograms, a real Prometheus (Debian's) scrapes them
 * and writes them to Lodge: the buckets that SQL finds are those that its query API tells.
 */
class NativeHistogramsTest {
  private static final String NAME = "lodge_test_latency_seconds";

  @TempDir Path folder;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Histogram latency =
      Histogram.builder().name(NAME).nativeOnly().labelNames("route").register(registry);
  private final Random random = new Random(7);
  private final HttpServer target;

  NativeHistogramsTest() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext("/metrics", this::scrape);
    target.start();
  }

  @AfterEach
  void close() {
    target.stop(0);
  }

  /** Each scrape finds other counts: of times from a microsecond to minutes, of zeros, of debts. */
  private void scrape(HttpExchange exchange) throws IOException {
    for (int i = 0; i < 20; i++) {
      latency.labelValues("/cart").observe(Math.exp(random.nextGaussian() * 3));
      latency.labelValues("/pay").observe(random.nextInt(3) * random.nextGaussian());
    }
    ExpositionFormatWriter writer =
        ExpositionFormats.init().findWriter(exchange.getRequestHeaders().getFirst("Accept"));
    exchange.getResponseHeaders().set("Content-Type", writer.getContentType());
    exchange.sendResponseHeaders(200, 0);
    try (var out = exchange.getResponseBody()) {
      writer.write(out, registry.scrape());
    }
  }

  @Test
  void theBucketsThatPrometheusHasAreThoseThatSqlFinds() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/prometheus")), "needs Debian's prometheus");
    int port = FreePorts.one();
    try (RunningLodge lodge = RunningLodge.start(folder, "journal.segment_age=50ms")) {
      Process prometheus = start(port, lodge.at().otlpHttpUrl());
      try {
        URI api = URI.create("http://127.0.0.1:" + port + "/api/v1/query");
        Waiting.until("five scrapes", () -> expected(api, now()).size() >= 10);
        double until = now();
        Waiting.until(
            "Lodge has what came later",
            () ->
                lodge
                        .reader()
                        .number(
                            "SELECT count() FROM otel.prom_histograms WHERE"
                                + " toUnixTimestamp64Milli(Timestamp) > "
                                + (long) (until * 1000))
                    > 0,
            lodge::output);
        List<String> expected = expected(api, until);
        assertThat(expected).anyMatch(line -> line.contains("-")).hasSizeGreaterThanOrEqualTo(10);
        assertThat(stored(lodge, until)).containsExactlyInAnyOrderElementsOf(expected);
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
          - job_name: native
            static_configs: [{targets: ['127.0.0.1:%d']}]
        remote_write:
          - url: %s
            send_native_histograms: true
            queue_config: {batch_send_deadline: 200ms}
        """
            .formatted(target.getAddress().getPort(), lodge.resolve("/api/v1/write")));
    return new ProcessBuilder(
            "prometheus",
            "--config.file=" + config,
            "--enable-feature=native-histograms",
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private static List<String> expected(URI api, double time) {
    String query = URLEncoder.encode(NAME + "[1h]", StandardCharsets.UTF_8);
    Http.Answer answer = Http.get(URI.create(api + "?query=" + query + "&time=" + time));
    JsonObject whole = JsonParser.parseString(answer.text()).getAsJsonObject();
    List<String> lines = new ArrayList<>();
    if (!whole.has("data")) {
      return lines;
    }
    for (JsonElement one : whole.getAsJsonObject("data").getAsJsonArray("result")) {
      String route = one.getAsJsonObject().getAsJsonObject("metric").get("route").getAsString();
      JsonArray histograms = one.getAsJsonObject().getAsJsonArray("histograms");
      for (JsonElement pair : histograms == null ? new JsonArray() : histograms) {
        JsonObject histogram = pair.getAsJsonArray().get(1).getAsJsonObject();
        TreeMap<Double, Long> buckets = new TreeMap<>();
        JsonArray all = histogram.getAsJsonArray("buckets");
        for (JsonElement bucket : all == null ? new JsonArray() : all) {
          JsonArray parts = bucket.getAsJsonArray();
          double low = parts.get(1).getAsDouble();
          double high = parts.get(2).getAsDouble();
          buckets.put(low < 0 && high < 0 ? low : high, parts.get(3).getAsLong());
        }
        lines.add(
            line(
                route,
                pair.getAsJsonArray().get(0).getAsBigDecimal().movePointRight(3).longValueExact(),
                histogram.get("count").getAsLong(),
                histogram.get("sum").getAsDouble(),
                buckets));
      }
    }
    return lines;
  }

  private static List<String> stored(RunningLodge lodge, double until) {
    return lodge
        .reader()
        .rows(
            """
            SELECT l['route'], toUnixTimestamp64Milli(Timestamp), CountInt, toString(Sum), Schema,
              toString(ZeroThreshold), ZeroCountInt, PositiveSpanOffsets, PositiveSpanLengths, PositiveDeltas,
              NegativeSpanOffsets, NegativeSpanLengths, NegativeDeltas
            FROM otel.prom_histograms
            JOIN (SELECT SeriesId, any(Labels) AS l FROM otel.prom_series GROUP BY SeriesId) AS series USING SeriesId
            WHERE MetricName = '%s' AND NOT IsFloat AND toUnixTimestamp64Milli(Timestamp) <= %d\
            """
                .formatted(NAME, (long) (until * 1000)))
        .stream()
        .map(NativeHistogramsTest::line)
        .toList();
  }

  private static String line(List<String> row) {
    TreeMap<Double, Long> buckets = new TreeMap<>();
    int schema = Integer.parseInt(row.get(4));
    if (!row.get(6).equals("0")) {
      buckets.put(Double.parseDouble(row.get(5)), Long.parseLong(row.get(6)));
    }
    spread(schema, row.subList(7, 10), 1, buckets);
    spread(schema, row.subList(10, 13), -1, buckets);
    return line(
        row.get(0),
        Long.parseLong(row.get(1)),
        Long.parseLong(row.get(2)),
        Double.parseDouble(row.get(3)),
        buckets);
  }

  /** Spans of buckets, and the difference of each bucket from the one before. */
  private static void spread(
      int schema, List<String> columns, int sign, SortedMap<Double, Long> buckets) {
    List<Long> offsets = numbers(columns.get(0));
    List<Long> lengths = numbers(columns.get(1));
    List<Long> deltas = numbers(columns.get(2));
    long index = 0;
    long count = 0;
    int next = 0;
    for (int span = 0; span < offsets.size(); span++) {
      index += offsets.get(span);
      for (long i = 0; i < lengths.get(span); i++) {
        count += deltas.get(next++);
        if (count != 0) {
          buckets.put(sign * Math.pow(2, index * Math.pow(2, -schema)), count);
        }
        index++;
      }
    }
  }

  private static List<Long> numbers(String array) {
    String inside = array.substring(1, array.length() - 1);
    return inside.isEmpty()
        ? List.of()
        : List.of(inside.split(",", -1)).stream().map(Long::parseLong).toList();
  }

  private static String line(
      String route, long millis, long count, double sum, SortedMap<Double, Long> buckets) {
    StringBuilder text =
        new StringBuilder("%s %d count %d sum %s".formatted(route, millis, count, sum));
    buckets.forEach(
        (bound, many) -> text.append(String.format(Locale.ROOT, " %.9g:%d", bound, many)));
    return text.toString();
  }
}
