package io.lodge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A script of {@code ui/e2e}, run by Node with the packages that the build of the UI has installed.
 * With {@code -Dlodge.shots=FOLDER} scripts leave their screenshots there.
 */
final class UiScript {
  private static final Path UI = Path.of("../ui");
  private static final long SECONDS_MAX = 300;

  private UiScript() {}

  /** Skips the test where there is no browser to look with. */
  static void needsChromium() {
    assumeTrue(Files.exists(Path.of("/usr/bin/chromium")), "needs Debian's chromium");
  }

  /** Runs a script; fails unless it ends well. Answers with what it printed. */
  static String run(String script, Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "e2e/" + script));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(UI.toFile()).redirectErrorStream(true);
    String shots = System.getProperty("lodge.shots");
    if (shots != null) {
      builder.environment().put("SHOTS", Path.of(shots).toAbsolutePath().toString());
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
    }
    return output;
  }
}
