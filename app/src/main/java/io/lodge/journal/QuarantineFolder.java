package io.lodge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a journal could not deliver, for a person to decide on. A gateway that runs meanwhile only
 * ever adds to it, and notices within seconds of needing the room what was taken away.
 */
public final class QuarantineFolder {
  private final Disk disk;
  private final Path folder;

  private QuarantineFolder(Path journal) {
    disk = LocalDisk.existing(journal);
    folder = journal.resolve(Disk.QUARANTINE);
  }

  public static QuarantineFolder of(Path journal) {
    return new QuarantineFolder(journal);
  }

  /** Its files, by name. */
  public List<JournalReport.Quarantined> files() throws IOException {
    return new Inspection(disk, false).quarantined();
  }

  /** The one with this name. */
  public Optional<JournalReport.Quarantined> file(String name) throws IOException {
    return files().stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** Where a file is. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Removes a file, then why it was there. */
  public void remove(String name) throws IOException {
    Files.delete(folder.resolve(name));
    disk.delete(Names.quarantined(name + Names.REASON));
    disk.syncDir(Disk.QUARANTINE);
  }
}
