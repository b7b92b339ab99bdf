package io.lodge.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a package with the user's own npm client, which knows their registry, proxy and
 * credentials, and believes it only when its digest is the pinned one.
 */
final class NpmPackage {
  private static final long PROGRESS_EVERY_MILLIS = 500;

  private final List<String> command;

  NpmPackage() {
    this(List.of("npm"));
  }

  NpmPackage(List<String> command) {
    this.command = command;
  }

  /** The package's verified tarball, in {@code work}. */
  Path fetch(EngineLibrary.Pin pin, String version, Path work, Consumer<String> progress)
      throws EngineException, IOException, InterruptedException {
    Path log = work.resolve("npm.log");
    Process npm = start(pin.name() + "@" + version, work, log);
    try {
      watch(npm, pin, work, progress);
    } finally {
      npm.destroy();
    }
    if (npm.exitValue() != 0) {
      throw new EngineException(
          "cannot fetch %s@%s: npm ended with status %d: %s; check that `npm ping` works here"
              .formatted(pin.name(), version, npm.exitValue(), lastLines(log)));
    }
    Path tarball = tarball(work);
    verify(tarball, pin, version);
    return tarball;
  }

  private Process start(String what, Path work, Path log) throws EngineException {
    List<String> line =
        Stream.concat(
                command.stream(),
                Stream.of(
                    "pack",
                    what,
                    "--pack-destination=" + work,
                    // A cache of its own: its growth is the progress, and nothing is left behind.
                    "--cache=" + work.resolve("npm-cache"),
                    "--ignore-scripts",
                    "--loglevel=error"))
            .toList();
    try {
      return new ProcessBuilder(line)
          .directory(work.toFile())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new EngineException(
          "cannot fetch the embedded engine: there is no npm on the PATH (%s); install Node with npm (Debian: apt-get install nodejs npm), or set engine.binary or clickhouse.url"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static void watch(
      Process npm, EngineLibrary.Pin pin, Path work, Consumer<String> progress)
      throws InterruptedException, IOException {
    while (!npm.waitFor(PROGRESS_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      long done = Math.min(pin.packedBytes(), sizeOfTree(work));
      progress.accept(
          "fetching the engine, %d of %d MB (%d %%)"
              .formatted(
                  done / 1_000_000, pin.packedBytes() / 1_000_000, 100 * done / pin.packedBytes()));
    }
  }

  private static Path tarball(Path work) throws IOException, EngineException {
    try (Stream<Path> files = Files.list(work)) {
      return files
          .filter(file -> file.toString().endsWith(".tgz"))
          .findFirst()
          .orElseThrow(
              () -> new EngineException("cannot fetch the engine: npm left no tarball; try again"));
    }
  }

  private static void verify(Path tarball, EngineLibrary.Pin pin, String version)
      throws IOException, EngineException {
    String digest = Base64.getEncoder().encodeToString(sha512(tarball));
    if (!digest.equals(pin.sha512())) {
      throw new EngineException(
          "cannot trust %s@%s: its digest is sha512-%s, want sha512-%s; the registry or a proxy changed it: nothing was installed"
              .formatted(pin.name(), version, digest, pin.sha512()));
    }
  }

  private static byte[] sha512(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  private static long sizeOfTree(Path dir) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        dir,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE; // npm moves its files while we look
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }

  static void deleteTree(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
