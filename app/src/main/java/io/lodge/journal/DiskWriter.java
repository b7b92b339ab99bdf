package io.lodge.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is written at its end. */
interface DiskWriter extends Closeable {
  /**
   * Writes all that remains in the buffer.
   *
   * @throws NoSpaceException if the disk is full; a part may have been written
   */
  void append(ByteBuffer bytes) throws IOException;

  void truncate(long sizeBytes) throws IOException;

  /** Waits until the bytes and the size are on stable storage. After a failure nothing is known. */
  void force() throws IOException;
}
