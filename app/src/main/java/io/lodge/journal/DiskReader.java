package io.lodge.journal;

import java.io.Closeable;
import java.io.IOException;

/** A file that is read. An interrupt of the thread does not disturb it. */
interface DiskReader extends Closeable {
  long sizeBytes() throws IOException;

  /** Reads up to {@code length} bytes, fewer only at the end of the file; returns how many. */
  int read(long position, byte[] into, int offset, int length) throws IOException;
}
