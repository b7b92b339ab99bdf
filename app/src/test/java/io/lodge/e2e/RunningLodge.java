package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code lodge up} as a real process on free ports, to be asked, stopped, killed, and started again
 * on the same data.
 */
final class RunningLodge implements AutoCloseable {
  private final Path folder;
  private final Addresses at = Addresses.free();
  private final List<String> jvm;
  private final List<String> settings;
  private @Nullable GatewayProcess process;

  private RunningLodge(Path folder, List<String> jvm, List<String> settings) {
    this.folder = folder;
    this.jvm = jvm;
    this.settings = settings;
  }

  /** Starts it and waits until it is ready. */
  static RunningLodge start(Path folder, String... settings) {
    return start(folder, List.of("-Xmx256m"), settings);
  }

  static RunningLodge start(Path folder, List<String> jvm, String... settings) {
    RunningLodge lodge = notReady(folder, jvm, settings);
    lodge.awaitReady();
    return lodge;
  }

  /** Starts it and waits until its listeners are open; it may not reach its ClickHouse yet. */
  static RunningLodge notReady(Path folder, List<String> jvm, String... settings) {
    RunningLodge lodge = new RunningLodge(folder, jvm, List.of(settings));
    lodge.launch();
    return lodge;
  }

  /** Starts it again, on the same data and ports. */
  void restart() {
    launch();
    awaitReady();
  }

  /** Starts it again, with more options for its JVM, and waits until it has ended by itself. */
  int untilItDies(List<String> moreJvm) {
    List<String> all = new ArrayList<>(jvm);
    all.addAll(moreJvm);
    process = GatewayProcess.start(outputFile(), all, arguments());
    return process().await();
  }

  /** Starts it again, without its ClickHouse maybe. */
  void restartNotReady() {
    launch();
  }

  /** Starts it again; it may not reach its ClickHouse yet. */
  void relaunch() {
    launch();
  }

  private void launch() {
    GatewayProcess started = GatewayProcess.start(outputFile(), jvm, arguments());
    process = started;
    Waiting.until(
        "the API answers",
        () -> !started.isAlive() || Http.get(at.apiUrl().resolve("/healthz")).status() == 200,
        this::output);
    if (!started.isAlive()) {
      throw new AssertionError("lodge up ended by itself; it said:\n" + output());
    }
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("up", "--data", data().toString()));
    at.settings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
    // A ledger reads back every row there is, however many a quick machine has sent.
    arguments.addAll(List.of("--set", "query.max_rows=100000000"));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return arguments;
  }

  void awaitReady() {
    Waiting.until("/readyz says yes", this::isReady, this::output);
  }

  boolean isReady() {
    return Http.get(at.apiUrl().resolve("/readyz")).status() == 200;
  }

  Addresses at() {
    return at;
  }

  Path data() {
    return folder.resolve("data");
  }

  Path outputFile() {
    return folder.resolve("lodge.out");
  }

  /** What it printed, over all its lives. */
  String output() {
    return process().output();
  }

  Sql reader() {
    return Sql.overApi(at.apiUrl());
  }

  Sql writer() {
    return Sql.asWriter(at.engineUrl(), data());
  }

  /** A sample of {@code /metrics}, summed over its labels. */
  long metric(String name) {
    return Metrics.sum(Http.get(at.apiUrl().resolve("/metrics")).text(), name);
  }

  /** Waits until ClickHouse has all that the journal holds, as long as it becomes less. */
  void awaitEmptyJournal() {
    AtomicLong least = new AtomicLong(Long.MAX_VALUE);
    while (least.get() > 0) {
      Waiting.until(
          "the journal holds less than " + least,
          () -> {
            long segments = metric("lodge_journal_segments") + metric("lodge_backlog_segments");
            return segments < least.getAndAccumulate(segments, Math::min);
          },
          this::output);
    }
  }

  GatewayProcess process() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }

  /** SIGTERM; nothing of it is left afterwards. */
  void stop() {
    List<ProcessHandle> engines = process().engines();
    process().signal("TERM");
    process().await();
    awaitGone(engines);
  }

  /** kill -9 of the gateway; its engine ends by itself. */
  void kill() {
    List<ProcessHandle> engines = process().engines();
    process().kill();
    awaitGone(engines);
  }

  /** kill -9 of the engine; the gateway starts another. */
  void killEngine() {
    List<ProcessHandle> engines = process().engines();
    assertThat(engines).as("the engine's process").isNotEmpty();
    engines.forEach(ProcessHandle::destroyForcibly);
  }

  /** kill -9 of both, at once. */
  void killBoth() {
    killEngine();
    kill();
  }

  private void awaitGone(List<ProcessHandle> engines) {
    Waiting.until(
        "the engine has ended",
        () -> engines.stream().noneMatch(ProcessHandle::isAlive),
        this::output);
    Waiting.until("the engine's port is free", () -> FreePorts.isFree(at.engineHttp()));
  }

  @Override
  public void close() {
    GatewayProcess last = process;
    if (last != null && last.isAlive()) {
      kill();
    }
  }
}
