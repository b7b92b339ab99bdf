package io.lodge.journal;

import io.lodge.bucket.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A segment's file as the content of an object. */
record FileContent(Disk disk, String name, long sizeBytes) implements Content {
  @Override
  public InputStream open() throws IOException {
    return new Reading(disk.read(name), sizeBytes);
  }

  private static final class Reading extends InputStream {
    private final DiskReader file;
    private final long endBytes;
    private long at;

    Reading(DiskReader file, long endBytes) {
      this.file = file;
      this.endBytes = endBytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (at == endBytes) {
        return length == 0 ? 0 : -1;
      }
      int read = file.read(at, into, offset, (int) Math.min(length, endBytes - at));
      if (read <= 0 && length > 0) {
        throw new IOException("the file ends at byte " + at + ", before the segment does");
      }
      at += read;
      return read;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
