package io.lodge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Clients written in JavaScript, run by Node. Their packages are installed on first use into {@code
 * target}, exactly as the lock file has them.
 */
final class NodeProject {
  private static final long SECONDS_MAX = 300;

  private final Path source;
  private final Path installed;

  /**
   * @param name the folder below {@code src/test} and {@code target}
   */
  NodeProject(String name) {
    source = Path.of("src/test", name);
    installed = Path.of("target", name);
  }

  void install() throws IOException, InterruptedException {
    SharedFolder.fill(installed, this::installIfChanged);
  }

  private void installIfChanged() throws IOException, InterruptedException {
    Path lock = installed.resolve("package-lock.json");
    boolean current =
        Files.exists(installed.resolve("node_modules/.package-lock.json"))
            && Files.mismatch(source.resolve("package-lock.json"), lock) < 0;
    try (var files = Files.list(source)) {
      for (Path file : files.toList()) {
        Path copy = installed.resolve(file.getFileName());
        if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    if (!current) {
      run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"));
    }
  }

  /** Runs a script; fails unless it ends well. Answers with what it printed. */
  String node(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(installed.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
    }
    return output;
  }
}
