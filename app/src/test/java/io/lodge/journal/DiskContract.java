package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the real disk and the simulated one do alike. */
abstract class DiskContract {
  abstract Disk disk() throws IOException;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Disk disk, String name) throws IOException {
    try (DiskReader file = disk.read(name)) {
      byte[] into = new byte[(int) file.sizeBytes()];
      assertThat(file.read(0, into, 0, into.length)).isEqualTo(into.length);
      return new String(into, StandardCharsets.UTF_8);
    }
  }

  private static void write(Disk disk, String name, String text) throws IOException {
    try (DiskWriter file = disk.create(name)) {
      file.append(bytes(text));
      file.force();
    }
    disk.syncDir("");
  }

  @Test
  void appendsCutsAndAppendsAgain() throws IOException {
    Disk disk = disk();
    try (DiskWriter file = disk.create("a")) {
      file.append(bytes("one two"));
      file.truncate(4);
      file.append(bytes("three"));
      file.force();
    }
    assertThat(text(disk, "a")).isEqualTo("one three");
    try (DiskWriter file = disk.append("a")) {
      file.truncate(3);
      file.append(bytes("!"));
    }
    assertThat(text(disk, "a")).isEqualTo("one!");
  }

  @Test
  void writesFromTheBuffersPositionAndDrainsIt() throws IOException {
    Disk disk = disk();
    ByteBuffer from = bytes("skipped written");
    from.position(8);
    try (DiskWriter file = disk.create("a")) {
      file.append(from);
    }
    assertThat(from.hasRemaining()).isFalse();
    assertThat(text(disk, "a")).isEqualTo("written");
  }

  @Test
  void readsUpToTheEndAndNothingBeyond() throws IOException {
    Disk disk = disk();
    write(disk, "a", "0123456789");
    try (DiskReader file = disk.read("a")) {
      byte[] into = new byte[8];
      assertThat(file.read(7, into, 1, 6)).isEqualTo(3);
      assertThat(into).containsExactly(0, '7', '8', '9', 0, 0, 0, 0);
      assertThat(file.read(10, into, 0, 8)).isZero();
      assertThat(file.read(99, into, 0, 8)).isZero();
    }
  }

  @Test
  void createsOnlyWhatIsNotThere() throws IOException {
    Disk disk = disk();
    write(disk, "a", "1");
    assertThatThrownBy(() -> disk.create("a")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk.append("b")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk.read("b")).isInstanceOf(IOException.class);
  }

  @Test
  void renamesOverWhatIsThereAndIntoQuarantine() throws IOException {
    Disk disk = disk();
    write(disk, "a", "1");
    write(disk, "b", "2");
    disk.rename("a", "b");
    assertThat(disk.list("")).containsExactly("b");
    assertThat(text(disk, "b")).isEqualTo("1");
    disk.rename("b", "quarantine/b");
    disk.syncDir("quarantine");
    assertThat(disk.list("")).isEmpty();
    assertThat(disk.list("quarantine")).containsExactly("b");
    assertThatThrownBy(() -> disk.rename("b", "c")).isInstanceOf(IOException.class);
  }

  @Test
  void deletesWhatIsThereAndWhatIsNot() throws IOException {
    Disk disk = disk();
    write(disk, "a", "1");
    disk.delete("a");
    disk.delete("a");
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void listsFilesByName() throws IOException {
    Disk disk = disk();
    write(disk, "b", "1");
    write(disk, "a", "1");
    write(disk, "quarantine/c", "1");
    assertThat(disk.list("")).containsExactly("a", "b");
    assertThat(disk.list("quarantine")).containsExactly("c");
    assertThat(disk.list("nothing")).isEmpty();
  }

  @Test
  void givesALockToOneAtATime() throws IOException {
    Disk disk = disk();
    Optional<Closeable> first = disk.lock("lock");
    assertThat(first).isPresent();
    assertThat(disk.lock("lock")).isEmpty();
    first.orElseThrow().close();
    Optional<Closeable> again = disk.lock("lock");
    assertThat(again).isPresent();
    again.orElseThrow().close();
  }

  @Test
  void saysHowMuchIsFree() throws IOException {
    assertThat(disk().freeBytes()).isPositive();
  }
}
