package io.lodge.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The library that is ClickHouse: which one, and where it lies on this machine. It is fetched on
 * first use with the npm client and kept in a folder of the user's cache, one for each version.
 */
public final class EngineLibrary {
  /** The version of the npm package; it holds ClickHouse 26.7.2. */
  public static final String VERSION = "26.7.3-stable.1";

  /** What it says of itself: {@code SELECT version()}. */
  public static final String CLICKHOUSE_VERSION = "26.7.2.1";

  static final String FILE_NAME = "libchdb.so";

  private static final long LOCK_POLL_MILLIS = 200;

  /**
   * A pinned package.
   *
   * @param name on the npm registry
   * @param sha512 its integrity as npm states it: base64
   * @param packedBytes size of the tarball, for progress
   */
  record Pin(String name, String sha512, long packedBytes) {}

  /** By operating system and processor, as {@link #platform} names them. */
  private static final Map<String, Pin> PINS =
      Map.of(
          "linux-amd64",
          new Pin(
              "@chdb/lib-linux-x64-gnu",
              "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==",
              177_817_999));

  private final Path cache;
  private final NpmPackage npm;

  /**
   * @param cache folder of the user's cache for Lodge
   */
  public EngineLibrary(Path cache) {
    this(cache, new NpmPackage());
  }

  EngineLibrary(Path cache, NpmPackage npm) {
    this.cache = cache;
    this.npm = npm;
  }

  /** {@code $XDG_CACHE_HOME/lodge} or {@code ~/.cache/lodge}. */
  public static Path userCache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(dir -> !dir.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("lodge");
  }

  /**
   * The library's file, fetched if it is not there yet.
   *
   * @param progress told what is going on, a line at a time; not called when the file is there
   */
  public Path file(Consumer<String> progress) throws EngineException, InterruptedException {
    return file(pin(), progress);
  }

  Path file(Pin pin, Consumer<String> progress) throws EngineException, InterruptedException {
    Path dir = cache.resolve("engine").resolve(VERSION);
    Path file = dir.resolve(FILE_NAME);
    if (Files.exists(file)) {
      return file;
    }
    try {
      Files.createDirectories(dir);
      // Two processes that start together must not both fetch 178 MB, nor see half a file.
      try (FileChannel channel =
              FileChannel.open(
                  dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel, progress)) {
        if (lock.isValid() && !Files.exists(file)) {
          fetch(pin, dir, file, progress);
        }
        return file;
      }
    } catch (IOException e) {
      throw new EngineException(
          "cannot keep the engine in %s: %s; free space there or set XDG_CACHE_HOME"
              .formatted(dir, e.getMessage()),
          e);
    }
  }

  private static FileLock lock(FileChannel channel, Consumer<String> progress)
      throws IOException, InterruptedException {
    @Nullable FileLock lock = tryLock(channel);
    while (lock == null) {
      progress.accept("waiting for another process that fetches the engine");
      Thread.sleep(LOCK_POLL_MILLIS);
      lock = tryLock(channel);
    }
    return lock;
  }

  /** Null while another process, or thread of this one, has it. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      return null;
    }
  }

  private void fetch(Pin pin, Path dir, Path file, Consumer<String> progress)
      throws EngineException, IOException, InterruptedException {
    Path work = Files.createTempDirectory(dir, "fetch-");
    try {
      Path tarball = npm.fetch(pin, VERSION, work, progress);
      progress.accept("unpacking the engine");
      Path unpacked = work.resolve(FILE_NAME);
      TarGz.extract(tarball, "package/" + FILE_NAME, unpacked);
      Files.move(unpacked, file, StandardCopyOption.ATOMIC_MOVE);
      progress.accept("the engine is in " + file);
    } finally {
      NpmPackage.deleteTree(work);
    }
  }

  private static Pin pin() throws EngineException {
    Pin pin = PINS.get(platform());
    if (pin == null) {
      throw new EngineException(
          "cannot fetch the embedded engine: there is none for %s; set engine.binary to a clickhouse binary or clickhouse.url to a server"
              .formatted(platform()));
    }
    return pin;
  }

  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return system + "-" + System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
  }
}
