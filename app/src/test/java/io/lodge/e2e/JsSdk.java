package io.lodge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * OpenTelemetry's JavaScript SDK, run by Node. Its packages are installed on first use into {@code
 * target/js}, exactly as the lock file has them.
 */
final class JsSdk {
  private static final Path SOURCE = Path.of("src/test/js");
  private static final Path INSTALLED = Path.of("target/js");
  private static final List<String> FILES =
      List.of(
          "package.json",
          "package-lock.json",
          "observed.mjs",
          "send.mjs",
          "send-traces.mjs",
          "send-metrics.mjs");
  private static final long INSTALL_SECONDS_MAX = 300;

  private JsSdk() {}

  static void install() throws IOException, InterruptedException {
    Path lock = INSTALLED.resolve("package-lock.json");
    boolean current =
        Files.exists(INSTALLED.resolve("node_modules/.package-lock.json"))
            && Files.mismatch(SOURCE.resolve("package-lock.json"), lock) < 0;
    Files.createDirectories(INSTALLED);
    for (String file : FILES) {
      Files.copy(
          SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!current) {
      run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"));
    }
  }

  /** Runs {@code send.mjs}; fails unless every record was acknowledged. */
  static void send(String protocol, String url, String compression, String service)
      throws IOException, InterruptedException {
    run(List.of("node", "send.mjs", protocol, url, compression, service));
  }

  /** Runs a command; fails unless it succeeds. */
  static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(INSTALLED.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
    }
  }
}
