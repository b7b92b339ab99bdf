package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lodge up} begins and ends as its page says. */
class StartStopTest {
  private static final Duration STOP_MAX = Duration.ofSeconds(60);

  @TempDir Path folder;

  private GatewayProcess up(Addresses at, Path data, String... more) {
    List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
    at.settings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(List.of(more));
    return GatewayProcess.start(folder.resolve("other.out"), List.of(), arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalStopsEverythingAndTheNextStartHasTheData(String signal) throws IOException {
    try (RunningLodge lodge = RunningLodge.start(folder)) {
      assertThat(lodge.output())
          .contains("is ready", lodge.at().otlpHttpUrl().toString(), lodge.data().toString());
      send(lodge, "before");
      List<ProcessHandle> engines = lodge.process().engines();
      assertThat(engines).isNotEmpty();
      lodge.process().signal(signal);
      lodge.process().await(STOP_MAX);
      Waiting.until("no process is left", () -> engines.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(lodge.output()).contains("stopped").doesNotContain("Exception");

      lodge.restart();
      send(lodge, "after");
      lodge.awaitEmptyJournal();
      assertThat(lodge.reader().rows("SELECT Body FROM otel.generic_logs ORDER BY Timestamp"))
          .containsExactly(List.of("before"), List.of("after"));
      lodge.stop();
      assertThat(crashes()).isEmpty();
    }
  }

  @Test
  void theEngineEndsWithoutACrashWhenTheGatewayIsKilled() throws IOException {
    try (RunningLodge lodge = RunningLodge.start(folder)) {
      send(lodge, "one");
      lodge.kill();
      assertThat(crashes()).isEmpty();
    }
  }

  /** Crash reports: of the engine, where it is told to leave them, and of any JVM. */
  private List<Path> crashes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(crash-|hs_err_pid)\\d+\\.log"))
          .toList();
    }
  }

  private static void send(RunningLodge lodge, String body) {
    try (OtlpConnection connection = OtlpConnection.http(lodge.at().otlpHttpUrl())) {
      byte[] request = Otlp.request("test", List.of(Otlp.record(body).build())).toByteArray();
      assertThat(connection.send(request)).isEqualTo(new Reply.Acknowledged());
    }
  }

  @Test
  void aTakenPortIsNamedWithItsKeyAndItsOwner() throws IOException {
    Addresses at = Addresses.free();
    String[][] ports = {
      {"engine.http", Integer.toString(at.engineHttp())},
      {"receive.otlp.grpc", Integer.toString(at.otlpGrpc())},
      {"api.listen", Integer.toString(at.api())}
    };
    for (String[] taken : ports) {
      int port = Integer.parseInt(taken[1]);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        GatewayProcess process = up(at, folder.resolve("data"));
        assertThat(process.await()).isEqualTo(1);
        assertThat(process.output())
            .contains("cannot listen on 127.0.0.1:" + port)
            .contains("change " + taken[0])
            .contains("process " + ProcessHandle.current().pid());
        Waiting.until("no engine is left", () -> process.engines().isEmpty());
      }
    }
  }

  @Test
  void allTakenPortsAreNamedAtOnce() throws IOException {
    Addresses at = Addresses.free();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket _ = new ServerSocket(at.otlpHttp(), 1, loopback);
        ServerSocket _ = new ServerSocket(at.engineTcp(), 1, loopback)) {
      GatewayProcess process = up(at, folder.resolve("data"));
      assertThat(process.await()).isEqualTo(1);
      assertThat(process.output()).contains("change receive.otlp.http", "change engine.tcp");
      assertThat(process.output()).doesNotContain("change api.listen");
    }
  }

  @Test
  void aSecondLodgeOnTheSamePortsIsToldThatOneRuns() {
    try (RunningLodge lodge = RunningLodge.start(folder)) {
      GatewayProcess second = up(lodge.at(), folder.resolve("second"));
      assertThat(second.await()).isEqualTo(1);
      assertThat(second.output())
          .contains("Lodge runs already on 127.0.0.1:" + lodge.at().api())
          .doesNotContain("change receive.otlp.grpc");
    }
  }

  @Test
  void aSecondGatewayOnTheSameDataSaysSo() {
    try (RunningLodge lodge = RunningLodge.start(folder)) {
      GatewayProcess second = up(Addresses.free(), lodge.data());
      assertThat(second.await()).isEqualTo(1);
      assertThat(second.output()).contains("another gateway uses it");
      assertThat(lodge.isReady()).as("the first goes on").isTrue();
    }
  }

  @Test
  void anAddressForOthersNeedsKeysOrTheFlag() {
    Addresses at = Addresses.free();
    String open = "receive.otlp.http=0.0.0.0:" + at.otlpHttp();
    GatewayProcess refused = up(at, folder.resolve("data"), "--set", open);
    assertThat(refused.await()).isEqualTo(2);
    assertThat(refused.output()).contains("receive.otlp.http", "--insecure", "lodge key new");

    GatewayProcess accepted = up(at, folder.resolve("data"), "--set", open, "--insecure");
    try {
      Waiting.until(
          "it is ready",
          () -> Http.get(at.apiUrl().resolve("/readyz")).status() == 200,
          accepted::output);
    } finally {
      List<ProcessHandle> engines = accepted.engines();
      accepted.kill();
      Waiting.until("no engine", () -> engines.stream().noneMatch(ProcessHandle::isAlive));
    }
  }
}
