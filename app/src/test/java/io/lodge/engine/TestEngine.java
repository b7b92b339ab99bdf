package io.lodge.engine;

import io.lodge.base.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real engine for tests: one per JVM, on free ports and in a temporary folder, started when
 * first asked for and stopped with the JVM.
 */
public final class TestEngine {
  private static @Nullable TestEngine shared;

  private final Engine engine;
  private final HttpClient http = HttpClient.newHttpClient();

  private TestEngine(Engine engine) {
    this.engine = engine;
  }

  /** The engine that all tests of this JVM share. Tests use databases or tables of their own. */
  public static synchronized TestEngine shared() {
    if (shared == null) {
      shared = startShared();
    }
    return shared;
  }

  private static TestEngine startShared() {
    try {
      Path dir = Files.createTempDirectory("lodge-engine");
      TestEngine started = new TestEngine(start(dir));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                started.engine.close();
                deleteTree(dir);
              }));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An engine of the caller's own, who closes it. */
  public static Engine start(Path dir) {
    return start(options(dir, FreePorts.one(), FreePorts.one()));
  }

  public static Engine start(EngineOptions options) {
    try {
      return Engine.start(
          options, new EngineLibrary(EngineLibrary.userCache()), System.err::println);
    } catch (EngineException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Loopback, no reader password, the limits of the shipped configuration. */
  public static EngineOptions options(Path dir, int httpPort, int tcpPort) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new EngineOptions(
        dir,
        new InetSocketAddress(loopback, httpPort),
        new InetSocketAddress(loopback, tcpPort),
        Optional.empty(),
        "",
        false,
        new EngineOptions.QueryLimits(Duration.ofSeconds(60), 4L << 30, 1_000_000));
  }

  public EngineEndpoint endpoint() {
    return engine.endpoint();
  }

  /** Runs a statement as the writer and returns the answer without its last line break. */
  public String sql(String statement) {
    return sql(endpoint(), endpoint().writer(), endpoint().writerPassword(), statement, http);
  }

  /** Runs a statement as a user of any engine; a refusal is returned like an answer. */
  static String sql(
      EngineEndpoint endpoint, String user, String password, String statement, HttpClient http) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + "/?wait_end_of_query=1"))
            .header("X-ClickHouse-User", user)
            .header("X-ClickHouse-Key", password)
            .POST(HttpRequest.BodyPublishers.ofString(statement))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body().stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void deleteTree(Path dir) {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      System.err.println("cannot delete " + dir + ": " + left);
    }
  }
}
