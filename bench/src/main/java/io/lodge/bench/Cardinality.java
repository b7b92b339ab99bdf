package io.lodge.bench;

import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * High cardinality: ten samples of each of two million series, by remote write, to Lodge and to
 * Prometheus, one after the other. Memory along the way, time, and a count by one label.
 *
 * <p>Arguments: the product's launcher, a folder for data, thousands of series.
 */
public final class Cardinality {
  private static final int SAMPLES_EACH = 10;
  private static final int PER_REQUEST = 1000;
  private static final int CONNECTIONS = 2;
  private static final String CONTENT_TYPE = "application/x-protobuf\r\ncontent-encoding: snappy";

  private final int thousands;
  private final long endMillis = System.currentTimeMillis();

  private Cardinality(int thousands) {
    this.thousands = thousands;
  }

  public static void main(String[] args) throws Exception {
    Path data = Files.createDirectories(Path.of(args[1]));
    Cardinality bench = new Cardinality(Integer.parseInt(args[2]));
    Path own = Files.createDirectories(data.resolve("lodge"));
    try (Gateway gateway = new Gateway(Path.of(args[0]).toAbsolutePath(), own)) {
      bench.lodge(gateway);
    }
    bench.prometheus(data.resolve("prometheus"));
  }

  /** How much memory a process has. */
  private interface Resident {
    long bytes() throws IOException;
  }

  private void lodge(Gateway gateway) throws Exception {
    say("## Lodge%n");
    ProcessUse before = gateway.use();
    ProcessUse engineBefore = gateway.engineUse();
    long began = System.nanoTime();
    send(gateway.otlpHttpPort, () -> gateway.use().residentBytes());
    gateway.awaitStored();
    double seconds = (System.nanoTime() - began) / 1e9;
    say(
        "stored after %.0f s; CPU-s: gateway %.1f, ClickHouse %.1f; resident: gateway %d MB, ClickHouse %d MB",
        seconds,
        gateway.use().cpuSeconds() - before.cpuSeconds(),
        gateway.engineUse().cpuSeconds() - engineBefore.cpuSeconds(),
        gateway.use().residentBytes() >> 20,
        gateway.engineUse().residentBytes() >> 20);
    say(
        "%,d samples, %,d rows of series; %,d bytes on disk",
        gateway.writer.scalar(Query.of("SELECT count() FROM otel.prom_samples")),
        gateway.writer.scalar(Query.of("SELECT count() FROM otel.prom_series")),
        gateway.writer.scalar(
            Query.of(
                "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND table LIKE 'prom_%'")));
    began = System.nanoTime();
    String counts =
        gateway.writer.text(
            Query.of(
                """
                SELECT Labels['device'] AS device, uniqExact(SeriesId) FROM otel.prom_series
                GROUP BY device ORDER BY device FORMAT TSV\
                """));
    say("count by device: %.2f s%n%s", (System.nanoTime() - began) / 1e9, counts);
  }

  private void prometheus(Path data) throws Exception {
    say("## Prometheus%n");
    Files.createDirectories(data);
    Path config = Files.writeString(data.resolve("prometheus.yml"), "global: {}\n");
    int port = Gateway.freePort();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + data.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver")
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("out").toFile())
            .start();
    try {
      awaitPort(port);
      ProcessUse before = ProcessUse.of(process.pid());
      long began = System.nanoTime();
      send(port, () -> ProcessUse.of(process.pid()).residentBytes());
      say(
          "stored after %.0f s; CPU-s %.1f; resident %d MB",
          (System.nanoTime() - began) / 1e9,
          ProcessUse.of(process.pid()).cpuSeconds() - before.cpuSeconds(),
          ProcessUse.of(process.pid()).residentBytes() >> 20);
      began = System.nanoTime();
      String counts = ask(port, "count by (device) ({job=\"node-exporter\"})");
      say("count by device: %.2f s%n%s", (System.nanoTime() - began) / 1e9, counts);
    } finally {
      process.destroy();
      process.onExit().join();
    }
  }

  /** Each series once, then each again, and so on: as scrapes do. */
  private void send(int port, Resident resident) throws Exception {
    for (int round = 0; round < SAMPLES_EACH; round++) {
      long began = System.nanoTime();
      long time = endMillis - (SAMPLES_EACH - round) * 15_000L;
      try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < CONNECTIONS; thread++) {
          int number = thread;
          running.add(
              threads.submit(() -> {
                post(port, number, time);
                return null;
              }));
        }
        for (Future<?> done : running) {
          done.get();
        }
      }
      say(
          "round %2d: %.1f s, resident %d MB",
          round + 1, (System.nanoTime() - began) / 1e9, resident.bytes() >> 20);
    }
  }

  private void post(int port, int number, long time) throws IOException {
    PushRequests requests = new PushRequests();
    try (HttpConnection connection =
        new HttpConnection("127.0.0.1", port, "/api/v1/write", CONTENT_TYPE)) {
      for (int i = number; i < thousands; i += CONNECTIONS) {
        int status = connection.post(requests.samples(i * PER_REQUEST, PER_REQUEST, time));
        if (status / 100 != 2) {
          throw new IOException("cannot go on: remote write was answered with " + status);
        }
      }
    }
  }

  private static void awaitPort(int port) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
  }

  private static String ask(int port, String promql) throws IOException, InterruptedException {
    URI url =
        URI.create(
            "http://127.0.0.1:%d/api/v1/query?query=%s"
                .formatted(port, URLEncoder.encode(promql, StandardCharsets.UTF_8)));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
