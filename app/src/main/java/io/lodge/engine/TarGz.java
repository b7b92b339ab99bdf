package io.lodge.engine;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Takes one file out of a gzipped tar archive (POSIX ustar, as npm packs them). */
final class TarGz {
  private static final int BLOCK_BYTES = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;

  private TarGz() {}

  /** Writes the member called {@code name} to {@code target}. */
  static void extract(Path archive, String name, Path target) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16)) {
      byte[] header = new byte[BLOCK_BYTES];
      while (in.readNBytes(header, 0, BLOCK_BYTES) == BLOCK_BYTES && header[0] != 0) {
        long size = Long.parseLong(text(header, SIZE_AT, SIZE_BYTES), 8);
        if (text(header, 0, NAME_BYTES).equals(name)) {
          copy(in, size, target);
          return;
        }
        in.skipNBytes((size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES);
      }
      throw new IOException("there is no " + name + " in " + archive.getFileName());
    }
  }

  private static void copy(InputStream in, long size, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 16];
      long left = size;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException("the archive ends early");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  /** A field of the header up to its first NUL, without blanks around. */
  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.US_ASCII).strip();
  }
}
