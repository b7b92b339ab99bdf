package io.lodge.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory of a local file system. */
final class LocalDisk implements Disk {
  private final Path dir;

  private LocalDisk(Path dir) {
    this.dir = dir;
  }

  /** The directory, which is made durable if it did not exist. */
  static LocalDisk create(Path dir) throws IOException {
    Path quarantine = dir.toAbsolutePath().resolve(QUARANTINE);
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = quarantine; at != null && !Files.exists(at); at = at.getParent()) {
      missing.push(at);
    }
    Files.createDirectories(quarantine);
    for (Path created : missing) {
      Path parent = created.getParent();
      if (parent != null) {
        sync(parent);
      }
    }
    return new LocalDisk(dir);
  }

  /** The directory as it is, to be looked at. */
  static LocalDisk existing(Path dir) {
    return new LocalDisk(dir);
  }

  @Override
  public Optional<Closeable> lock(String name) throws IOException {
    FileChannel channel =
        FileChannel.open(dir.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException held) {
      // Held by this very process: as good as held by another.
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public List<String> list(String folder) throws IOException {
    Path at = dir.resolve(folder);
    if (!Files.isDirectory(at)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(at)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    }
  }

  @Override
  public DiskWriter create(String name) throws IOException {
    return open(name, StandardOpenOption.CREATE_NEW);
  }

  @Override
  public DiskWriter append(String name) throws IOException {
    return open(name, StandardOpenOption.APPEND);
  }

  private DiskWriter open(String name, StandardOpenOption how) throws IOException {
    try {
      return new Writer(FileChannel.open(dir.resolve(name), StandardOpenOption.WRITE, how));
    } catch (IOException e) {
      throw translated(e);
    }
  }

  @Override
  public DiskReader read(String name) throws IOException {
    // Not a channel: an interrupt would close that, and a healthy segment would look unreadable.
    return new Reader(new RandomAccessFile(dir.resolve(name).toFile(), "r"));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        dir.resolve(from),
        dir.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(dir.resolve(name));
  }

  @Override
  public void syncDir(String folder) throws IOException {
    sync(dir.resolve(folder));
  }

  /** Syncs a directory whatever interrupts: the thread may be one that is told to stop. */
  private static void sync(Path folder) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException again) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public long freeBytes() {
    return dir.toFile().getUsableSpace();
  }

  /**
   * Java has no error numbers; the text is that of the C library in the C locale, which it uses.
   */
  private static IOException translated(IOException e) {
    String text = String.valueOf(e.getMessage());
    boolean full = text.contains("No space left on device") || text.contains("Disk quota exceeded");
    return full ? new NoSpaceException(text) : e;
  }

  private record Writer(FileChannel channel) implements DiskWriter {
    @Override
    public void append(ByteBuffer bytes) throws IOException {
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        throw translated(e);
      }
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      channel.truncate(sizeBytes);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private record Reader(RandomAccessFile file) implements DiskReader {
    @Override
    public long sizeBytes() throws IOException {
      return file.length();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      file.seek(position);
      int done = 0;
      while (done < length) {
        int read = file.read(into, offset + done, length - done);
        if (read < 0) {
          break;
        }
        done += read;
      }
      return done;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
