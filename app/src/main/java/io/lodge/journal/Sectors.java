package io.lodge.journal;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads a file around the sectors that the disk does not give back: zeros stand in their place, so
 * that the frames there fail their checksum, like any other damage, and those beside them are read.
 * Used by one thread.
 */
final class Sectors {
  /** What disks lose at a time: a sector, or the page that the kernel reads it with. */
  private static final int SECTOR_BYTES = 4096;

  /** A disk that is gone altogether would otherwise be asked for hours, sector by sector. */
  static final int UNREADABLE_MAX = 1024;

  private final DiskReader file;
  private int unreadable;

  Sectors(DiskReader file) {
    this.file = file;
  }

  /** Sectors that could not be read, each counted whenever it was tried. */
  int unreadable() {
    return unreadable;
  }

  /**
   * Fills {@code into} from its start with up to {@code wanted} bytes, fewer only at the end.
   *
   * @throws UnreadableException if there was too much that cannot be read
   */
  int read(long position, byte[] into, int wanted) throws UnreadableException {
    try {
      return file.read(position, into, 0, wanted);
    } catch (IOException someOfIt) {
      return bySector(position, into, wanted);
    }
  }

  private int bySector(long position, byte[] into, int wanted) throws UnreadableException {
    int done = 0;
    while (done < wanted) {
      int toBoundary = SECTOR_BYTES - (int) ((position + done) % SECTOR_BYTES);
      int length = Math.min(toBoundary, wanted - done);
      try {
        int read = file.read(position + done, into, done, length);
        if (read < length) {
          return done + Math.max(0, read);
        }
      } catch (IOException e) {
        if (++unreadable > UNREADABLE_MAX) {
          throw new UnreadableException(e);
        }
        Arrays.fill(into, done, done + length, (byte) 0);
      }
      done += length;
    }
    return done;
  }
}
