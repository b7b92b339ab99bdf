package io.lodge.e2e;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder below {@code target} that tests fill once, of whichever process they are. */
final class SharedFolder {
  private SharedFolder() {}

  /** What fills it. */
  interface Filling {
    void run() throws IOException, InterruptedException;
  }

  /** Runs while nobody else fills the same folder; it has to see for itself what is there. */
  static void fill(Path folder, Filling filling) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path guard = folder.resolveSibling(folder.getFileName() + ".lock");
    synchronized (SharedFolder.class) {
      try (FileChannel file =
              FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = file.lock()) {
        if (lock.isValid()) {
          filling.run();
        }
      }
    }
  }
}
