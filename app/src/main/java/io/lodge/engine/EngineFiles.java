package io.lodge.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The engine's folder: configuration, users and the writer's password, all readable by their owner
 * alone. Written anew at each start, except the password.
 */
final class EngineFiles {
  /** Enough for the last errors with their stack traces; the log itself may have 50 MB. */
  private static final int TAIL_BYTES = 64 << 10;

  private final Path dir;

  EngineFiles(Path dir) {
    this.dir = dir;
  }

  Path config() {
    return dir.resolve("config.xml");
  }

  /** What ClickHouse logs. */
  Path log() {
    return dir.resolve("engine.log");
  }

  /** What the child process prints, such as why ClickHouse did not start. */
  Path output() {
    return dir.resolve("engine.out");
  }

  Path tables() {
    return dir.resolve("tables");
  }

  /**
   * Claims the folder for this process, until the lock is closed or the process ends.
   *
   * @throws EngineException when another process has it: two engines would write the same tables
   */
  FileChannel claim() throws IOException, EngineException {
    Files.createDirectories(dir);
    FileChannel channel =
        FileChannel.open(
            dir.resolve("engine.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException ours) {
      // Told below, like another process.
    }
    channel.close();
    throw new EngineException(
        "cannot start the engine in %s: another Lodge runs on it; stop that one or choose another folder with --data"
            .formatted(dir));
  }

  /**
   * Writes everything the engine reads.
   *
   * @return the password of the user that writes
   */
  String write(EngineOptions options) throws IOException {
    Files.createDirectories(tables());
    restrict(dir, "rwx------");
    String password = writerPassword();
    writePrivate(dir.resolve("users.xml"), UsersXml.render(options, sha256(password)));
    writePrivate(config(), ConfigXml.render(options, this));
    return password;
  }

  /** The password of an earlier start, if there was one and this user may read it. */
  Optional<String> existingWriterPassword() {
    try {
      return Optional.of(Files.readString(passwordFile()).strip()).filter(text -> !text.isEmpty());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private Path passwordFile() {
    return dir.resolve("writer.password");
  }

  private String writerPassword() throws IOException {
    Optional<String> existing = existingWriterPassword();
    if (existing.isPresent()) {
      return existing.get();
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    writePrivate(passwordFile(), password + "\n");
    return password;
  }

  /**
   * The library keeps the system database in memory but its log tables' data on disk; it cannot
   * make the tables again over the old data and retries for ever. So they go before each start: the
   * history of queries from before it is the price.
   */
  void removeSystemLogs() throws IOException {
    Path system = tables().resolve("data").resolve("system");
    if (!Files.isDirectory(system)) {
      return;
    }
    try (Stream<Path> tables = Files.list(system)) {
      for (Path table : tables.filter(path -> path.toString().endsWith("_log")).toList()) {
        deleteTree(table);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause(); // how a stream of files says that it cannot go on
    }
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void writePrivate(Path file, String text) throws IOException {
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(whole);
    Files.createFile(
        whole,
        PosixFilePermissions.asFileAttribute(
            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    Files.writeString(whole, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void restrict(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  static String sha256(String password) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The last lines of what the child printed and ClickHouse logged as errors. */
  String lastWords() {
    return Stream.of(output(), log())
        .flatMap(file -> tail(file).stream())
        .reduce((a, b) -> a + " / " + b)
        .orElse("it said nothing");
  }

  private static List<String> tail(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer end = ByteBuffer.allocate(TAIL_BYTES);
      channel.read(end, Math.max(0, channel.size() - TAIL_BYTES));
      List<String> errors =
          new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.contains("xception") || line.contains("<Error>"))
              .toList();
      return errors.subList(Math.max(0, errors.size() - 2), errors.size());
    } catch (IOException e) {
      return List.of("cannot read " + file + ": " + e.getMessage());
    }
  }
}
