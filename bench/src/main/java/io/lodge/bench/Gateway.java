package io.lodge.bench;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.ClickHouseEndpoints;
import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** A Lodge of its own for a benchmark: the real process on free ports with fresh data. */
final class Gateway implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(90);

  final int otlpHttpPort;
  final int apiPort;
  private final int enginePort;
  private final Path data;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  final ClickHouse writer;

  /**
   * Starts it and waits until it is ready.
   *
   * @param launcher the product's {@code lodge} script
   * @param settings further ones, {@code key=value}
   */
  Gateway(Path launcher, Path data, String... settings) throws IOException, InterruptedException {
    this.data = data;
    otlpHttpPort = freePort();
    apiPort = freePort();
    enginePort = freePort();
    process = start(launcher, settings);
    awaitReady();
    String password = Files.readString(data.resolve("engine/writer.password")).strip();
    writer =
        new ClickHouse(
            ClickHouseEndpoints.of(
                URI.create("http://127.0.0.1:" + enginePort), "lodge", password));
  }

  private Process start(Path launcher, String... settings) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(launcher.toString(), "up", "--data", data.toString()));
    set(command, "receive.otlp.grpc", freePort());
    set(command, "receive.otlp.http", otlpHttpPort);
    set(command, "api.listen", apiPort);
    set(command, "engine.http", enginePort);
    set(command, "engine.tcp", freePort());
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(data.resolve("lodge.out").toFile())
        .start();
  }

  private static void set(List<String> command, String key, int port) {
    command.addAll(List.of("--set", key + "=127.0.0.1:" + port));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (status("/readyz") != 200) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("cannot start Lodge: see " + data.resolve("lodge.out"));
      }
      Thread.sleep(10);
    }
  }

  private int status(String path) throws InterruptedException {
    try {
      return http.send(request(path), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path)).build();
  }

  /** The sum of a metric over its labels. */
  double metric(String name) throws IOException, InterruptedException {
    String page = http.send(request("/metrics"), HttpResponse.BodyHandlers.ofString()).body();
    return page.lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  ProcessUse use() throws IOException {
    return ProcessUse.of(process.pid());
  }

  /** The engine's process: the only child. */
  ProcessUse engineUse() throws IOException {
    return ProcessUse.of(process.children().findFirst().orElseThrow().pid());
  }

  /** Sends the engine's process a signal by name, such as STOP. */
  void signalEngine(String name) throws IOException, InterruptedException {
    long pid = process.children().findFirst().orElseThrow().pid();
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
  }

  /**
   * Waits until ClickHouse has every acknowledged record. Looks at the journal's folder: to ask the
   * gateway for its metrics this often would count as its own work.
   */
  void awaitStored() throws IOException, InterruptedException {
    while (segments() > 0) {
      Thread.sleep(10);
    }
  }

  private long segments() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(data.resolve("journal"), "*.{open,closed}")) {
      return StreamSupport.stream(files.spliterator(), false).count();
    }
  }

  long rows() throws IOException {
    return writer.scalar(Query.of("SELECT count() FROM otel.generic_logs"));
  }

  /** Empties the table and lets merges end, so that each phase begins alike. */
  void reset() throws IOException, InterruptedException {
    writer.execute(Query.of("TRUNCATE TABLE otel.generic_logs_0"));
    while (writer.scalar(Query.of("SELECT count() FROM system.merges")) > 0) {
      Thread.sleep(100);
    }
  }

  /** kill -9 of the gateway and its engine. */
  void kill() {
    writer.close();
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  @Override
  public void close() {
    writer.close();
    process.destroy();
    process.onExit().join();
  }
}
