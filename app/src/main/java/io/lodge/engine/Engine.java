package io.lodge.engine;

import io.lodge.base.Backoff;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded ClickHouse, watched: started, started again with growing pauses when it dies or no
 * longer answers, and stopped. Nothing is lost by that: what was acknowledged is in the journal
 * until the engine has it.
 */
public final class Engine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /** The first start on a cold disk reads half a gigabyte of library. */
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /**
   * Longest wait for the library to stop by itself. With idle connections open it sits for 5 s and
   * then breaks off anyway; no whole insert is lost by that, so it need not be waited for.
   */
  private static final Duration ORDERLY_STOP_MAX = Duration.ofMillis(1500);

  /** Longer than the host gives a full server. */
  private static final Duration STOP_MAX = Duration.ofSeconds(25);

  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

  /** Checks that may fail in a row before the engine counts as hung: it may be very busy. */
  private static final int FAILED_CHECKS_MAX = 6;

  private static final Backoff RESTARTS =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  private final EngineFiles files;
  private final FileChannel claim;
  private final List<String> hostArguments;
  private final EngineEndpoint endpoint;
  private final EngineHttp http;
  private final Thread supervisor;

  private volatile Process process;
  private volatile boolean stopping;
  private final AtomicInteger restarts = new AtomicInteger();

  private Engine(
      EngineFiles files,
      FileChannel claim,
      List<String> hostArguments,
      EngineEndpoint endpoint,
      Process process) {
    this.files = files;
    this.claim = claim;
    this.hostArguments = hostArguments;
    this.endpoint = endpoint;
    this.process = process;
    http = new EngineHttp(endpoint);
    supervisor = Thread.ofPlatform().daemon().name("engine-supervisor").unstarted(this::supervise);
  }

  /**
   * Starts the engine and waits until it answers.
   *
   * @param library where the library is; not asked when {@code options} names a binary
   * @param progress told when something takes long
   * @throws EngineException if it cannot be fetched or does not come up
   */
  public static Engine start(
      EngineOptions options, EngineLibrary library, Consumer<String> progress)
      throws EngineException, InterruptedException {
    requireOneHost(options);
    @Nullable Path file = options.binary().isPresent() ? null : library.file(progress);
    EngineFiles files = new EngineFiles(options.dir());
    try {
      FileChannel claim = files.claim();
      try {
        return start(options, files, claim, file);
      } catch (EngineException | IOException | InterruptedException | RuntimeException e) {
        claim.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EngineException(
          "cannot start the engine in %s: %s; check the folder and its owner"
              .formatted(options.dir(), e.getMessage()),
          e);
    }
  }

  private static Engine start(
      EngineOptions options, EngineFiles files, FileChannel claim, @Nullable Path library)
      throws EngineException, IOException, InterruptedException {
    EngineEndpoint endpoint = endpoint(options, files.write(options));
    List<String> arguments = hostArguments(options, files, library);
    files.removeSystemLogs();
    Process process = EngineProcess.start(arguments, files.output());
    Engine engine = new Engine(files, claim, arguments, endpoint, process);
    engine.awaitUp();
    engine.supervisor.start();
    return engine;
  }

  /** ClickHouse opens both ports on every host: two hosts would open more than was asked for. */
  private static void requireOneHost(EngineOptions options) throws EngineException {
    if (!options.http().getAddress().equals(options.tcp().getAddress())) {
      throw new EngineException(
          "cannot start the engine on %s and %s: it listens on the same host with both; set engine.http and engine.tcp to one host"
              .formatted(options.http(), options.tcp()));
    }
  }

  /** The engine that another process runs on this folder, if one does and answers. */
  public static Optional<EngineEndpoint> running(EngineOptions options)
      throws InterruptedException {
    Optional<String> password = new EngineFiles(options.dir()).existingWriterPassword();
    if (password.isEmpty()) {
      return Optional.empty();
    }
    EngineEndpoint endpoint = endpoint(options, password.get());
    return new EngineHttp(endpoint).isOurs() ? Optional.of(endpoint) : Optional.empty();
  }

  private static EngineEndpoint endpoint(EngineOptions options, String writerPassword) {
    return new EngineEndpoint(
        url(options.http()),
        UsersXml.WRITER,
        writerPassword,
        UsersXml.READER,
        options.readerPassword());
  }

  private static List<String> hostArguments(
      EngineOptions options, EngineFiles files, @Nullable Path library) {
    if (library == null) {
      String binary = options.binary().orElseThrow().toString();
      return List.of("binary", binary, files.config().toString());
    }
    return List.of(
        "library", library.toString(), files.config().toString(), files.tables().toString());
  }

  /** Always by loopback: the writer may come from nowhere else. */
  private static URI url(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    boolean loopback = address.getAddress().isLoopbackAddress();
    String ours = !loopback ? "127.0.0.1" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("http://%s:%d".formatted(ours, address.getPort()));
  }

  public EngineEndpoint endpoint() {
    return endpoint;
  }

  /** How often the engine had to be started again. */
  public int restarts() {
    return restarts.get();
  }

  /** The process id of the child at the moment. */
  public long pid() {
    return process.pid();
  }

  /** Waits until the engine answers; leaves no process behind if it does not. */
  private void awaitUp() throws EngineException, InterruptedException {
    try {
      pingUntilUp();
    } catch (EngineException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private void pingUntilUp() throws EngineException, InterruptedException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (!http.ping()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new EngineException(
            "cannot start the engine: it ended with status %d: %s; see %s"
                .formatted(process.exitValue(), files.lastWords(), files.log()));
      }
      if (System.nanoTime() > deadline) {
        throw new EngineException(
            "cannot start the engine: no answer within %d s: %s; see %s"
                .formatted(START_MAX.toSeconds(), files.lastWords(), files.log()));
      }
    }
  }

  private void supervise() {
    int failedChecks = 0;
    try {
      while (!stopping) {
        boolean ended = process.waitFor(CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        failedChecks = ended || http.ping() ? 0 : failedChecks + 1;
        if (failedChecks > FAILED_CHECKS_MAX) {
          log.error("the engine has not answered for {} checks; it is killed", failedChecks);
          process.destroyForcibly().waitFor();
          failedChecks = 0;
          ended = true;
        }
        if (ended && !stopping) {
          restart();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void restart() throws InterruptedException {
    for (int attempt = 1; !stopping; attempt++) {
      log.warn(
          "the engine ended with status {}, its last errors: {}; starting it again",
          process.exitValue(),
          files.lastWords());
      Thread.sleep(RESTARTS.after(attempt, ThreadLocalRandom.current()));
      try {
        files.removeSystemLogs();
        process = EngineProcess.start(hostArguments, files.output());
        awaitUp();
        restarts.incrementAndGet();
        log.info("the engine is up again, process {}", process.pid());
        return;
      } catch (EngineException | IOException | RuntimeException e) {
        // Whatever it is, a gateway whose engine nobody starts again is worse.
        log.error("cannot start the engine again: {}", e.toString());
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** Stops the engine in order, and kills it if that takes too long. Idempotent. */
  @Override
  public void close() {
    stopping = true;
    supervisor.interrupt();
    try {
      // It may be about to start the next process: that is the one to stop.
      supervisor.join();
      stop(process);
      claim.close();
    } catch (IOException e) {
      log.warn("cannot give up the engine's folder: {}", e.getMessage());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void stop(Process last) throws InterruptedException {
    if (last.isAlive() && hostArguments.getFirst().equals("library")) {
      http.endSession();
      last.waitFor(ORDERLY_STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }
    try {
      last.getOutputStream().close();
    } catch (IOException gone) {
      // Then there is nobody left to tell.
    }
    if (!last.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("the engine did not stop within {}; it is killed", STOP_MAX);
      last.descendants().forEach(ProcessHandle::destroyForcibly);
      last.destroyForcibly().waitFor();
    }
  }
}
