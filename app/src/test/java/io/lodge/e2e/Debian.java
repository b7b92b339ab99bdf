package io.lodge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs of Debian as real peers. Their packages are fetched by apt on first use and unpacked
 * into {@code target/debian}; nothing is installed on the machine.
 */
final class Debian {
  private static final long FETCH_SECONDS_MAX = 300;

  private Debian() {}

  /** The folder that holds these packages, unpacked, under a name of its own. */
  static Path packages(String name, String... packages) {
    Path root = Path.of("target/debian", name).toAbsolutePath();
    try {
      SharedFolder.fill(root, () -> unpack(root, List.of(packages)));
      return root;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("cannot get Debian's " + name, e);
    }
  }

  private static void unpack(Path root, List<String> packages)
      throws IOException, InterruptedException {
    Path done = root.resolve("unpacked");
    if (Files.exists(done)) {
      return;
    }
    List<String> fetch = new ArrayList<>(List.of("apt-get", "download", "-q"));
    fetch.addAll(packages);
    run(root, fetch);
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".deb")).toList()) {
        run(root, List.of("dpkg-deb", "-x", file.toString(), root.toString()));
      }
    }
    Files.createFile(done);
  }

  /** Runs a command to its end; fails unless it succeeds. */
  static void run(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(FETCH_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
    }
  }
}
