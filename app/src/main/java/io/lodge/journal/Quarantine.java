package io.lodge.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The folder for what cannot be delivered. Nothing in Lodge deletes from it. */
final class Quarantine {
  private Quarantine() {}

  /**
   * Moves a file there, under its name or, if one of that name is there already, a longer one. The
   * reason is written first, so that no file is there without.
   */
  static void move(Disk disk, String name, String reason) throws IOException {
    String kept = freeName(disk, name);
    writeReason(disk, kept, reason);
    disk.rename(name, Names.quarantined(kept));
    disk.syncDir(Disk.QUARANTINE);
    disk.syncDir("");
  }

  /** Writes why a file is, or will be, there. On a full disk the file has to do without. */
  static void writeReason(Disk disk, String name, String reason) throws IOException {
    boolean interrupted = false;
    try {
      while (!wroteReason(disk, Names.quarantined(name + Names.REASON), reason)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A salvaged segment has the id of the damaged one, and may meet the same fate. */
  private static String freeName(Disk disk, String name) throws IOException {
    List<String> taken = disk.list(Disk.QUARANTINE);
    String free = name;
    for (int number = 2; taken.contains(free); number++) {
      free = name + "." + number;
    }
    return free;
  }

  /** False if an interrupt, such as of a sender at shutdown, closed the file meanwhile. */
  private static boolean wroteReason(Disk disk, String reasonName, String reason)
      throws IOException {
    disk.delete(reasonName);
    try (DiskWriter to = disk.create(reasonName)) {
      to.append(ByteBuffer.wrap((reason + "\n").getBytes(StandardCharsets.UTF_8)));
      to.force();
    } catch (NoSpaceException full) {
      disk.delete(reasonName);
    } catch (ClosedByInterruptException interrupted) {
      return false;
    }
    return true;
  }
}
