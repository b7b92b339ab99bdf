package io.lodge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library is fetched through an npm that hands out a small package from a file. */
final class EngineLibraryTest {
  private static final String CONTENT = "not really ClickHouse\n";

  @TempDir Path folder;

  private final Queue<String> progress = new ConcurrentLinkedQueue<>();
  private Path calls = Path.of("unset");
  private Path tarball = Path.of("unset");

  @BeforeEach
  void packs() throws Exception {
    calls = folder.resolve("calls");
    tarball = folder.resolve("p.tgz");
    Files.createDirectories(folder.resolve("package"));
    Files.writeString(folder.resolve("package/package.json"), "{}");
    Files.writeString(folder.resolve("package/" + EngineLibrary.FILE_NAME), CONTENT);
    String f = folder.toString();
    run(
        "tar",
        "-czf",
        tarball.toString(),
        "--format=ustar",
        "-C",
        f,
        "package/package.json",
        "package/" + EngineLibrary.FILE_NAME);
  }

  @Test
  void fetchesOnceAndKeepsOnlyTheLibrary() throws Exception {
    EngineLibrary library = library("cp \"$tarball\" \"$to/p.tgz\"");
    Path file = library.file(pin(tarball), progress::add);
    assertThat(library.file(pin(tarball), progress::add)).isEqualTo(file);
    assertThat(file).hasContent(CONTENT);
    assertThat(Files.readAllLines(calls)).hasSize(1);
    assertThat(leftBeside(file)).containsExactlyInAnyOrder(EngineLibrary.FILE_NAME, "lock");
  }

  @Test
  void refusesATarballWithAnotherDigest() throws Exception {
    EngineLibrary library = library("cp \"$tarball\" \"$to/p.tgz\"; echo x >> \"$to/p.tgz\"");
    EngineLibrary.Pin pin = pin(tarball);
    assertThatThrownBy(() -> library.file(pin, progress::add))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot trust")
        .hasMessageContaining(pin.sha512());
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
          .containsExactly("lock");
    }
  }

  @Test
  void oneFetchesWhenTwoAskAtOnce() throws Exception {
    EngineLibrary library = library("sleep 1; cp \"$tarball\" \"$to/p.tgz\"");
    EngineLibrary.Pin pin = pin(tarball);
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      Future<Path> one = two.submit(() -> library.file(pin, progress::add));
      Future<Path> other = two.submit(() -> library.file(pin, progress::add));
      assertThat(one.get()).isEqualTo(other.get()).hasContent(CONTENT);
    }
    assertThat(Files.readAllLines(calls)).hasSize(1);
    assertThat(progress)
        .anyMatch(line -> line.contains("waiting for another process"))
        .anyMatch(line -> line.startsWith("fetching the engine"));
  }

  @Test
  void repeatsWhatNpmSays() throws Exception {
    EngineLibrary library = library("echo 'npm error code ENOTFOUND' >&2; exit 1");
    EngineLibrary.Pin pin = pin(tarball);
    assertThatThrownBy(() -> library.file(pin, progress::add))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("npm ended with status 1: npm error code ENOTFOUND");
  }

  @Test
  void saysWhatToInstallWithoutNpm() throws Exception {
    EngineLibrary library =
        new EngineLibrary(
            folder.resolve("cache"), new NpmPackage(List.of(folder.resolve("none").toString())));
    EngineLibrary.Pin pin = pin(tarball);
    assertThatThrownBy(() -> library.file(pin, progress::add))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("apt-get install nodejs npm")
        .hasMessageContaining("engine.binary");
  }

  private EngineLibrary library(String whatNpmDoes) throws IOException {
    Path npm = folder.resolve("npm");
    Files.writeString(
        npm,
        """
        #!/bin/sh
        tarball='%s'
        echo called >> '%s'
        for argument; do
          case $argument in --pack-destination=*) to=${argument#*=} ;; esac
        done
        %s
        """
            .formatted(tarball, calls, whatNpmDoes));
    Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwx------"));
    return new EngineLibrary(
        folder.resolve("cache"), new NpmPackage(List.of("/bin/sh", npm.toString())));
  }

  private static EngineLibrary.Pin pin(Path tarball) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(tarball));
    return new EngineLibrary.Pin(
        "@test/package", Base64.getEncoder().encodeToString(digest), Files.size(tarball));
  }

  private static List<String> leftBeside(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
