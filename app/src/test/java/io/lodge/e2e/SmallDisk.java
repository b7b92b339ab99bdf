package io.lodge.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own that can be full: a tmpfs. Only root may mount one. */
final class SmallDisk implements AutoCloseable {
  private static final byte[] FILLING = new byte[4096];

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  static boolean isPossible() {
    return System.getProperty("user.name").equals("root");
  }

  static SmallDisk mount(Path folder, int mebibytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Debian.run(
        Path.of("/"),
        List.of("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder + ""));
    return new SmallDisk(folder);
  }

  /** Takes what is left of it. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(FILLING);
      }
    } catch (FileSystemException other) {
      throw other;
    } catch (IOException full) {
      assert full.getMessage().contains("No space left") : full;
    }
  }

  /** Gives it back. */
  void free() throws IOException {
    Files.delete(filler());
  }

  long freeBytes() {
    return folder.toFile().getUsableSpace();
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  @Override
  public void close() throws IOException {
    try {
      Debian.run(Path.of("/"), List.of("umount", "--lazy", folder.toString()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
