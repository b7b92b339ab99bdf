package io.lodge.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One directory and its {@link #QUARANTINE} folder, as the journal needs them. Names are relative,
 * with {@code /} between folder and file; the folder {@code ""} is the directory itself.
 *
 * <p>What was appended survives a power loss once the file was forced; that a file exists, or has
 * its name, once its folder was synced. Thread-safe, but each file is used by one thread.
 */
interface Disk {
  String QUARANTINE = "quarantine";

  /** Takes the lock of this name until it is closed; empty if someone else has it. */
  Optional<Closeable> lock(String name) throws IOException;

  /** Files in a folder, by name. */
  List<String> list(String folder) throws IOException;

  /** A new, empty file; one of that name must not exist. */
  DiskWriter create(String name) throws IOException;

  /** An existing file, to append or cut. */
  DiskWriter append(String name) throws IOException;

  DiskReader read(String name) throws IOException;

  /** Gives a file another name, over what has that name. */
  void rename(String from, String to) throws IOException;

  /** Removes a file if it is there. */
  void delete(String name) throws IOException;

  void syncDir(String folder) throws IOException;

  /** Bytes that this process may still write. */
  long freeBytes() throws IOException;
}
