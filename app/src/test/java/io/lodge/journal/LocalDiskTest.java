package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest extends DiskContract {
  @TempDir Path dir;

  @Override
  Disk disk() throws IOException {
    return LocalDisk.create(dir.resolve("new/journal"));
  }

  @Test
  void syncsADirectoryWhileInterrupted() throws IOException {
    Disk disk = disk();
    Thread.currentThread().interrupt();
    disk.syncDir("");
    assertThat(Thread.interrupted()).isTrue();
  }
}
