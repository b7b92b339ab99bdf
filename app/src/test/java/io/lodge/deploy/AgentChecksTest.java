package io.lodge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs' own checks of their files, where the programs are installed. */
@Timeout(120)
final class AgentChecksTest {
  private static final int CHECK_SECONDS_MAX = 60;

  @TempDir Path folder;

  @Test
  void promtoolTakesThePrometheusFile() throws Exception {
    run("promtool", "check", "config", file("prometheus/prometheus.yml"));
  }

  @Test
  void rsyslogTakesItsFile() throws Exception {
    run("rsyslogd", "-N1", "-f", file("rsyslog/lodge.conf"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alloy", "otel-collector/agent", "otel-collector/gateway"})
  void kubectlBuildsEachAgent(String agent) throws Exception {
    assertThat(run("kubectl", "kustomize", file(agent)))
        .contains("kind: ConfigMap", "name: lodge\n", "namespace: lodge-agents");
  }

  @ParameterizedTest
  @CsvSource({"alloy,small,205Mi", "otel-collector/agent,large,1Gi"})
  void aSizeChangesTheDaemonSetAndNothingElse(String agent, String size, String memory)
      throws Exception {
    copy(AgentFiles.FOLDER, folder.resolve("agents"));
    Path sized = Files.createDirectory(folder.resolve("agents").resolve("sized"));
    Files.writeString(
        sized.resolve("kustomization.yaml"),
        "resources: [../%s]\ncomponents: [../sizes/%s]\n".formatted(agent, size));

    String built = run("kubectl", "kustomize", sized.toString());

    String plain = run("kubectl", "kustomize", file(agent));
    assertThat(beforeDaemonSet(built)).isEqualTo(beforeDaemonSet(plain));
    assertThat(built).contains("name: lodge-agent-" + size, "memory: " + memory);
    assertThat(built).contains("lodge-agent-size: " + size).doesNotContain("memory: 512Mi");
  }

  private static String beforeDaemonSet(String manifests) {
    return manifests.substring(0, manifests.indexOf("kind: DaemonSet"));
  }

  private static String file(String name) {
    return AgentFiles.FOLDER.resolve(name).toAbsolutePath().normalize().toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : AgentFiles.all()) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  /** Runs a program, which must succeed; skips the test where there is none. */
  private String run(String program, String... arguments) throws IOException, InterruptedException {
    Optional<Path> installed = find(program);
    assumeTrue(installed.isPresent(), () -> "there is no " + program + " here");
    Path output = Files.createTempFile(folder, program, ".out");
    Process process =
        new ProcessBuilder(
                Stream.concat(installed.stream().map(Path::toString), Stream.of(arguments))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(CHECK_SECONDS_MAX, TimeUnit.SECONDS))
          .as("%s ends by itself", program)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output, UTF_8);
    assertThat(process.exitValue()).as("%s said: %s", program, said).isZero();
    return said;
  }

  /** Daemons are in /usr/sbin, which is on root's path only. */
  private static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
